package share

import (
	"context"
	_ "embed"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/caption"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/media"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/trust"
)

//go:embed sql/mine_one.sql
var mineOneSQL string

//go:embed sql/item.sql
var itemSQL string

// Item is a content as an ASN reads it.
type Item struct {
	ID            id.Content        `json:"id"`
	Title         string            `json:"title"`
	Summary       string            `json:"summary"`
	Body          string            `json:"body,omitempty" doc:"Markdown; only of a single content"`
	Kind          string            `json:"kind"`
	Topic         string            `json:"topic"`
	Hashtags      []string          `json:"hashtags" nullable:"false"`
	Captions      []string          `json:"captions" nullable:"false" db:"-"`
	Variants      []Fit             `json:"variants,omitempty" db:"-" doc:"What each caption is for, in their order; absent: all are for every network"`
	Suggested     int               `json:"suggested" db:"-" doc:"Index of the caption that rotation gives this person where no network is chosen"`
	Turn          int               `json:"turn" db:"-" doc:"Where rotation stands for this person: of n captions that suit a network, the one at turn modulo n is theirs"`
	OfficialPosts []Post            `json:"official_posts" nullable:"false"`
	Images        []content.Shown   `json:"images" nullable:"false" db:"-"`
	Pictures      []content.Image   `json:"-"`
	Video         *media.Player     `json:"video,omitempty" db:"-" doc:"Only of a single content"`
	Clip          *media.Clip       `json:"-"`
	Written       []caption.Variant `json:"-"`
	LandingURL    string            `json:"landing_url" doc:"Empty: the public page"`
	Mandate       *trust.Mandate    `json:"mandate,omitempty" doc:"The letter that asks for it, up to its last day; from then on it is voluntary"`
	Hash          string            `json:"hash"`
	Version       int               `json:"version"`
	ApprovedBy    string            `json:"approved_by_role" doc:"The role of who approved it"`
	ApprovedAt    *time.Time        `json:"approved_at,omitempty"`
	AgencyName    string            `json:"agency_name"`
	AgencyZone    string            `json:"agency_zone"`
	PublishedAt   time.Time         `json:"published_at"`
	EndsAt        *time.Time        `json:"ends_at,omitempty"`
	Slug          string            `json:"slug"`
	Acts          []Act             `json:"acts" nullable:"false" doc:"What this person has done with it"`
	Skipped       bool              `json:"skipped" doc:"The person put it aside"`
	Saved         bool              `json:"saved" doc:"The person keeps it for later"`
	State         string            `json:"-"`
	RecallReason  string            `json:"-"`
}

// Act is something the person has done.
type Act struct {
	ID            id.Act         `json:"id"`
	Kind          Kind           `json:"kind" enum:"share,like"`
	Network       string         `json:"network"`
	Grade         Grade          `json:"grade" enum:"A,B,C,D"`
	Cause         string         `json:"cause" enum:"waiting_for_click,no_link_on_network,aborted,reported_only,indicated_by_return,indicated_by_sheet,indicated_by_preview,address_checked,screenshot_reviewed,objection_granted,measured_by_click,verified_by_network" doc:"Why it has that grade"`
	At            time.Time      `json:"at"`
	NetworkNumber network.Number `json:"network_number,omitempty" hidden:"true"`
	Evidence      Evidence       `json:"evidence,omitempty" hidden:"true"`
}

// told is the act in the words of the API.
func (a Act) told() Act {
	on, _ := network.Numbered(a.NetworkNumber) // rows hold only numbers of the table
	a.Network, a.Cause = on.Key, Cause(a.Kind, a.Grade, on, a.Evidence)
	a.NetworkNumber, a.Evidence = 0, ""
	return a
}

// Post is an official post, with where the person likes it.
type Post struct {
	content.OfficialPost
	LikeURL string `json:"like_url" doc:"Empty: there are no likes on that network"`
}

// Feed is a page of the feed, and what was withdrawn lately, for clients that keep a copy.
type Feed struct {
	page.Page[Item]
	Withdrawn []id.Content `json:"withdrawn" nullable:"false" doc:"Contents to remove from any copy at once"`
}

// remembered is how long a withdrawn content is named to clients.
const remembered = 30 * 24 * time.Hour

// Feed reads what the person may share and has not put aside, in the order of rank.go.
func (s *Service) Feed(ctx context.Context, actor org.Actor, ask page.Ask) (Feed, error) {
	return s.FeedOf(ctx, actor, All, ask)
}

// FeedOf reads one part of the feed: the whole in the order of rank.go, the others newest first.
func (s *Service) FeedOf(ctx context.Context, actor org.Actor, filter Filter, ask page.Ask) (Feed, error) {
	list, err := s.list(ctx, actor, filter, ask)
	if err != nil {
		return Feed{}, err
	}
	list.Items = slices.DeleteFunc(list.Items, func(i Item) bool { return i.State != "live" }) // its end has just come
	rows, err := s.db.Pool().Query(ctx, `SELECT DISTINCT c.id FROM content AS c JOIN content_target AS t ON t.content_id = c.id
		WHERE c.state = 'recalled' AND c.recalled_at > $2 AND t.node_id = ANY($1::int4[]) ORDER BY c.id DESC LIMIT 200`,
		actor.Path, s.db.Now().Add(-remembered))
	if err != nil {
		return Feed{}, db.Error(err)
	}
	withdrawn, err := pgx.CollectRows(rows, pgx.RowTo[id.Content])
	return Feed{list, withdrawn}, db.Error(err)
}

func (s *Service) list(ctx context.Context, actor org.Actor, filter Filter, ask page.Ask) (page.Page[Item], error) {
	if filter == All || filter == "" {
		return s.whole(ctx, actor, ask)
	}
	args, err := s.feedArgs(actor, ask)
	if err != nil {
		return page.Page[Item]{}, err
	}
	query, err := filter.query(args, s.db.Now())
	if err != nil {
		return page.Page[Item]{}, err
	}
	items, err := s.items(ctx, actor, query, args)
	return page.Of(ask, items, func(i Item) []string { return i.spot() }), err
}

func (s *Service) feedArgs(actor org.Actor, ask page.Ask) (db.Args, error) {
	args := db.Args{"path": actor.Path, "user": actor.User, "now": s.db.Now(), "body": false, "first": true, "at": time.Time{}, "after": 0, "limit": ask.Size() + 1}
	from, err := placeOf(ask)
	if below := from.below(); err == nil && below != nil {
		args["first"], args["at"], args["after"] = false, time.UnixMicro(below.published).UTC(), below.id
	}
	return args, err
}

func (i Item) spot() []string { return (&card{published: i.PublishedAt.UnixMicro(), id: i.ID}).spot() }

// Get reads one content of the person's feed; a withdrawn one is gone.
func (s *Service) Get(ctx context.Context, actor org.Actor, content id.Content) (Item, error) {
	items, err := s.items(ctx, actor, mineOneSQL, db.Args{"path": actor.Path, "user": actor.User, "id": content, "now": s.db.Now(), "body": true})
	switch {
	case err != nil:
		return Item{}, err
	case len(items) == 0:
		return Item{}, notFound()
	case items[0].State != "live":
		return Item{}, closed(items[0].State, items[0].RecallReason)
	}
	return items[0], nil
}

func (s *Service) items(ctx context.Context, actor org.Actor, mine string, args db.Args) ([]Item, error) {
	rows, err := s.db.Pool().Query(ctx, mine+itemSQL, args)
	if err != nil {
		return nil, db.Error(err)
	}
	items, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[Item])
	if err != nil {
		return nil, errors.Join(errors.New("feed"), db.Error(err))
	}
	for i := range items {
		complete(&items[i])
		items[i].Turn = turnOf(actor.User, items[i].ID)
		items[i].Suggested = pick(caption.Anywhere(items[i].Written), items[i].Turn)
		for j := range items[i].Acts {
			items[i].Acts[j] = items[i].Acts[j].told()
		}
	}
	return items, nil
}

// complete fills in what is everybody's and not in the row.
func complete(item *Item) {
	item.Images = content.ShownOf(item.Pictures)
	item.Video = item.Clip.Player()
	item.Captions, item.Variants = fits(item.Written)
	for j, post := range item.OfficialPosts {
		on, _ := network.Named(post.Network) // an unknown one has no likes
		item.OfficialPosts[j].LikeURL = on.LikeURL(post.URL)
	}
}
