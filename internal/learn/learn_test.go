package learn_test

import (
	"bytes"
	"strings"
	"testing"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/learn"
	"gaung/internal/org"
	"gaung/internal/testkit"
)

func question(text string, right int, options ...string) learn.QuizQuestion {
	return learn.QuizQuestion{Text: text, Options: options, Right: right, Why: "Sebab " + text}
}

func lesson(title, theme string) learn.Lesson {
	return learn.Lesson{Title: title, Summary: "Ringkasan.", Competence: "digital", Theme: theme, Minutes: 3, Pass: 2,
		Steps: []learn.LessonStep{{Title: "Satu", Body: "Isi."}},
		Quiz: []learn.QuizQuestion{question("A", 2, "a0", "a1", "benar A"), question("B", 0, "benar B", "b1", "b2", "b3"),
			question("C", 1, "c0", "benar C", "c2")}}
}

// published makes a module of the kit's agency that people can learn from.
func published(t *testing.T, k *testkit.Kit, l learn.Lesson) learn.Module {
	t.Helper()
	writer := k.Staff(org.Author)
	made, err := k.Learn.Create(t.Context(), writer, k.Dinas.ID, l)
	if err == nil {
		made, err = k.Learn.Publish(t.Context(), writer, made.ID, made.Revision)
	}
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// choose answers what is asked: right where `right` says so.
func choose(c learn.Course, right func(question string) bool) []int {
	var answers []int
	for _, q := range c.Asked {
		pick := -1
		for i, option := range q.Options {
			if (option == "benar "+q.Text) == right(q.Text) {
				pick = i
			}
		}
		answers = append(answers, pick)
	}
	return answers
}

func TestTheBestAttemptIsKeptAndTheSameAnswersAreGradedOnce(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	k.Learn.Tell(k.Queue)
	ctx, person, module := t.Context(), k.Staff(), published(t, k, lesson("Modul", "juknis"))
	read := func() learn.Course {
		c, err := k.Learn.Read(ctx, person, module.ID, "id")
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	answer := func(c learn.Course, key string, right func(string) bool) learn.Graded {
		got, err := k.Learn.Answer(ctx, person, module.ID, learn.Attempt{Version: c.Version, Attempt: c.Attempt, Answers: choose(c, right), Key: key})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	course := read()
	onlyA := func(q string) bool { return q == "A" }
	first := answer(course, "k1", onlyA)
	if first.Right != 1 || first.Passed || first.Best != 1 {
		t.Errorf("one of three right: %+v", first)
	}
	for i, a := range first.Answers {
		q := course.Asked[i]
		if q.Options[a.Option] != "benar "+q.Text || a.Right != (q.Text == "A") || a.Why != "Sebab "+q.Text {
			t.Errorf("%s is told %+v", q.Text, a)
		}
	}
	if again := answer(course, "k1", onlyA); again.Right != 1 || read().Attempt != 2 {
		t.Errorf("the same key counted twice: %+v, next attempt %d", again, read().Attempt)
	}
	if _, err := k.Learn.Answer(ctx, person, module.ID, learn.Attempt{Version: 1, Attempt: 1, Answers: []int{0, 0, 0}, Key: "k1"}); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a key for other answers: %v", err)
	}
	if all := answer(read(), "k2", func(string) bool { return true }); all.Right != 3 || !all.Passed {
		t.Errorf("all right: %+v", all)
	}
	// Kept while offline: an older attempt is read in its own order.
	late := answer(course, "k3", onlyA)
	if late.Right != 1 || late.Best != 3 {
		t.Errorf("an old attempt: %+v", late)
	}
	if c := read(); c.PassedVersion != 1 || c.Best != 3 {
		t.Errorf("%+v", c.CourseCard)
	}
	told, err := db.Get[struct{ N int }](ctx, k.DB, `SELECT count(*) AS n FROM river.river_job WHERE kind = 'learn_passed' AND (args->>'person')::int = $1`, int64(person.User))
	if err != nil || told.N != 1 { // of three attempts, one passed
		t.Errorf("others were told %d times: %v", told.N, err)
	}
}

func TestANewVersionTakesNothingFromWhoPassedAnOlderOne(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx, person, writer := t.Context(), k.Staff(), k.Staff(org.Publisher)
	module := published(t, k, lesson("Modul", "juknis"))
	course, err := k.Learn.Read(ctx, person, module.ID, "id")
	if err == nil {
		_, err = k.Learn.Answer(ctx, person, module.ID, learn.Attempt{Version: 1, Attempt: course.Attempt, Answers: choose(course, func(string) bool { return true })})
	}
	if err != nil {
		t.Fatal(err)
	}
	next := lesson("Modul baru", "juknis")
	changed, err := k.Learn.Edit(ctx, writer, module.ID, module.Revision, next)
	if err != nil || !changed.Changed || changed.Version != 1 {
		t.Fatalf("%+v %v", changed, err)
	}
	if c, err := k.Learn.Read(ctx, person, module.ID, "id"); err != nil || c.Title != "Modul" {
		t.Errorf("a text that is worked on is read: %q %v", c.Title, err)
	}
	if _, err := k.Learn.Publish(ctx, writer, module.ID, module.Revision); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a text that nobody saw was published: %v", err)
	}
	if changed, err = k.Learn.Publish(ctx, writer, module.ID, changed.Revision); err != nil || changed.Version != 2 || changed.Passed != nil {
		t.Fatalf("%+v %v", changed, err)
	}
	if changed, err = k.Learn.Archive(ctx, writer, module.ID, changed.Revision); err != nil {
		t.Fatal(err)
	}
	shelf, err := k.Learn.Shelf(ctx, person, "id")
	if err != nil {
		t.Fatal(err)
	}
	if c := shelf.Items[0]; c.ID != module.ID || c.PassedVersion != 1 || c.Open {
		t.Errorf("%+v", c)
	}
	if other, err := k.Learn.Shelf(ctx, k.Staff(), "id"); err != nil || len(other.Items) != 1 || !other.Items[0].BuiltIn {
		t.Errorf("an archived module is on another's shelf: %+v %v", other, err)
	}
}

func TestAGuestTrainerWritesForTheirNodeOnly(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	neighbour := k.Agency(k.Region, org.Body)
	trainer := k.Person(k.Unit.ID, org.Grant{Role: org.Trainer, Agency: neighbour.ID})
	made, err := k.Learn.Create(t.Context(), trainer, neighbour.ID, lesson("Pelatihan", "etika"))
	if err == nil {
		_, err = k.Learn.Publish(t.Context(), trainer, made.ID, made.Revision)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Learn.Create(t.Context(), trainer, k.Dinas.ID, lesson("Pelatihan", "etika")); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("another node: %v", err)
	}
	if _, err := k.Learn.Read(t.Context(), k.Staff(), made.ID, "id"); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("it reaches another agency: %v", err)
	}
	if _, err := k.Learn.Read(t.Context(), k.Person(neighbour.ID), made.ID, "id"); err != nil {
		t.Errorf("it does not reach its own: %v", err)
	}
}

func TestAThemeIsCertifiedWhenAllOfItIsPassed(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx, person := t.Context(), k.Staff()
	one, two := published(t, k, lesson("Satu", "city_branding")), published(t, k, lesson("Dua", "city_branding"))
	for i, module := range []id.Module{one.ID, two.ID} {
		course, err := k.Learn.Read(ctx, person, module, "id")
		if err == nil {
			_, err = k.Learn.Answer(ctx, person, module, learn.Attempt{Version: 1, Attempt: 1, Answers: choose(course, func(string) bool { return true })})
		}
		if err != nil {
			t.Fatal(err)
		}
		made, err := k.Learn.Certify(ctx, person, 0, "city_branding")
		if whole := i == 1; whole != (err == nil) || whole && made.Theme != "city_branding" {
			t.Errorf("%d of 2 passed: %+v %v", i+1, made, err)
		}
	}
}

func TestGuidanceIsFoundByTheWordsOfItsText(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx, writer, person := t.Context(), k.Staff(org.Admin), k.Staff()
	for _, text := range []learn.GuideText{
		{Title: "Juknis unggahan video", Theme: "juknis", Body: "Rekaman dibuat **mendatar** dengan cahaya cukup."},
		{Title: "Pedoman logo daerah", Theme: "city_branding", Body: "Logo tidak diregangkan."},
	} {
		made, err := k.Learn.CreateGuide(ctx, writer, k.Dinas.ID, text)
		if err == nil {
			made, err = k.Learn.PublishGuide(ctx, writer, made.ID, made.Revision)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.Learn.CreateGuide(ctx, writer, k.Dinas.ID, learn.GuideText{Title: "Naskah rekaman", Theme: "juknis", Body: "rekaman"}); err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]string{
		"rekam mendatar": "Juknis unggahan video", "LOGO": "Pedoman logo daerah", "mend": "Juknis unggahan video", "kata-yang-tidak-ada": "", "logo | !": "Pedoman logo daerah",
	} {
		found, err := k.Learn.Search(ctx, person, learn.GuideQuery{Words: words})
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case want == "" && len(found.Items) == 0:
		case len(found.Items) != 1 || found.Items[0].Title != want:
			t.Errorf("%q finds %+v", words, found.Items)
		case words == "mend" && (len(found.Items[0].Excerpt) < 2 || !found.Items[0].Excerpt[1].Hit || found.Items[0].Excerpt[1].Text != "mendatar"):
			t.Errorf("%q is marked %+v", words, found.Items[0].Excerpt)
		}
	}
	ask := learn.GuideQuery{}
	ask.Limit = 1
	seen := 0
	for {
		list, err := k.Learn.Search(ctx, person, ask)
		if err != nil {
			t.Fatal(err)
		}
		if seen += len(list.Items); list.Next == "" || seen > 2 {
			break
		}
		ask.After = list.Next
	}
	if seen != 2 {
		t.Errorf("%d guides page by page", seen)
	}
}

func TestAGuideTakesAPDFAndNothingElse(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx, writer := t.Context(), k.Staff(org.Author)
	made, err := k.Learn.CreateGuide(ctx, writer, 0, learn.GuideText{Title: "Juknis", Theme: "juknis"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Learn.PublishGuide(ctx, writer, made.ID, made.Revision); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("an empty guide was published: %v", err)
	}
	if _, err := k.Learn.Attach(ctx, writer, made.ID, "x.pdf", strings.NewReader("<html>")); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a page was taken for a PDF: %v", err)
	}
	pdf := []byte("%PDF-1.7\nisi")
	if made, err = k.Learn.Attach(ctx, writer, made.ID, `C:\juknis "baru".pdf`, bytes.NewReader(pdf)); err != nil || made.File == nil || made.File.Name != "juknis -baru.pdf" {
		t.Fatalf("%+v %v", made.File, err)
	}
	if _, err := k.Learn.PublishGuide(ctx, writer, made.ID, made.Revision); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Learn.ReadFile(ctx, k.Staff(), made.ID); err != nil || !bytes.Equal(got.Body, pdf) {
		t.Errorf("a colleague reads %q %v", got.Body, err)
	}
}
