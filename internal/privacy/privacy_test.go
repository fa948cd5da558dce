package privacy_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/privacy"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

type world struct {
	*testkit.Kit
	t       *testing.T
	privacy *privacy.Service
	lock    sync.Mutex
	now     time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return worldOn(t, testdb.New(t).Pool().Config().ConnString())
}

func worldOn(t *testing.T, url string) *world {
	t.Helper()
	w := &world{t: t, now: testdb.Now}
	clock := func() time.Time { w.lock.Lock(); defer w.lock.Unlock(); return w.now }
	w.Kit = testkit.On(t, testdb.Open(t, url, clock))
	w.privacy = privacy.New(w.DB, w.Ring, w.User, w.Queue)
	return w
}

func (w *world) pass(d time.Duration) { w.lock.Lock(); defer w.lock.Unlock(); w.now = w.now.Add(d) }

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) agreed(kind privacy.Kind, people ...id.User) (found []id.User) {
	w.t.Helper()
	ok(w.t, w.DB.Tx(w.t.Context(), func(tx *db.Tx) (err error) {
		found, err = privacy.Agreed(w.t.Context(), tx, people, kind)
		return err
	}))
	return found
}

// What is taken back is not used from that moment, and the history tells both.
func TestAConsentTakenBackStopsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one, two := w.Staff(), w.Staff()
	for _, c := range all(t, w, one) {
		if c.Given {
			t.Errorf("%s is given before anybody asked", c.Kind)
		}
	}
	for _, kind := range privacy.Kinds() {
		ok(t, w.privacy.SetConsent(t.Context(), one, kind, true))
		ok(t, w.privacy.SetConsent(t.Context(), one, kind, true)) // twice is once
	}
	if got := w.agreed(privacy.Survey, one.User, two.User); len(got) != 1 || got[0] != one.User {
		t.Errorf("agreed: %v", got)
	}
	if hides, err := w.User.HidesName(t.Context(), one); err != nil || hides {
		t.Errorf("%v: the name is hidden though they agreed", err)
	}
	for _, kind := range privacy.Kinds() {
		ok(t, w.privacy.SetConsent(t.Context(), one, kind, false))
	}
	if got := w.agreed(privacy.Survey, one.User, two.User); len(got) != 0 {
		t.Errorf("still used: %v", got)
	}
	if hides, err := w.User.HidesName(t.Context(), one); err != nil || !hides {
		t.Errorf("%v: the name is shown though they took it back", err)
	}
	for _, c := range all(t, w, one) {
		if c.Given || c.Changes != 2 {
			t.Errorf("%s: given %v, %d changes", c.Kind, c.Given, c.Changes)
		}
	}
	if err := w.privacy.SetConsent(t.Context(), one, "anything", true); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("an unknown consent: %v", err)
	}
}

func all(t *testing.T, w *world, who org.Actor) []privacy.Consent {
	t.Helper()
	found, err := w.privacy.Consents(t.Context(), who)
	ok(t, err)
	if len(found) != len(privacy.Kinds()) {
		t.Fatalf("%d consents", len(found))
	}
	return found
}

// A newcomer is asked until they have finished, and what is finished stays so.
func TestTheIntroductionIsShownUntilItIsDone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := w.Staff()
	standing := func() privacy.Standing {
		found, err := w.privacy.Standing(t.Context(), who)
		ok(t, err)
		return found
	}
	if got := standing(); !got.Onboarding || !got.NoticeDue {
		t.Errorf("a newcomer: %+v", got)
	}
	ok(t, w.privacy.Read(t.Context(), who, 1))
	for _, p := range []privacy.Introduction{{Step: 5}, {Step: 6, Done: true}, {Step: 4}} {
		if _, err := w.privacy.SetOnboarding(t.Context(), who, p); err != nil {
			t.Fatal(err)
		}
	}
	if got := standing(); got.Onboarding || got.NoticeDue {
		t.Errorf("who has finished: %+v", got)
	}
	if err := w.privacy.Read(t.Context(), who, 99); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a version that is not there: %v", err)
	}
	for _, lang := range []string{"id", "en"} {
		n, err := w.privacy.Notice(t.Context(), who, lang)
		if err != nil || n.Summary == "" || n.Body == "" || n.ReadAt == nil {
			t.Errorf("%s: %v %+v", lang, err, n)
		}
	}
}

// The clock of a request stands on no holiday: asked on Friday evening, it is late on Monday evening.
func TestTheClockRunsOverTheWeekend(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who, officer := w.Staff(), w.Staff(org.DPO)
	w.now = time.Date(2026, time.November, 27, 11, 0, 0, 0, time.UTC) // Friday 19.00 WITA
	asked, err := w.privacy.SendRequest(t.Context(), who, privacy.Inform, "Apa yang disimpan?")
	ok(t, err)
	if want := w.now.Add(72 * time.Hour); !asked.DueAt.Equal(want) || want.Weekday() != time.Monday {
		t.Errorf("due %v, want %v", asked.DueAt, want)
	}
	late := func() bool {
		list, err := w.privacy.Cases(t.Context(), officer, false, page.Ask{})
		ok(t, err)
		if len(list.Items) != 1 {
			t.Fatalf("%+v", list)
		}
		return list.Items[0].Late
	}
	w.pass(72 * time.Hour)
	if late() {
		t.Error("late on the minute")
	}
	w.pass(time.Minute)
	if !late() {
		t.Error("not late after three days")
	}
	if _, err := w.privacy.SendRequest(t.Context(), who, privacy.Inform, "Lagi"); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a second one of the kind: %v", err)
	}
}

// Each kind of request reaches an end, by whom it may, with a reason where it is refused.
func TestRequestsReachAnEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who, officer, operator := w.Staff(), w.Staff(org.DPO), w.Staff(org.Operator)
	number := map[privacy.Ask]int64{}
	for _, kind := range []privacy.Ask{privacy.Correct, privacy.Copy, privacy.Inform, privacy.Withdraw, privacy.Erase} {
		asked, err := w.privacy.SendRequest(t.Context(), who, kind, "Mohon.")
		ok(t, err)
		number[kind] = asked.ID
	}
	if list, err := w.privacy.Cases(t.Context(), operator, false, page.Ask{}); err != nil || len(list.Items) != 1 || list.Items[0].Kind != privacy.Correct {
		t.Errorf("an operator sees %v %+v", err, list)
	}
	if _, err := w.privacy.Case(t.Context(), operator, number[privacy.Erase]); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("an operator opens what is the officer's: %v", err)
	}
	answer := func(kind privacy.Ask, a privacy.CaseAnswer, want errs.Code) {
		t.Helper()
		if _, err := w.privacy.Close(t.Context(), officer, number[kind], a); want == "" && err != nil || want != "" && errs.CodeOf(err) != want {
			t.Errorf("%s: %v", kind, err)
		}
	}
	answer(privacy.Correct, privacy.CaseAnswer{Grant: true, Text: "Sudah."}, errs.Invalid) // the list by hand is not ticked
	answer(privacy.Correct, privacy.CaseAnswer{Grant: true, Text: "Sudah.", Checked: []string{"roster"}}, "")
	answer(privacy.Correct, privacy.CaseAnswer{Grant: true, Text: "Sudah.", Checked: []string{"roster"}}, errs.Conflict)
	answer(privacy.Copy, privacy.CaseAnswer{Text: "Tidak."}, errs.Invalid) // no article
	answer(privacy.Copy, privacy.CaseAnswer{Text: "Tidak.", Article: "Pasal 33"}, "")
	if _, err := w.privacy.Take(t.Context(), officer, number[privacy.Inform]); err != nil {
		t.Error(err)
	}
	answer(privacy.Inform, privacy.CaseAnswer{Grant: true, Text: "Begini."}, "")
	ok(t, w.privacy.SetConsent(t.Context(), who, privacy.Survey, true))
	answer(privacy.Withdraw, privacy.CaseAnswer{Grant: true, Text: "Ditarik."}, "")
	if got := w.agreed(privacy.Survey, who.User); len(got) != 0 {
		t.Error("a granted withdrawal withdrew nothing")
	}
	answer(privacy.Erase, privacy.CaseAnswer{Grant: true, Text: "Dihapus.", Checked: []string{"roster", "backups"}}, "")
	if _, err := w.User.Actor(t.Context(), who.User); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("an erased account is open: %v", err)
	}
	left, err := db.Get[struct{ N int }](t.Context(), w.DB, `SELECT (SELECT count(*) FROM user_identifier WHERE user_id = $1) + (SELECT count(*) FROM user_nip WHERE user_id = $1)
		+ (SELECT count(*) FROM app_user WHERE id = $1 AND (name <> 'Akun dihapus' OR email <> '')) AS n`, who.User)
	if err != nil || left.N != 0 {
		t.Errorf("%v: %d things still tell who it was", err, left.N)
	}
	news, err := db.Get[struct{ Told string }](t.Context(), w.DB, `SELECT string_agg(args->>'state', ' ' ORDER BY id) AS told FROM river.river_job WHERE kind = 'privacy_news' AND (args->>'to')::int = $1`, who.User)
	if err != nil || news.Told != "done refused working done done" {
		t.Errorf("%v: told %q", err, news.Told)
	}
	own, err := w.privacy.SendRequest(t.Context(), officer, privacy.Inform, "Saya sendiri")
	ok(t, err)
	number[privacy.Inform] = own.ID
	answer(privacy.Inform, privacy.CaseAnswer{Grant: true, Text: "Ya."}, errs.Forbidden)
}

// A person reads who saw them: role and office, never the colleague's name, and not themselves.
func TestWhoLooked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who, other, operator := w.Staff(), w.Staff(), w.Staff(org.Operator)
	for range 3 {
		ok(t, w.privacy.Saw(t.Context(), operator, privacy.Listed, who.User, other.User, operator.User))
	}
	if _, err := w.Desk.Deactivate(t.Context(), operator, who.User); err != nil {
		t.Fatal(err)
	}
	w.pass(time.Hour)
	if _, err := w.Desk.Activate(t.Context(), operator, who.User); err != nil {
		t.Fatal(err)
	}
	seen, err := w.privacy.Views(t.Context(), who, page.Ask{})
	ok(t, err)
	what := []string{}
	for _, v := range seen.Items {
		what = append(what, v.What)
		if v.Roles != "operator" || v.Office != w.Dinas.Name {
			t.Errorf("%+v", v)
		}
		if v.What == "view.list" && v.Times != 3 {
			t.Errorf("seen %d times", v.Times)
		}
	}
	if got := strings.Join(what, " "); got != "user.activate user.deactivate view.list" {
		t.Errorf("seen: %s", got)
	}
	ok(t, w.DB.Tx(t.Context(), func(tx *db.Tx) error {
		return privacy.ImportedTx(t.Context(), tx, operator.User, []id.User{other.User, operator.User})
	}))
	if seen, err := w.privacy.Views(t.Context(), other, page.Ask{}); err != nil || len(seen.Items) != 2 || seen.Items[0].What != "view.roster" || seen.Items[0].Roles != "operator" {
		t.Errorf("%+v: %v", seen.Items, err)
	}
	if mine, err := w.privacy.Views(t.Context(), operator, page.Ask{}); err != nil || len(mine.Items) != 0 {
		t.Errorf("%v: looking at oneself is no look: %+v", err, mine)
	}
	for _, after := range []string{"x", "OTk5OTk5"} {
		if _, err := w.privacy.Views(t.Context(), who, page.Ask{After: after}); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("cursor %q: %v", after, err)
		}
	}
}

// copyOf makes a copy and reads its two forms.
func (w *world) copyOf(who org.Actor, withNIP bool) (map[string]string, string) {
	w.t.Helper()
	ctx := w.t.Context()
	asked, err := w.privacy.AskExport(ctx, who, withNIP)
	ok(w.t, err)
	ok(w.t, w.privacy.MakeExport(ctx, who.User, asked.ID))
	ok(w.t, w.privacy.MakeExport(ctx, who.User, asked.ID)) // the job came twice
	file, err := w.privacy.Download(ctx, who, asked.ID, false)
	ok(w.t, err)
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	ok(w.t, err)
	found := map[string]string{}
	for _, entry := range archive.File {
		body, err := entry.Open()
		ok(w.t, err)
		text, err := io.ReadAll(body)
		ok(w.t, err)
		found[entry.Name] = string(text)
	}
	whole, err := w.privacy.Download(ctx, who, asked.ID, true)
	if err != nil || string(whole) != found["data.json"] || !json.Valid(whole) {
		w.t.Errorf("%v: the JSON differs", err)
	}
	return found, string(whole)
}

// The copy holds what was written about the person, in every table, and nothing about somebody else.
func TestTheCopyIsWholeAndOnlyOnesOwn(t *testing.T) {
	t.Parallel()
	w := worldOn(t, testdb.FreshURL(t)) // it forgets the copies of everybody
	one, two, operator := w.Staff(), w.Staff(), w.Staff(org.Operator)
	for i, who := range []org.Actor{one, two} {
		mark := []string{"MILIK-SATU", "MILIK-DUA"}[i]
		w.fill(who, mark)
		ok(t, w.privacy.Saw(t.Context(), operator, privacy.Listed, who.User))
	}
	files, whole := w.copyOf(one, false)
	if strings.Contains(whole, "MILIK-DUA") {
		t.Error("the copy tells of somebody else")
	}
	for _, class := range privacy.Classes() {
		for _, table := range class.Tables {
			if table.Person != "" || table.Columns == "" {
				continue
			}
			n, err := db.Get[struct{ N int }](t.Context(), w.DB, `SELECT count(*) AS n FROM `+table.Name+` WHERE user_id = $1`, one.User)
			ok(t, err)
			lines := 0
			if text := files[class.Key+"/"+table.Name+".csv"]; text != "" {
				lines = strings.Count(text, "\n") - 1
			}
			// The copy's own row is in it; what came after it was made is not.
			if lines != n.N {
				t.Errorf("%s: %d rows, %d in the copy", table.Name, n.N, lines)
			}
		}
	}
	if !strings.Contains(files["traces/seen_by.csv"], "view.list") {
		t.Errorf("who looked is missing: %v", files["traces/seen_by.csv"])
	}
	if _, err := w.privacy.Download(t.Context(), two, 1, false); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("somebody else's copy: %v", err)
	}
	w.pass(8 * 24 * time.Hour)
	ok(t, w.privacy.Forget(t.Context()))
	if left, err := w.privacy.Exports(t.Context(), one); err != nil || len(left) != 0 {
		t.Errorf("after a week: %v %+v", err, left)
	}
}

// fill writes things about a person, each with a mark of theirs where there is room for words.
func (w *world) fill(who org.Actor, mark string) {
	w.t.Helper()
	ctx := w.t.Context()
	_, err := w.privacy.SendRequest(ctx, who, privacy.Inform, mark)
	ok(w.t, err)
	ok(w.t, w.privacy.SetConsent(ctx, who, privacy.Survey, true))
	ok(w.t, w.privacy.Read(ctx, who, 1))
	ok(w.t, w.write(ctx, `INSERT INTO notice (user_id, key, kind, content_id, step_name, at) VALUES ($1, $2, 'turn', $3, $2, now())`, who.User, mark, w.Live("Kabar").ID))
	for _, statement := range []string{
		`INSERT INTO topic_wish (user_id, topic, wish, at) VALUES ($1, $2, 1, now())`,
		`INSERT INTO queue_view (user_id, n, name, filters) VALUES ($1, 1, $2, '')`,
		`INSERT INTO act_request (user_id, key, fingerprint, at) VALUES ($1, $2, '', now())`,
	} {
		ok(w.t, w.write(ctx, statement, who.User, mark))
	}
}

func (w *world) write(ctx context.Context, statement string, args ...any) error {
	return w.DB.Tx(ctx, func(tx *db.Tx) error { _, err := db.Exec(ctx, tx, statement, args...); return err })
}

// One copy is made at a time, and a spreadsheet runs nothing that stands in it.
func TestCopiesAreFewAndHarmless(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := w.Staff()
	asked, err := w.privacy.AskExport(t.Context(), who, true)
	ok(t, err)
	if _, err := w.privacy.AskExport(t.Context(), who, false); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a second one while it is made: %v", err)
	}
	ok(t, w.privacy.MakeExport(t.Context(), who.User, asked.ID))
	for range 4 {
		w.copyOf(who, false)
	}
	if _, err := w.privacy.AskExport(t.Context(), who, false); errs.CodeOf(err) != errs.TooMany {
		t.Errorf("the sixth in a day: %v", err)
	}
	for raw, want := range map[string]string{`"=1+1"`: "'=1+1", `"@a"`: "'@a", `-5`: "-5", `null`: "", `"biasa"`: "biasa", `true`: "true", `"\tx"`: "'\tx"} {
		if got := privacy.Cell(raw); got != want {
			t.Errorf("%s: %q", raw, got)
		}
	}
}
