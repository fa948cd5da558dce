package user_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/user"
)

// nipNo makes a different valid NIP for each number. The salt keeps tests on one database apart.
func nipNo(salt, n int) string {
	day := period.DayOf(1970, 1, 1).Add(salt*97%3000 + n/99)
	year, month, date := day.Date()
	return fmt.Sprintf("%04d%02d%02d%04d%02d%d%03d", year, month, date, 2005+salt%15, 1+salt%12, 1+n%2, 901+n%99)
}

// salted gives each test numbers of its own.
func salted(w *world) int { return int(w.Region.ID)*31 + 7 }

func (w *world) file(text string) *os.File {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), "roster")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = file.Close() })
	return file
}

// checked uploads a file into the kit's agency and runs its check.
func (w *world) checked(actor org.Actor, text string, intake user.Intake) user.Roster {
	w.t.Helper()
	made, err := w.Desk.Upload(w.t.Context(), actor, w.Dinas.ID, "pegawai.csv", w.file(text))
	if err != nil {
		w.t.Fatal(err)
	}
	if intake.Mapping == (user.Mapping{}) {
		intake.Mapping = made.Mapping
	}
	if _, err := w.Desk.Map(w.t.Context(), actor, made.ID, intake); err != nil {
		w.t.Fatal(err)
	}
	if err := w.Desk.Check(w.t.Context(), made.ID); err != nil {
		w.t.Fatal(err)
	}
	return w.roster(actor, made.ID)
}

func (w *world) roster(actor org.Actor, roster int64) user.Roster {
	w.t.Helper()
	found, err := w.Desk.Roster(w.t.Context(), actor, roster)
	if err != nil {
		w.t.Fatal(err)
	}
	return found
}

func (w *world) faults(actor org.Actor, roster user.Roster) string {
	w.t.Helper()
	list, err := w.Desk.Faults(w.t.Context(), actor, roster.ID, page.Ask{Limit: 200})
	if err != nil {
		w.t.Fatal(err)
	}
	var text strings.Builder
	for _, f := range list.Items {
		fmt.Fprintf(&text, "%d %s %s\n", f.Line, f.Field, f.Reason)
	}
	return text.String()
}

// applied checks and applies a file that must have no fault.
func (w *world) applied(actor org.Actor, text string, intake user.Intake) user.RosterCounts {
	w.t.Helper()
	roster := w.checked(actor, text, intake)
	if roster.Counts.Faults > 0 || roster.State != "checked" {
		w.t.Fatalf("%+v\n%s", roster, w.faults(actor, roster))
	}
	if _, err := w.Desk.Apply(w.t.Context(), actor, roster.ID, true); err != nil {
		w.t.Fatal(err)
	}
	if err := w.Desk.ApplyRun(w.t.Context(), roster.ID); err != nil {
		w.t.Fatal(err)
	}
	if roster = w.roster(actor, roster.ID); roster.State != "applied" {
		w.t.Fatalf("%+v", roster)
	}
	return roster.Counts
}

func (w *world) count(query string, args ...any) (n int) {
	w.t.Helper()
	found, err := db.Get[struct{ N int }](w.t.Context(), w.DB, query, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	return found.N
}

// list writes a roster of people 0 to n-1 in a unit.
func list(salt, n int, unit string) string {
	var text strings.Builder
	text.WriteString("No;NIP;Nama Lengkap;Unit Kerja;Jabatan;Golongan;Surel\n")
	for i := range n {
		fmt.Fprintf(&text, "%d;'%s;Orang Ke %d, S.E.;%s;Arsiparis Terampil;II/c;o%d.%d@uji.example\n", i+1, nipNo(salt, i), i, unit, salt, i)
	}
	return text.String()
}

func TestImportTwiceIsNoChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, salt := w.Staff(org.Operator), salted(w)
	text := list(salt, 12, w.Unit.Code)
	if c := w.applied(operator, text, user.Intake{}); c.Joins != 12 || c.Rows != 12 || c.Moves+c.Stays+c.Changed != 0 {
		t.Fatalf("first: %+v", c)
	}
	before := w.count(`SELECT count(*) AS n FROM placement`)
	if c := w.applied(operator, text, user.Intake{}); c.Stays != 12 || c.Joins+c.Moves+c.Changed+c.Leaves != 0 {
		t.Fatalf("again: %+v", c)
	}
	if after := w.count(`SELECT count(*) AS n FROM placement WHERE unit_id = $1`, int64(w.Unit.ID)); after != 13 || before < 13 {
		t.Errorf("%d placements", after)
	}
	for _, typed := range []string{nipNo(salt, 3), " " + nipNo(salt, 3)[:8] + " " + nipNo(salt, 3)[8:], fmt.Sprintf("O%d.3@UJI.example", salt)} {
		found, err := w.User.ByIdentifier(t.Context(), typed)
		if err != nil {
			t.Fatalf("%v", err)
		}
		actor, err := w.User.Actor(t.Context(), found)
		me, meErr := w.User.Me(t.Context(), actor)
		if err != nil || meErr != nil || me.Name != "Orang Ke 3, S.E." || me.NIPMask != "•••••••••••••••"+nipNo(salt, 3)[15:] || me.Position != "Arsiparis Terampil" || me.Employment != "PNS" {
			t.Errorf("%+v %v %v", me, err, meErr)
		}
	}
	if n := w.count(`SELECT count(*) AS n FROM roster_row`) + w.count(`SELECT count(*) AS n FROM roster_part`); n != 0 && w.count(`SELECT count(*) AS n FROM roster_row AS r JOIN roster AS o ON o.id = r.roster_id WHERE o.state = 'applied'`) != 0 {
		t.Error("rows stay behind")
	}
	sealed, err := db.All[struct {
		UserID id.User
		Sealed []byte
	}](t.Context(), w.DB, `SELECT n.user_id, sealed FROM user_nip AS n JOIN placement AS p ON p.user_id = n.user_id WHERE p.unit_id = $1`, int64(w.Unit.ID))
	if err != nil || len(sealed) != 12 {
		t.Fatal(len(sealed), err)
	}
	w.exec(`UPDATE user_nip SET sealed = $2 WHERE user_id = $1`, int64(sealed[0].UserID), sealed[1].Sealed)
	actor, err := w.User.Actor(t.Context(), sealed[0].UserID)
	if _, meErr := w.User.Me(t.Context(), actor); err != nil || meErr == nil {
		t.Error("a NIP of another row was opened")
	}
}
