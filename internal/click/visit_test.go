package click_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/seal"
	"gaung/internal/testkit"
)

func TestAVisitorCountsOnceAVisitorDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	w.clock.set(time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)) // 01.00 WIB
	to := w.visit(w.from(1))
	w.want("destination", to.URL, publicURL+"/k/"+w.live.Slug)
	w.clock.set(time.Date(2026, 11, 22, 18, 59, 59, 0, time.UTC))
	w.visit(w.from(1))
	w.clock.set(time.Date(2026, 11, 22, 19, 0, 0, 0, time.UTC)) // 02.00 WIB
	w.visit(w.from(1))
	if got := w.tellings(); !slices.Equal(got, []string{"valid 1", "repeat 2", "valid 1"}) {
		t.Errorf("got %v", got)
	}
	// All three are the local day of the 23rd in WITA.
	w.want("content", w.sums("rollup_content_day", "content_id = $1 AND day = '2026-11-23'", w.live.ID), "2 2 1 0")
}

func TestWhatIsNoPersonIsKeptAndDoesNotCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	var told []click.Counted
	w.service.OnShip(func(_ context.Context, _ *db.Tx, counted []click.Counted) error {
		told = append(told, counted...)
		return nil
	})
	step := 0
	visit := func(change func(*click.Visit)) click.Destination {
		step++
		w.clock.set(w.clock.Now().Add(time.Minute))
		v := w.from(step)
		change(&v)
		return w.visit(v)
	}
	person := visit(func(*click.Visit) {})
	fetcher := visit(func(v *click.Visit) { v.UserAgent = whatsApp })
	ahead := visit(func(v *click.Visit) { v.Purpose = "prefetch;prerender" })
	same := w.from(step).Address
	visit(func(v *click.Visit) { v.Address = same }) // the tap that the fetch ahead was for
	visit(func(v *click.Visit) { v.SelfToken = w.service.SelfToken(w.sharer.User) })
	visit(func(v *click.Visit) { v.SignedIn = w.sharer.User })
	visit(func(v *click.Visit) { v.UserAgent = "curl/8.5" })
	visit(func(v *click.Visit) { v.SelfToken, v.SignedIn = w.service.SelfToken(w.sharer.User+1), w.sharer.User+1 })
	if ahead.Prefetch = !ahead.Prefetch; person != fetcher || person != ahead {
		t.Errorf("destinations differ: %+v %+v %+v", person, fetcher, ahead)
	}
	want := []string{"valid 1", "preview 20", "prefetch 10", "valid 1", "self 40", "self 41", "bot 21", "valid 1"}
	if got := w.tellings(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for table, where := range map[string]string{"rollup_content_day": fmt.Sprintf("content_id = %d", w.live.ID),
		"rollup_node_day": fmt.Sprintf("node_id = %d", w.Unit.ID), "rollup_node_month": fmt.Sprintf("node_id = %d", w.Region.ID),
		"rollup_node_channel_day": fmt.Sprintf("node_id = %d AND channel = 1", w.Dinas.ID), "rollup_user_month": fmt.Sprintf("user_id = %d", w.sharer.User)} {
		w.want(table, w.sums(table, where), "3 3 0 3")
	}
	if verdicts := fmt.Sprint(told[0].Verdict, told[1].Verdict); len(told) != 4 || verdicts != "valid preview" || told[0].User != w.sharer.User || told[0].Agency != w.Dinas.ID || told[0].Unit != w.Unit.ID ||
		told[0].Day.String() != "2026-11-22" || !slices.Equal(told[0].Path, []id.Agency{w.Region.ID, w.Dinas.ID, w.Unit.ID}) {
		t.Errorf("told %+v", told)
	}
}

func TestResolveRecordsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	to, err := w.service.Resolve(t.Context(), w.code())
	if err != nil || to.URL != publicURL+"/k/"+w.live.Slug || len(w.tellings()) != 0 {
		t.Errorf("%+v %v %v", to, err, w.tellings())
	}
}

func TestUnknownLinksAreNotFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	draft, err := w.Content.Create(t.Context(), w.Staff(org.Author), content.Outline{Agency: w.Dinas.ID}, testkit.Text("Belum terbit"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := seal.ParseRing("1:" + strings.Repeat("ab", 32))
	if err != nil {
		t.Fatal(err)
	}
	codes := click.NewCodes(w.Ring)
	for name, code := range map[string]string{
		"empty": "", "short": "abc", "strange letters": "----------é", "a guess": "AAAAAAAAAAAA",
		"never published":   codes.Encode(click.Link{Content: draft.ID, User: w.sharer.User, Channel: click.Copy}),
		"no such content":   codes.Encode(click.Link{Content: 1<<24 - 1, User: w.sharer.User, Channel: click.Copy}),
		"no such person":    codes.Encode(click.Link{Content: w.live.ID, User: 1<<28 - 1, Channel: click.Copy}),
		"no such channel":   codes.Encode(click.Link{Content: w.live.ID, User: w.sharer.User, Channel: 15}),
		"another code ring": click.NewCodes(other).Encode(click.Link{Content: w.live.ID, User: w.sharer.User, Channel: click.Copy}),
	} {
		v := w.from(1)
		v.Code = code
		if _, err := w.service.Visit(t.Context(), v); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := w.tellings(); len(got) != 0 {
		t.Errorf("recorded %v", got)
	}
}

func TestARecalledContentLeadsToItsCorrectionOrIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	publisher := w.Staff(org.Publisher)
	text := testkit.Text("Koreksi kedua")
	text.LandingURL = "https://dinas.go.id/koreksi"
	second, third := w.Live("Koreksi pertama"), w.liveText(text)
	recall := func(what, correction id.Content, reason string) {
		w.clock.set(w.clock.Now().Add(time.Minute))
		if _, err := w.Content.Recall(t.Context(), publisher, what, reason, correction); err != nil {
			t.Fatal(err)
		}
		if err := w.service.Refresh(t.Context()); err != nil { // a second later
			t.Fatal(err)
		}
	}
	recall(w.live.ID, second.ID, "Tanggalnya keliru.")
	w.want("one hop", w.visit(w.from(1)).URL, publicURL+"/k/"+second.Slug)
	recall(second.ID, third, "Masih keliru.")
	w.want("two hops", w.visit(w.from(2)).URL, "https://dinas.go.id/koreksi")
	recall(third, 0, "Dibatalkan.")
	_, err := w.service.Visit(t.Context(), w.from(3))
	if errs.CodeOf(err) != errs.Gone || !strings.Contains(err.Error(), "Tanggalnya keliru.") {
		t.Errorf("got %v", err)
	}
	if got := w.tellings(); !slices.Equal(got, []string{"suspect 51", "suspect 51", "suspect 51"}) {
		t.Errorf("clicks on a recalled content: %v", got)
	}
}

func TestUserAgentsOfAnyBytesAreKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	for n, raw := range []string{phone + strings.Repeat("é", 400), phone + " \x00\xff\xfe rusak", ""} {
		v := w.from(n)
		v.UserAgent = raw
		w.visit(v)
		if clean := click.CleanAgent(raw); len(clean) > 512 || strings.ToValidUTF8(clean, "?") != clean || raw != "" && !strings.HasPrefix(clean, phone) {
			t.Errorf("%q becomes %q", raw, clean)
		}
	}
	if got := len(w.tellings()); got != 3 {
		t.Errorf("%d rows", got)
	}
}
