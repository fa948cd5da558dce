package raffle_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/raffle"
	"gaung/internal/score"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// noon is a clock that stands at noon in Jakarta of a day of December 2026.
func noon(day int) func() time.Time {
	return func() time.Time { return time.Date(2026, time.December, day, 5, 0, 0, 0, time.UTC) }
}

func december(day int) period.Day { return period.DayOf(2026, time.December, day) }

type world struct {
	*testkit.Kit
	t    *testing.T
	root org.Actor
}

func newWorld(t *testing.T) *world {
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, root: org.Actor{User: 1, Grants: []org.Grant{{Role: org.Admin, Agency: k.Region.ID}}, Zone: "Asia/Jakarta"}}
	w.exec(`UPDATE season SET to_day = '2026-12-04' WHERE id = 1`)
	w.exec(`INSERT INTO season (id, name, from_day, to_day, rulebook_version, state) VALUES (2, 'Musim hujan', '2026-12-05', '2026-12-10', 2, 'planned')`)
	return w
}

// on is the raffles on a day.
func (w *world) on(day int) *raffle.Service {
	d := w.DB.At(noon(day))
	return raffle.New(d, w.Ring, score.New(d))
}

func (w *world) exec(statement string, args ...any) {
	w.t.Helper()
	if _, err := db.Exec(w.t.Context(), w.DB, statement, args...); err != nil {
		w.t.Fatal(err)
	}
}

// result is what somebody had when the season closed; unit 0: nobody was reached, or they had left.
func (w *world) result(of org.Actor, points int, unit int64) {
	w.t.Helper()
	w.exec(`INSERT INTO season_final (user_id, season_id, agency_id, unit_id, people, points, ranks, tied) VALUES ($1, 2, $3, $4, 1, $2, '{}', '{}')`,
		int64(of.User), points, int64(of.Agency), unit)
}

func (w *world) close(day int) {
	w.t.Helper()
	w.exec(`UPDATE season SET state = 'closed', closed_at = $1, ledger_hash = sha256('')  WHERE id = 2`, noon(day)())
}

func plan(winners int32) raffle.RafflePlan {
	return raffle.RafflePlan{Winners: winners, Figure: "Kurs JISDOR Bank Indonesia pada 16 Desember 2026, ditulis tanpa titik"}
}

func figure() raffle.Figure {
	return raffle.Figure{Value: "16652", Source: "bi.go.id", Announced: december(16)}
}

func refused(t *testing.T, what string, err error, want errs.Code) {
	t.Helper()
	if errs.CodeOf(err) != want {
		t.Errorf("%s: %v, want %s", what, err, want)
	}
}

// What decides is planned with the season, by whoever plans seasons, and freezes with the rules: in the service and,
// whoever asks it, in the database.
func TestARaffleFreezesWithTheRules(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	_, err := w.on(1).Set(ctx, w.Staff(org.Admin, org.Publisher), 2, plan(3))
	refused(t, "an agency's administrator", err, errs.Forbidden)
	_, err = w.on(1).Set(ctx, w.root, 9, plan(3))
	refused(t, "no such season", err, errs.NotFound)
	_, err = w.on(1).Set(ctx, w.root, 1, plan(3))
	refused(t, "a season that runs", err, errs.Conflict)
	_, err = w.on(1).Set(ctx, w.root, 2, raffle.RafflePlan{Winners: 3, Figure: " "})
	refused(t, "no figure", err, errs.Invalid)
	made, err := w.on(1).Set(ctx, w.root, 2, plan(3))
	if err != nil || made.Winners != 3 || len(made.Commitment) != 64 || made.Entries != nil || made.Name != "Musim hujan" {
		t.Fatalf("%+v %v", made, err)
	}
	changed, err := w.on(2).Set(ctx, w.root, 2, plan(5))
	if err != nil || changed.Winners != 5 || changed.Commitment != made.Commitment {
		t.Errorf("a changed plan has another commitment: %+v %v", changed, err)
	}
	_, err = w.on(4).Set(ctx, w.root, 2, plan(4)) // the eve
	refused(t, "on the eve", err, errs.Conflict)
	w.exec(`UPDATE season SET state = 'open' WHERE id = 2`)
	for _, statement := range []string{`UPDATE raffle SET winners = 1`, `UPDATE raffle SET figure = 'lain'`, `UPDATE raffle SET commitment = sha256('lain')`, `DELETE FROM raffle`} {
		if _, err := db.Exec(ctx, w.DB, statement); err == nil {
			t.Errorf("the database lets %s through", statement)
		}
	}
}

// A plan is taken back with zero winners, and goes with the plan of its season.
func TestARaffleIsTakenBack(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	for _, back := range []func() error{
		func() error { _, err := w.on(1).Set(ctx, w.root, 2, raffle.RafflePlan{}); return err },
		func() error { return score.New(w.DB.At(noon(1))).DropSeason(ctx, w.root, 2) },
	} {
		if _, err := w.on(1).Set(ctx, w.root, 2, plan(3)); err != nil {
			t.Fatal(err)
		}
		if err := back(); err != nil {
			t.Fatal(err)
		}
		if list, err := w.on(1).Raffles(ctx); err != nil || len(list.Items) != 0 {
			t.Errorf("%+v %v", list, err)
		}
	}
	w.exec(`INSERT INTO season (id, name, from_day, to_day, rulebook_version, state) VALUES (2, 'Tanpa ambang', '2026-12-05', '2026-12-10', 1, 'planned')`)
	_, err := w.on(1).Set(ctx, w.root, 2, plan(3))
	refused(t, "rules without a threshold", err, errs.Invalid)
	if err != nil && !strings.Contains(err.Error(), "Ubah dahulu buku aturan musim ini") {
		t.Errorf("it does not say what to do: %v", err)
	}
}

// drawn is a world whose season has closed: 40 people qualified, and some others.
type drawn struct {
	*world
	people         []org.Actor // who qualified, and is on the boards of the staff
	hidden         org.Actor   // one of them
	learner        org.Actor   // one of them, who reached nobody
	low, boss, off org.Actor   // who takes no part
}

func closedWorld(t *testing.T, winners int32) *drawn {
	w := &drawn{world: newWorld(t)}
	if _, err := w.on(1).Set(t.Context(), w.root, 2, plan(winners)); err != nil {
		t.Fatal(err)
	}
	other := w.Agency(w.Region, org.Body)
	units := []org.Agency{w.Unit, w.Agency(other, org.Unit)}
	for n := range 40 {
		p := w.Person(units[n%2].ID)
		unit := int64(p.Unit)
		if n == 39 {
			w.learner, unit = p, 0
		}
		w.result(p, 500+n, unit)
		w.people = append(w.people, p)
	}
	w.hidden = w.people[0]
	w.exec(`UPDATE app_user SET hide_name = true WHERE id = $1`, int64(w.hidden.User))
	w.low, w.boss, w.off = w.Staff(), w.Staff(), w.Staff()
	w.result(w.low, 499, int64(w.low.Unit))
	w.result(w.boss, 900, -int64(w.boss.Unit))
	w.result(w.off, 900, 0)
	w.exec(`UPDATE placement SET until_day = '2026-12-08' WHERE user_id = $1`, int64(w.off.User))
	chief := w.Staff(org.Leader) // learned much and reached nobody
	w.result(chief, 900, 0)
	w.exec(`UPDATE season SET state = 'open' WHERE id = 2`)
	return w
}

func (w *drawn) list() {
	w.t.Helper()
	w.close(14)
	for range 2 { // told twice
		if err := w.on(14).Enter(w.t.Context(), 2); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *drawn) numbers() []string {
	w.t.Helper()
	var text strings.Builder
	if err := w.on(14).WriteNumbers(w.t.Context(), &text, 2); err != nil {
		w.t.Fatal(err)
	}
	return strings.Fields(text.String())
}

func (w *world) one() raffle.Raffle {
	w.t.Helper()
	list, err := w.on(20).Raffles(w.t.Context())
	if err != nil || len(list.Items) != 1 {
		w.t.Fatalf("%+v %v", list, err)
	}
	return list.Items[0]
}

// Everybody who qualified has one number, which only they are told; it stands in a list that names nobody and does
// not change any more.
func TestEverybodyWhoQualifiedIsOnTheList(t *testing.T) {
	t.Parallel()
	w, ctx := closedWorld(t, 3), t.Context()
	if err := w.on(13).Enter(ctx, 2); err != nil || w.one().Entries != nil {
		t.Fatalf("a list of a season that runs: %v", err)
	}
	refused(t, "a list that is not there", w.on(13).WriteNumbers(ctx, &strings.Builder{}, 2), errs.NotFound)
	w.list()
	list := w.numbers()
	if of := w.one(); *of.Entries != 40 || len(of.ListHash) != 64 || of.ListHash != sum(strings.Join(list, "\n")+"\n") {
		t.Errorf("%+v", of)
	}
	if len(list) != 40 || !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != 40 {
		t.Errorf("%v", list)
	}
	for _, p := range w.people {
		mine, err := w.on(14).Mine(ctx, p)
		if err != nil || len(mine.Items) != 1 || !slices.Contains(list, mine.Items[0].Number) || mine.Items[0].Season != 2 || mine.Items[0].Drawn {
			t.Errorf("%+v %v", mine, err)
		}
	}
	for name, p := range map[string]org.Actor{"under the threshold": w.low, "an executive": w.boss, "who had left": w.off} {
		if mine, err := w.on(14).Mine(ctx, p); err != nil || len(mine.Items) != 0 {
			t.Errorf("%s: %+v %v", name, mine, err)
		}
	}
	for _, statement := range []string{`UPDATE raffle_entry SET number = number + 1`, `DELETE FROM raffle_entry`, `UPDATE raffle SET list_hash = sha256('')`, `UPDATE raffle SET entries = 1`} {
		if _, err := db.Exec(ctx, w.DB, statement); err == nil {
			t.Errorf("the database lets %s through", statement)
		}
	}
}

// The figure comes after the list and the secret after the figure, so nobody chooses the seed who has seen the list.
func TestNobodyChoosesTheSeed(t *testing.T) {
	t.Parallel()
	w, ctx := closedWorld(t, 3), t.Context()
	before := w.one()
	_, err := w.on(13).Draw(ctx, w.root, 2, figure())
	refused(t, "before the list", err, errs.Conflict)
	w.list()
	if listed := w.one(); listed.Commitment != before.Commitment || listed.Figure != before.Figure || listed.Winners != before.Winners || len(listed.Draws) != 0 {
		t.Errorf("what was promised changed with the list: %+v", listed)
	}
	_, err = w.on(16).Draw(ctx, w.Staff(org.Admin, org.Publisher), 2, figure())
	refused(t, "an agency's administrator", err, errs.Forbidden)
	known := figure()
	for _, known.Announced = range []period.Day{december(10), december(14)} {
		_, err = w.on(16).Draw(ctx, w.root, 2, known)
		refused(t, fmt.Sprint("a figure of ", known.Announced), err, errs.Invalid)
	}
	_, err = w.on(15).Draw(ctx, w.root, 2, figure())
	refused(t, "a figure of tomorrow", err, errs.Invalid)
	for name, wrong := range map[string]raffle.Figure{"points and commas": {Value: "16.652", Source: "x", Announced: december(16)}, "too short": {Value: "166", Source: "x", Announced: december(16)},
		"no source": {Value: "16652", Announced: december(16)}} {
		_, err = w.on(16).Draw(ctx, w.root, 2, wrong)
		refused(t, name, err, errs.Invalid)
	}
	made, err := w.on(16).Draw(ctx, w.root, 2, figure())
	if err != nil || len(made.Draws) != 1 || sumOf(t, made.Draws[0].Secret) != before.Commitment {
		t.Errorf("the secret is not the one that was promised: %+v %v", made, err)
	}
}

// It is drawn once. A lost answer may be asked for again; a figure that was wrong is a version of its own with its
// reason, by another secret that was promised as well, and what was drawn before stays to be seen.
func TestItIsDrawnOnce(t *testing.T) {
	t.Parallel()
	w, ctx := closedWorld(t, 7), t.Context()
	w.list()
	first, err := w.on(16).Draw(ctx, w.root, 2, figure())
	if err != nil || len(first.Draws) != 1 || len(first.Draws[0].Numbers) != 7 {
		t.Fatalf("%+v %v", first, err)
	}
	if lost, err := w.on(17).Draw(ctx, w.root, 2, figure()); err != nil || len(lost.Draws) != 1 || lost.Draws[0].Seed != first.Draws[0].Seed {
		t.Errorf("asked again: %+v %v", lost, err)
	}
	second := figure()
	second.Value = "16653"
	_, err = w.on(17).Draw(ctx, w.root, 2, second)
	refused(t, "a second draw", err, errs.Conflict)
	second.Follows = 1
	_, err = w.on(17).Draw(ctx, w.root, 2, second)
	refused(t, "a correction without a reason", err, errs.Invalid)
	second.Reason = "Angka terakhir salah ketik."
	same := second
	same.Value = figure().Value
	_, err = w.on(17).Draw(ctx, w.root, 2, same)
	refused(t, "a correction that corrects nothing", err, errs.Invalid)
	fixed, err := w.on(17).Draw(ctx, w.root, 2, second)
	if err != nil || len(fixed.Draws) != 2 || fixed.Draws[0].Version != 2 || fixed.Draws[0].Reason != second.Reason || fixed.Draws[1].Seed != first.Draws[0].Seed {
		t.Fatalf("%+v %v", fixed, err)
	}
	if fixed.Draws[0].Secret == fixed.Draws[1].Secret || sumOf(t, fixed.Draws[0].Secret) != fixed.Draws[1].Secret {
		t.Error("the correction's secret was known, or was not promised")
	}
	stale := second
	stale.Value = "16654"
	_, err = w.on(17).Draw(ctx, w.root, 2, stale)
	refused(t, "a correction of what is corrected already", err, errs.Conflict)
	for _, statement := range []string{`UPDATE raffle_draw SET value = '11111'`, `DELETE FROM raffle_draw`} {
		if _, err := db.Exec(ctx, w.DB, statement); err == nil {
			t.Errorf("the database lets %s through", statement)
		}
	}
	log, err := db.All[struct{ Action string }](ctx, w.DB, `SELECT action FROM audit_log WHERE subject = 'raffle/2' ORDER BY id`)
	if err != nil || fmt.Sprint(log) != "[{raffle.set} {raffle.list} {raffle.draw} {raffle.draw}]" {
		t.Errorf("%v %v", log, err)
	}
}

// Names are for who answers for those people, and never of who hides theirs.
func TestNamesOfWinnersStayWithinTheScope(t *testing.T) {
	t.Parallel()
	w, ctx := closedWorld(t, 40), t.Context() // everybody is drawn
	w.list()
	made, err := w.on(16).Draw(ctx, w.root, 2, figure())
	if err != nil {
		t.Fatal(err)
	}
	all, err := w.on(16).Winners(ctx, w.root, 2)
	if err != nil || len(all.Items) != 40 {
		t.Fatalf("%+v %v", all, err)
	}
	hidden := 0
	for i, winner := range all.Items {
		if winner.Number != made.Draws[0].Numbers[i] || winner.Hidden != (winner.Name == "" && winner.ID == 0 && winner.UnitName == "") {
			t.Errorf("%d: %+v", i, winner)
		}
		if winner.Hidden {
			hidden++
		}
	}
	if hidden != 1 {
		t.Errorf("%d are hidden", hidden)
	}
	if own, err := w.on(16).Winners(ctx, w.Staff(org.Publisher), 2); err != nil || len(own.Items) != 20 {
		t.Errorf("the publisher of one of two agencies sees %d: %v", len(own.Items), err)
	}
	if none, err := w.on(16).Winners(ctx, w.Staff(), 2); err != nil || len(none.Items) != 0 {
		t.Errorf("who has no role sees %d: %v", len(none.Items), err)
	}
	mine, err := w.on(16).Mine(ctx, w.hidden)
	if err != nil || !mine.Items[0].Drawn {
		t.Errorf("who hides their name is not told: %+v %v", mine, err)
	}
	_, err = w.on(16).Winners(ctx, w.root, 1)
	refused(t, "a season without a raffle", err, errs.NotFound)
}

// Nobody qualified: the list is empty, and there is nothing to draw.
func TestAnEmptyListIsNotDrawn(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	if _, err := w.on(1).Set(ctx, w.root, 2, plan(3)); err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE season SET state = 'open' WHERE id = 2`)
	w.close(14)
	if err := w.on(14).Enter(ctx, 2); err != nil || *w.one().Entries != 0 {
		t.Fatalf("%+v %v", w.one(), err)
	}
	_, err := w.on(16).Draw(ctx, w.root, 2, figure())
	refused(t, "nobody to draw", err, errs.Conflict)
}

func sum(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

func sumOf(t *testing.T, hexed string) string {
	t.Helper()
	raw, err := hex.DecodeString(hexed)
	if err != nil {
		t.Fatal(err)
	}
	return sum(string(raw))
}
