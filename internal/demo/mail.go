package demo

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/mail"
	"gaung/internal/notice"
)

// nobody is a mail server that is never there: letters are written for it, and wait.
type nobody struct{}

func (nobody) Send(context.Context, mail.Letter) error { return mail.ErrAway }
func (nobody) Rest()                                   {}

// addMail lets two people choose what comes by e-mail, and puts the letters about what waits for decisions into
// the outbox. What is told is what the queued news tell later: under the same key it is told once.
func (w *world) addMail(ctx context.Context) error {
	desk, err := notice.New(w.DB.At(func() time.Time { return w.now })).MailBy(nobody{}, w.Ring, "https://gaung."+domain, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	w.at(w.today.Add(-30 * time.Hour))
	for _, off := range []struct{ who, kind string }{{"penulis", "approved"}, {"penulis", "released"}, {"penyetuju", "reminder"}} {
		who, err := w.as(ctx, off.who)
		if err == nil {
			_, err = desk.SetMailWish(ctx, who, notice.MailKind{Kind: off.kind})
		}
		if err != nil {
			return err
		}
	}
	for _, turn := range []struct {
		item        id.Content
		round, step int
		name        string
		ago         time.Duration
		to          []string
	}{
		{w.reviewed["second"], 1, 2, "Kepala Dinas", 25 * time.Hour, []string{"kadis", "sekretaris"}},
		{w.reviewed["corrected"], 2, 1, "Kepala Bidang IKP", 2 * time.Hour, []string{"penyetuju"}},
	} {
		w.at(w.today.Add(-turn.ago))
		news := content.NewsJob{ContentID: turn.item, What: "turn", Key: fmt.Sprintf("content/%d/turn/%d/%d", turn.item, turn.round, turn.step), StepName: turn.name, At: w.now}
		for _, local := range turn.to {
			news.To = append(news.To, w.account[local])
		}
		if err := desk.HearContent(ctx, news); err != nil {
			return err
		}
	}
	return nil
}
