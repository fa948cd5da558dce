package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gaung/internal/click"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/share"
)

// machine is what opened somebody's links from one address on a day that is over, and what they and the auditor say of it.
type machine struct {
	local    string
	contents int
	browsers int
	gap      time.Duration
	even     bool
	objects  string
	answer   string
	restore  bool
}

var machines = []machine{
	{local: "asn3", contents: 1, browsers: 43, gap: 40 * time.Second},
	{local: "asn5", contents: 3, browsers: 6, gap: 3200 * time.Millisecond, even: true, restore: true,
		objects: "Itu murid kelas saya: kami membukanya bersama di laboratorium komputer pada jam pertama.",
		answer:  "Sekolah membenarkan: satu kelas membuka tautan itu bersama pada jam pelajaran. Hitungannya dipulihkan."},
	{local: "asn6", contents: 3, browsers: 7, gap: 2 * time.Minute, even: true,
		objects: "Tautan saya dipasang di layar antrean kantor. Apakah yang membukanya dari sana tidak dihitung?"},
	{local: "asn8", contents: 3, browsers: 7, gap: 90 * time.Second, even: true,
		answer: "Dibuka tepat sembilan puluh detik sekali selama setengah jam. Pembaca tidak datang seteratur itu."},
}

// addCounts lets machines open links of four people the day before yesterday. The night's check finds them as any other;
// one case waits, one has been objected to, one is kept and one restored.
func (w *world) addCounts(ctx context.Context) error {
	day := period.VisitorDay(w.today).Add(-2)
	ended := period.VisitorDayEnd(day)
	if err := w.runMachines(ctx, ended.Add(-19*time.Hour)); err != nil {
		return err
	}
	after := func(hours int) time.Time { return ended.Add(time.Duration(hours)*time.Hour + 5*time.Minute) }
	office := w.Integrity.At(func() time.Time { return w.now })
	w.at(after(1))
	if err := office.Check(ctx); err != nil {
		return err
	}
	auditor, err := w.as(ctx, "auditor")
	if err != nil {
		return err
	}
	for _, m := range machines {
		who, err := w.as(ctx, m.local)
		if err != nil {
			return err
		}
		mine, err := office.Mine(ctx, who, page.Ask{})
		if err != nil {
			return err
		}
		if len(mine.Items) != 1 {
			return fmt.Errorf("the check made %d cases of %s", len(mine.Items), m.local)
		}
		number := mine.Items[0].ID
		if w.at(after(6)); m.objects != "" {
			if err := office.Object(ctx, who, number, m.objects); err != nil {
				return err
			}
		}
		decide := office.Keep
		if m.restore {
			decide = office.Restore
		}
		if w.at(after(12)); m.answer != "" {
			if err := decide(ctx, auditor, number, m.answer); err != nil {
				return err
			}
		}
	}
	return nil
}

// runMachines begins at eight in the morning in the middle zone.
func (w *world) runMachines(ctx context.Context, begin time.Time) error {
	d := drawing{dice: newDice(54), world: w, under: w.nodesAbove()}
	for i, m := range machines {
		who, err := w.as(ctx, m.local)
		if err != nil {
			return err
		}
		address, at := d.address(), begin.Add(time.Duration(i)*time.Hour)
		contents := d.live(who, m.contents, at)
		for _, c := range contents {
			d.acts = append(d.acts, share.Past{User: who.User, Content: c.id, Kind: share.ShareKind, Network: "whatsapp", At: at.Add(-30 * time.Minute)})
			for b := range m.browsers {
				d.visits = append(d.visits, click.Past{Link: click.Link{Content: c.id, User: who.User, Channel: click.WhatsApp}, At: at, Address: address,
					UserAgent: fmt.Sprintf("Mozilla/5.0 (Linux; Android 12; SM-A%d5F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/106.0.5249.126 Mobile Safari/537.36", 10+b)})
				if at = at.Add(m.gap); !m.even {
					at = at.Add(time.Duration(d.exponential(float64(m.gap))))
				}
			}
		}
	}
	if _, err := w.Share.RecordAll(ctx, d.acts); err != nil {
		return err
	}
	return w.Click.VisitAll(ctx, d.visits)
}

// live are contents that somebody could pass on at a time, the newest first, and first those that they did.
func (d *drawing) live(who org.Actor, most int, at time.Time) (found []published) {
	passed := map[id.Content]bool{}
	for _, act := range d.passed {
		if act.User == who.User && act.Kind == share.ShareKind {
			passed[act.Content] = true
		}
	}
	for _, did := range []bool{true, false} {
		for _, c := range slices.Backward(d.published) {
			audience := d.node[c.audience].ID
			if len(found) < most && passed[c.id] == did && slices.Contains(who.Path, audience) && c.from.Before(at.Add(-time.Hour)) && c.to.After(at.Add(time.Hour)) {
				found = append(found, c)
			}
		}
	}
	return found
}
