package notice_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/raffle"
)

// raffled is a closed season with a raffle in which people take part, each with the number of their place.
func (p *pusher) raffled(people ...org.Actor) {
	p.t.Helper()
	p.exec(`UPDATE season SET to_day = '2026-10-31' WHERE id = 1`)
	p.exec(`INSERT INTO season (id, name, from_day, to_day, rulebook_version, state) VALUES (2, 'Musim hujan', '2026-11-01', '2026-11-15', 2, 'closed')`)
	p.exec(`INSERT INTO raffle (season_id, winners, figure, commitment, sealed, set_at) VALUES (2, 2, 'Kurs', sha256(''), '', $1)`, *p.now)
	for at, who := range people {
		p.exec(`INSERT INTO raffle_entry (user_id, season_id, number) VALUES ($1, 2, $2)`, who.User, 100000000000+at)
	}
}

// draws writes down a draw and lets it be told; a job runs at least once.
func (p *pusher) draws(version int, places ...int64) {
	p.t.Helper()
	numbers := []int64{}
	for _, place := range places {
		numbers = append(numbers, 100000000000+place)
	}
	reason := []string{"", "Salah ketik."}[min(version-1, 1)]
	p.exec(`INSERT INTO raffle_draw (season_id, version, value, source, announced_on, reason, secret, seed, numbers, drawn_at)
		VALUES (2, $1, '16652', 'bi.go.id', '2026-11-23', $2, '', '', $3, $4)`, version, reason, numbers, *p.now)
	p.hearsDraw()
}

func (p *pusher) hearsDraw() {
	p.t.Helper()
	for range 2 {
		if err := p.notice.HearRaffle(p.t.Context(), raffle.DrawnJob{Season: 2}); err != nil {
			p.t.Fatal(err)
		}
	}
}

// steps are what somebody was told of the raffle, newest first.
func (p *pusher) steps(who org.Actor) string {
	p.t.Helper()
	var steps []string
	for _, one := range p.inApp(who, notice.Feed).Items {
		if one.Kind != "raffle" || one.Title != "Musim hujan" || one.ContentID != 0 {
			p.t.Errorf("%+v", one)
		}
		steps = append(steps, one.StepName)
	}
	return strings.Join(steps, " ")
}

// Whose number is drawn is told so once, in the app at once and elsewhere when the quiet hours are over, as they
// chose. A correction tells those it takes in and those it puts out, and nobody whose number was never drawn.
func TestWhoseNumberIsDrawnIsTold(t *testing.T) {
	t.Parallel()
	p := newPusher(t, morning().Add(12*time.Hour)) // 22.00 WITA
	stays, leaves, comes, never := p.Staff(), p.Staff(), p.Staff(), p.Staff()
	for name, who := range map[string]org.Actor{"satu": stays, "dua": leaves, "tiga": comes, "empat": never} {
		p.device(who, name)
	}
	if _, err := p.notice.SetWay(t.Context(), leaves, notice.Switch{Kind: "raffle", Channel: "push"}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.notice.SetWay(t.Context(), leaves, notice.Switch{Kind: "raffle", Channel: "mail"}); err != nil {
		t.Fatal(err)
	}
	p.raffled(stays, leaves, comes, never)
	p.draws(1, 0, 1)
	p.let(10)
	if sent, letters := p.service.messages(), p.peer.Letters(); len(sent)+len(letters) != 0 || p.steps(stays) != "won" || p.steps(leaves) != "won" {
		t.Fatalf("at night: %d messages, %d letters, told %q and %q", len(sent), len(letters), p.steps(stays), p.steps(leaves))
	}
	p.every(12, time.Hour)
	sent, letters := p.service.messages(), p.peer.Letters()
	if len(sent) != 1 || sent[0].text.Title != "Selamat, nomor undian Anda terpilih" || sent[0].text.Body != "Musim hujan" || sent[0].text.Path != "/peringkat/aturan" || p.left() != 0 {
		t.Errorf("on devices: %+v, %d wait", sent, p.left())
	}
	if len(letters) != 1 || subject(t, letters[0]) != "Selamat, nomor undian Anda terpilih: Musim hujan" || !strings.Contains(letters[0].Body, site+"/peringkat/aturan") || p.waiting() != 0 {
		t.Errorf("letters: %+v, %d wait", letters, p.waiting())
	}

	p.draws(2, 2, 0)
	p.let(10)
	for want, who := range map[string]org.Actor{"won": stays, "corrected won": leaves, "": never} {
		if got := p.steps(who); got != want {
			t.Errorf("after the correction %q, want %q", got, want)
		}
	}
	if p.steps(comes) != "won" {
		t.Errorf("whom the correction took in: %q", p.steps(comes))
	}
	titles := []string{}
	for _, one := range p.service.messages() {
		titles = append(titles, one.text.Title)
	}
	if !slices.Equal(titles, []string{"Selamat, nomor undian Anda terpilih", "Selamat, nomor undian Anda terpilih"}) {
		t.Errorf("%q", titles)
	}
	list := p.inApp(stays, notice.Feed)
	if desk := p.inApp(stays, notice.Desk); len(desk.Items) != 0 || list.Unread != 1 {
		t.Errorf("%+v %+v", desk, list)
	}
	if err := p.notice.ReadAll(t.Context(), stays, notice.Feed, list.Items[0].ID); err != nil || p.inApp(stays, notice.Feed).Unread != 0 {
		t.Errorf("still unread: %v", err)
	}
}

// A correction may be there before its draw was told: only what counts is told.
func TestADrawThatWasCorrectedMeanwhileIsNotTold(t *testing.T) {
	t.Parallel()
	p := newPusher(t, morning())
	first, second := p.Staff(), p.Staff()
	p.raffled(first, second)
	p.exec(`INSERT INTO raffle_draw (season_id, version, value, source, announced_on, reason, secret, seed, numbers, drawn_at)
		VALUES (2, 1, '16652', 'bi.go.id', '2026-11-23', '', '', '', '{100000000000}', $1)`, *p.now)
	p.draws(2, 1)
	if p.steps(first) != "" || p.steps(second) != "won" {
		t.Errorf("%q and %q", p.steps(first), p.steps(second))
	}
}
