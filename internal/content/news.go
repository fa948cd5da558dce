package content

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
)

// NewsJob is something about an item that some people should know. It is enqueued in the transaction in
// which it happened; whoever tells people subscribes to it. It names all by number.
type NewsJob struct {
	ContentID id.Content `json:"content_id"`
	What      string     `json:"what"` // live and recalled, which concern more people than can be named; or turn, approved, returned, rejected, held, released, reminder, escalation, recheck, neutrality
	Key       string     `json:"key"`  // of this happening: reported twice, it is still one
	To        []id.User  `json:"to"`
	By        id.User    `json:"by"`     // 0: the system
	Behalf    id.User    `json:"behalf"` // for whom a deputy decided; 0: for themselves
	Post      string     `json:"post"`   // plh or plt of a deputy
	StepName  string     `json:"step_name"`
	Final     bool       `json:"final"` // the approval that ended the chain
	At        time.Time  `json:"at"`
}

// Kind names the job.
func (NewsJob) Kind() string { return "content_news" }

// tell enqueues news, unless there is nobody to tell. Nobody is told what they did themselves.
func (s *Service) tell(ctx context.Context, tx *db.Tx, row item, news NewsJob) error {
	news.ContentID, news.At = row.ID, tx.Now
	news.Key = fmt.Sprintf("content/%d/%s", row.ID, news.Key)
	news.To = slices.DeleteFunc(news.To, func(person id.User) bool { return person == news.By })
	if len(news.To) == 0 {
		return nil
	}
	return s.queue.EnqueueTx(ctx, tx, news)
}

// announce enqueues that an item has gone live or was recalled.
func (s *Service) announce(ctx context.Context, tx *db.Tx, row item, to State) error {
	return s.queue.EnqueueTx(ctx, tx, NewsJob{ContentID: row.ID, What: string(to), Key: fmt.Sprintf("content/%d/%s", row.ID, to), At: tx.Now})
}

// tellTurn tells the deciders of the present step that it is theirs. Of one step in one round nobody is told
// twice: the key sees to that.
func (s *Service) tellTurn(ctx context.Context, tx *db.Tx, row item, r review) error {
	to, err := deciders(ctx, tx, row.ID, 0)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, row, NewsJob{What: "turn", Key: fmt.Sprintf("turn/%d/%d", r.Round, r.Step), StepName: r.now().Name, To: to})
}
