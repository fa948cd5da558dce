package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gaung/internal/id"
	"gaung/internal/learn"
	"gaung/internal/org"
)

// lesson is complete enough to be published; the last option of its one question is right.
func lesson(title string) learn.Lesson {
	return learn.Lesson{Title: title, Summary: "Ringkasan.", Competence: "digital", Theme: "juknis", Minutes: 3,
		Steps: []learn.LessonStep{{Title: "Langkah", Body: "Isi."}},
		Quiz:  []learn.QuizQuestion{{Text: "Benar?", Options: []string{"Sesuai", "Tidak sesuai"}, Right: 1, Why: "Begitulah."}}}
}

// learned makes a module, a guide and a certificate of the kit's agency, and gives their numbers.
func (s *site) learned(title string) (learn.Module, learn.Guide, id.Certificate) {
	s.t.Helper()
	ctx, writer := s.t.Context(), s.Staff(org.Author)
	made, err := s.server.learn.Create(ctx, writer, s.Dinas.ID, lesson(title))
	if err == nil {
		made, err = s.server.learn.Publish(ctx, writer, made.ID, made.Revision)
	}
	if err == nil {
		_, err = s.server.learn.Answer(ctx, writer, made.ID, learn.Attempt{Version: 1, Attempt: 1, Answers: []int{1}})
	}
	var paper learn.Certificate
	if err == nil {
		paper, err = s.server.learn.Certify(ctx, writer, made.ID, "")
	}
	var guide learn.Guide
	if err == nil {
		guide, err = s.server.learn.CreateGuide(ctx, writer, s.Dinas.ID, learn.GuideText{Title: title, Theme: "juknis", Body: "Isi " + title})
	}
	if err == nil {
		guide, err = s.server.learn.PublishGuide(ctx, writer, guide.ID, guide.Revision)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return made, guide, paper.ID
}

func TestTheFirstShareWaitsForTheEightPoints(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	live := s.Live("Layanan baru")
	newcomer := s.as(s.Newcomer(s.Unit.ID))
	path := fmt.Sprintf("/api/v1/contents/%d/shares", live.ID)
	mayShare := func() bool {
		var me struct {
			MayShare bool `json:"may_share"`
		}
		s.do("GET", "/api/v1/me", nil, newcomer).into(t, &me)
		return me.MayShare
	}

	refused := s.do("POST", path, map[string]any{"channel": "whatsapp"}, newcomer)
	if refused.StatusCode != http.StatusForbidden || !strings.Contains(refused.text, `"field":"lesson"`) || mayShare() {
		t.Fatalf("a first share without the points: %d %s", refused.StatusCode, refused.text)
	}
	if got := s.do("PUT", fmt.Sprintf("/api/v1/contents/%d/save", live.ID), nil, newcomer); got.StatusCode != http.StatusOK {
		t.Errorf("keeping is not gated: %d %s", got.StatusCode, got.text)
	}

	read := s.do("GET", "/api/v1/learn/before-sharing?lang=id", nil, newcomer)
	if strings.Contains(read.text, `"why"`) || strings.Contains(read.text, `"right"`) {
		t.Errorf("the answers are told before grading: %s", read.text)
	}
	var course learn.Course
	read.into(t, &course)
	if len(course.Screens) != 8 || len(course.Asked) != 8 {
		t.Fatalf("%+v", course)
	}
	right := map[string]int{}
	for _, word := range []string{"santun", "gotong royong", "situs resmi"} {
		right[word] = 0
	}
	answers := []int{}
	for _, q := range course.Asked {
		choice := 1
		for word := range right {
			if strings.Contains(q.Text, word) {
				choice = 0
			}
		}
		answers = append(answers, choice)
	}
	graded := s.do("POST", fmt.Sprintf("/api/v1/learn/modules/%d/answers", course.ID), map[string]any{"version": course.Version, "attempt": course.Attempt, "answers": answers}, newcomer)
	var done learn.Graded
	graded.into(t, &done)
	if !done.Passed || !done.MayShare || done.Right != 8 || !mayShare() {
		t.Fatalf("%d %s", graded.StatusCode, graded.text)
	}
	if got := s.do("POST", path, map[string]any{"channel": "whatsapp"}, newcomer); got.StatusCode != http.StatusCreated {
		t.Errorf("after the points: %d %s", got.StatusCode, got.text)
	}
}

func TestACertificateIsCheckedWithoutSigningInUntilItsHolderClosesThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	made, _, _ := s.learned("Menulis keterangan 🎉") // no letter of the paper's
	person := s.Staff()
	me := s.as(person)
	answers := fmt.Sprintf("/api/v1/learn/modules/%d/answers", made.ID)
	if got := s.do("POST", "/api/v1/me/certificates", map[string]any{"module_id": made.ID}, me); got.StatusCode != http.StatusNotFound {
		t.Errorf("a certificate without passing: %d", got.StatusCode)
	}
	s.do("POST", answers, map[string]any{"version": 1, "attempt": 1, "answers": []int{1}}, me)
	var first, again learn.Certificate
	s.do("POST", "/api/v1/me/certificates", map[string]any{"module_id": made.ID}, me).into(t, &first)
	s.do("POST", "/api/v1/me/certificates", map[string]any{"module_id": made.ID}, me).into(t, &again)
	if first.ID == 0 || first.ID != again.ID || first.Code != again.Code {
		t.Fatalf("%+v, then %+v", first, again)
	}
	page := s.do("GET", "/sertifikat/"+first.Code, nil)
	if page.StatusCode != http.StatusOK || !strings.Contains(page.text, first.Holder) || !strings.Contains(page.text, "Menulis keterangan") ||
		page.Header.Get("X-Robots-Tag") != "noindex" || strings.Contains(page.text, "<script") {
		t.Errorf("%d %s", page.StatusCode, page.text)
	}
	paper := s.do("GET", fmt.Sprintf("/api/v1/me/certificates/%d/paper", first.ID), nil, me)
	if paper.StatusCode != http.StatusOK || !strings.HasPrefix(paper.text, "%PDF") {
		t.Errorf("the paper: %d", paper.StatusCode)
	}
	if got := s.do("GET", fmt.Sprintf("/api/v1/me/certificates/%d/paper", first.ID), nil, s.as(s.Staff())); got.StatusCode != http.StatusNotFound {
		t.Errorf("a colleague's paper: %d", got.StatusCode)
	}
	s.do("PUT", fmt.Sprintf("/api/v1/me/certificates/%d/page", first.ID), map[string]any{"public": false}, me)
	if got := s.do("GET", "/sertifikat/"+first.Code, nil); got.StatusCode != http.StatusNotFound || strings.Contains(got.text, first.Holder) {
		t.Errorf("a closed page: %d %s", got.StatusCode, got.text)
	}
}

// A document that is uploaded comes back byte for byte under its name; what is no PDF is refused.
func TestAGuidesDocumentComesBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, guide, _ := s.learned("Petunjuk unggah")
	writer := s.Staff(org.Author)
	path := fmt.Sprintf("/api/v1/guides/%d/file?name=petunjuk.pdf", guide.ID)
	document := "%PDF-1.4\n" + strings.Repeat("isi ", 1000)
	if got := s.send(path, []byte(document), writer); got.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", got.StatusCode, got.text)
	}
	back := s.do("GET", fmt.Sprintf("/api/v1/learn/guides/%d/file", guide.ID), nil, s.as(s.Staff()))
	if back.StatusCode != http.StatusOK || back.text != document || !strings.Contains(back.Header.Get("Content-Disposition"), "petunjuk.pdf") {
		t.Errorf("%d, %d bytes, %s", back.StatusCode, len(back.text), back.Header.Get("Content-Disposition"))
	}
	if got := s.send(path, []byte("bukan PDF"), writer); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("no PDF: %d", got.StatusCode)
	}
}
