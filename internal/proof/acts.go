package proof

import (
	"context"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/share"
)

// MyAct is an act of the person with its status.
type MyAct struct {
	ID        id.Act      `json:"id"`
	ContentID id.Content  `json:"content_id"`
	Title     string      `json:"title"`
	Kind      share.Kind  `json:"kind" enum:"share,like"`
	Network   string      `json:"network"`
	Grade     share.Grade `json:"grade" enum:"A,B,C,D"`
	At        time.Time   `json:"at"`
	Status    Status      `json:"status"`
	Claim     *Claim      `json:"claim,omitempty" doc:"The newest address"`
	Shot      *Shot       `json:"screenshot,omitempty" doc:"The newest picture"`
	Objection *Objection  `json:"objection,omitempty" doc:"The newest objection"`
}

// MyActs is a page of them.
type MyActs struct {
	page.Page[MyAct]
	Loose []Claim `json:"loose" nullable:"false" doc:"On the first page: addresses of which no act is known yet"`
}

// Part is a part of the list.
type Part string

// The parts.
const (
	Every   Part = "all"
	Open    Part = "open"    // something may still change by itself
	Settled Part = "settled" // the rest
)

// atOnce is how many acts are looked at together: one function alone knows which of them are open.
const atOnce = 200

// Acts lists what the person did, the newest first.
func (s *Service) Acts(ctx context.Context, actor org.Actor, part Part, ask page.Ask) (MyActs, error) {
	if part != Every && part != Open && part != Settled && part != "" {
		return MyActs{}, errs.InvalidField("state", "Saringan harus salah satu dari: all, open, settled.")
	}
	from, err := actCursor(ask)
	if err != nil {
		return MyActs{}, err
	}
	list := MyActs{Loose: []Claim{}}
	found := []MyAct{}
	for more := true; more && len(found) <= ask.Size(); {
		some, err := s.someActs(ctx, actor.User, from, atOnce)
		if err != nil {
			return MyActs{}, err
		}
		for _, act := range some {
			if part == Every || part == "" || (part == Open) == act.Status.Open {
				found = append(found, act)
			}
		}
		if more = len(some) == atOnce; more {
			last := some[len(some)-1]
			from = place{last.At, last.ID}
		}
	}
	found = found[:min(len(found), ask.Size()+1)]
	list.Page = page.Of(ask, found, func(a MyAct) []string { return dueKey(a.At, int64(a.ID)) })
	if ask.After == "" {
		list.Loose, err = s.loose(ctx, actor.User)
	}
	return list, err
}

// place is where a list of acts goes on: behind this one.
type place struct {
	at time.Time // zero: at the newest
	id id.Act
}

func actCursor(ask page.Ask) (place, error) {
	args := db.Args{}
	if err := dueCursor(ask, args); err != nil || ask.After == "" {
		return place{}, err
	}
	return place{args["due"].(time.Time), id.Act(args["after"].(int64))}, nil
}

// loose are the addresses of the last days that no act is known for.
func (s *Service) loose(ctx context.Context, person id.User) ([]Claim, error) {
	rows, err := db.All[claim](ctx, s.db, `SELECT `+claimColumns+` FROM claim AS k WHERE user_id = $1 AND at > $2 AND NOT EXISTS (
		SELECT FROM act WHERE act.user_id = k.user_id AND act.content_id = k.content_id AND act.network = k.network AND act.kind = 'share') ORDER BY id DESC LIMIT 20`,
		person, s.db.Now().Add(-forClick))
	list := make([]Claim, len(rows))
	for i, row := range rows {
		if err == nil {
			list[i], err = s.shown(row)
		}
	}
	return list, err
}

type actRow struct {
	ID        id.Act
	ContentID id.Content
	Title     string
	Kind      share.Kind
	On        network.Number
	Grade     share.Grade
	Evidence  share.Evidence
	At        time.Time
}

// someActs reads the acts behind a place with what was said of each.
func (s *Service) someActs(ctx context.Context, person id.User, from place, limit int) ([]MyAct, error) {
	rows, err := db.All[actRow](ctx, s.db, `SELECT act.id, act.content_id, v.title, act.kind, act.network AS "on", act.grade, act.at, coalesce((
			SELECT e.kind FROM act_evidence AS e WHERE e.user_id = act.user_id AND e.content_id = act.content_id AND e.network = act.network AND e.act = act.kind
			ORDER BY e.level DESC, e.at LIMIT 1), '') AS evidence
		FROM (SELECT * FROM act WHERE user_id = $1 AND ($4::bool OR (at, id) < ($2::timestamptz, $3::int8)) ORDER BY at DESC, id DESC LIMIT $5) AS act
		JOIN content AS c ON c.id = act.content_id JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
		ORDER BY act.at DESC, act.id DESC`, person, from.at, from.id, from.at.IsZero(), limit)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	said, err := s.said(ctx, person, rows)
	if err != nil {
		return nil, err
	}
	now, list := s.db.Now(), make([]MyAct, len(rows))
	for i, row := range rows {
		on, _ := network.Numbered(row.On) // rows hold only numbers of the table
		a := said[actKey{row.ContentID, row.On, row.Kind}]
		a.on, a.act = on, share.Act{ID: row.ID, Kind: row.Kind, Grade: row.Grade, At: row.At, Cause: share.Cause(row.Kind, row.Grade, on, row.Evidence)}
		list[i] = MyAct{ID: row.ID, ContentID: row.ContentID, Title: row.Title, Kind: row.Kind, Network: on.Key, Grade: row.Grade, At: row.At,
			Status: statusOf(a, now), Claim: a.claim, Shot: a.shot, Objection: a.objection}
	}
	return list, nil
}

type actKey struct {
	item id.Content
	on   network.Number
	kind share.Kind
}

// said is the newest claim, picture and objection of each of some acts. What was given for one that was taken back is
// not said of the one that stands in its place.
func (s *Service) said(ctx context.Context, person id.User, rows []actRow) (map[actKey]about, error) {
	items, acts := make([]int32, len(rows)), make(map[actKey]id.Act, len(rows))
	for i, row := range rows {
		items[i], acts[actKey{row.ContentID, row.On, row.Kind}] = int32(row.ContentID), row.ID
	}
	claims, err := db.All[claim](ctx, s.db, `SELECT `+claimColumns+` FROM claim WHERE user_id = $1 AND content_id = ANY($2::int4[]) ORDER BY id`, person, items)
	if err != nil {
		return nil, err
	}
	shots, err := db.All[struct {
		Shot
		ContentID id.Content
		On        network.Number
		ActID     id.Act
	}](ctx, s.db, `SELECT content_id, network AS "on", coalesce(act_id, 0) AS act_id, `+shotColumns+` FROM screenshot WHERE user_id = $1 AND content_id = ANY($2::int4[]) ORDER BY id`, person, items)
	if err != nil {
		return nil, err
	}
	pleas, err := db.All[struct {
		Objection
		ContentID id.Content
		On        network.Number
		Act       share.Kind
		ActID     id.Act // 0: there was none
	}](ctx, s.db, `SELECT content_id, network AS "on", act, coalesce(act_id, 0) AS act_id, `+objectionColumns+` FROM objection WHERE user_id = $1 AND content_id = ANY($2::int4[]) ORDER BY id`, person, items)
	if err != nil {
		return nil, err
	}
	left, err := s.stuckOf(ctx, person)
	if err != nil {
		return nil, err
	}
	now, all := s.db.Now(), map[actKey]about{}
	note := func(key actKey, set func(*about)) { a := all[key]; set(&a); all[key] = a }
	for _, row := range claims {
		shown, err := s.shown(row)
		if err != nil {
			return nil, err
		}
		note(actKey{row.ContentID, row.On, share.ShareKind}, func(a *about) { a.claim = &shown })
	}
	for _, row := range shots {
		if key := (actKey{row.ContentID, row.On, share.ShareKind}); acts[key] == row.ActID {
			note(key, func(a *about) { a.shot, a.shotStuck = &row.Shot, left[thing{true, row.ID}] })
		}
	}
	for _, row := range pleas {
		open, key := row.open(), actKey{row.ContentID, row.On, row.Act}
		row.Late = open && row.DueAt.Before(now)
		if row.ActID == 0 || row.ActID == acts[key] {
			note(key, func(a *about) { a.objection, a.pleaStuck = &row.Objection, left[thing{false, row.ID}] })
		} else if open {
			note(key, func(a *about) { a.formerPlea = true })
		}
	}
	return all, nil
}
