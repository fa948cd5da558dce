package notice

import (
	"context"
	"errors"
	"time"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Prompts is how far the prompts of a content are. A number of one to four people is not told: null.
type Prompts struct {
	Minutes int        `json:"minutes" doc:"Over how many waking minutes they go out"`
	Begun   bool       `json:"begun"`
	People  *int       `json:"people" doc:"Of the audience"`
	Told    *int       `json:"told"`
	Waiting *int       `json:"waiting" doc:"Whose turn is still to come"`
	Held    *int       `json:"held" doc:"Who already had the most of a day; theirs comes on another"`
	Until   *time.Time `json:"until,omitempty" doc:"When the last turn is, in the last of the zones"`
	Done    bool       `json:"done" doc:"Everybody's turn is over, or the content is"`
	Recall  *Recall    `json:"recall,omitempty"`
}

// Recall is how far those are told who shared a recalled content. The same holds for its numbers.
type Recall struct {
	Sharers *int       `json:"sharers"`
	Told    *int       `json:"told"`
	Deleted *int       `json:"deleted" doc:"Who says that they deleted it"`
	DoneAt  *time.Time `json:"done_at,omitempty" doc:"When all were told"`
}

// fewest is the smallest number of people that is told.
const fewest = 5

func hidden(n int) *int {
	if n > 0 && n < fewest {
		return nil
	}
	return &n
}

// Progress reads how far the prompts of a content of the actor's subtree are, and its recall.
func (s *Service) Progress(ctx context.Context, actor org.Actor, item id.Content) (Prompts, error) {
	of, err := db.Get[struct {
		State   content.State
		Minutes int
		Held    int
	}](ctx, s.db, `SELECT c.state, c.spread_minutes AS minutes, (SELECT count(*) FROM prompt_held AS h WHERE h.content_id = c.id) AS held
		FROM content AS c JOIN agency AS a ON a.id = c.agency_id WHERE c.id = $1 AND a.path && $2::int4[]`, item, actor.Roots(content.Readers()...))
	if errors.Is(err, db.ErrNoRow) {
		return Prompts{}, errs.New(errs.NotFound, "Konten tidak ditemukan.")
	}
	if err != nil {
		return Prompts{}, err
	}
	waves, err := db.All[struct {
		Zone                       string
		BeganAt                    time.Time
		Spread, People, Seen, Told int
		DoneAt                     *time.Time
	}](ctx, s.db, `SELECT zone, began_at, spread, people, seen, told, done_at FROM prompt_wave WHERE content_id = $1`, item)
	if err != nil {
		return Prompts{}, err
	}
	p := Prompts{Minutes: of.Minutes, Begun: len(waves) > 0, Done: len(waves) > 0 && (of.State != content.Live || of.Held == 0)}
	var people, told, waiting int
	for _, w := range waves {
		people, told = people+w.People, told+w.Told
		if w.DoneAt == nil && of.State == content.Live {
			waiting, p.Done = waiting+max(0, w.People-w.Seen), false
		}
		end := period.AfterWaking(w.BeganAt, time.Duration(w.Spread)*time.Minute, period.MustZone(w.Zone)).UTC()
		if p.Until == nil || end.After(*p.Until) {
			p.Until = &end
		}
	}
	if of.State != content.Live {
		of.Held = 0
	}
	p.People, p.Told, p.Waiting, p.Held = hidden(people), hidden(told), hidden(waiting), hidden(of.Held)
	p.Recall, err = s.recall(ctx, item)
	return p, err
}

func (s *Service) recall(ctx context.Context, item id.Content) (*Recall, error) {
	r, err := db.Get[struct {
		Sharers, Told, Deleted int
		DoneAt                 *time.Time
	}](ctx, s.db, `SELECT r.sharers, r.done_at, count(t.user_id) AS told, count(t.deleted_at) AS deleted
		FROM recall_round AS r LEFT JOIN recall_told AS t ON t.content_id = r.content_id WHERE r.content_id = $1 GROUP BY r.content_id`, item)
	if errors.Is(err, db.ErrNoRow) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &Recall{hidden(r.Sharers), hidden(r.Told), hidden(r.Deleted), r.DoneAt}, nil
}
