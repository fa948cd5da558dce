package server

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/mail"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/seal"
	"gaung/internal/testkit"
)

// box keeps the letters that were sent.
type box struct{ letters []mail.Letter }

func (b *box) Send(_ context.Context, letter mail.Letter) error {
	b.letters = append(b.letters, letter)
	return nil
}

func (b *box) Rest() {}

// letterTo is the path of the link that a letter about these kinds has.
func (s *site) letterTo(to org.Actor, ring *seal.Ring, kinds ...string) string {
	s.t.Helper()
	now, sent := s.DB.Now(), &box{}
	desk, err := notice.New(s.DB.At(func() time.Time { return now })).MailBy(sent, ring, publicURL, slog.New(slog.DiscardHandler))
	if err != nil {
		s.t.Fatal(err)
	}
	made, err := s.Content.Create(s.t.Context(), s.Staff(org.Author), content.Outline{}, testkit.Text("Kabar"))
	for i, kind := range kinds {
		if err == nil {
			err = desk.HearContent(s.t.Context(), content.NewsJob{ContentID: made.ID, What: kind, Key: fmt.Sprintf("uji/%d/%d", made.ID, i), At: now, To: []id.User{to.User}})
		}
	}
	if now = now.Add(10 * time.Minute); err == nil {
		err = desk.Mail(s.t.Context())
	}
	if err != nil || len(sent.letters) != 1 {
		s.t.Fatalf("%d letters: %v", len(sent.letters), err)
	}
	return strings.TrimPrefix(sent.letters[0].Unsubscribe, publicURL)
}

// off are the kinds that a person has switched off.
func (s *site) off(who org.Actor) (kinds []string) {
	s.t.Helper()
	wish, err := s.server.notice.MailWish(s.t.Context(), who)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, one := range wish.Kinds {
		if !one.On {
			kinds = append(kinds, one.Kind)
		}
	}
	return kinds
}

// The link of a letter stops its kinds for whom it went to: by a click of a person or of their mail program,
// signed in as anybody or nobody, and never by only being opened.
func TestTheLinkOfALetterStopsItsKindsAndNothingElse(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if _, err := s.server.notice.MailBy(nil, s.Ring, publicURL, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	mine, theirs := s.Staff(org.Approver), s.Staff(org.Approver)
	link := s.letterTo(mine, s.Ring, "turn", "held")
	stranger, err := seal.ParseRing("1:" + strings.Repeat("ab", 32))
	if err != nil {
		t.Fatal(err)
	}
	forgeries := map[string]string{
		"another server's":   s.letterTo(mine, stranger, "reminder"),
		"a letter more":      link + "A",
		"a letter less":      link[:len(link)-1],
		"another character":  link[:len(link)-5] + flipped(link[len(link)-5:]),
		"in plain words":     "/berhenti/1%20turn",
		"nothing at all":     "/berhenti/-",
		"as long as we read": "/berhenti/" + strings.Repeat("A", 2000),
	}
	for name, path := range forgeries {
		for _, method := range []string{"GET", "POST"} {
			if got := s.do(method, path, nil); got.StatusCode != http.StatusNotFound || !strings.Contains(got.text, "Tautan tidak berlaku") {
				t.Errorf("%s %s: %d %s", method, name, got.StatusCode, got.text)
			}
		}
	}
	for range 2 {
		got := s.do("GET", link, nil)
		if got.StatusCode != http.StatusOK || !strings.Contains(got.text, `<form method="post">`) || !strings.Contains(got.text, "<li>Giliran Anda memutuskan</li><li>Konten ditahan</li>") {
			t.Fatalf("%d %s", got.StatusCode, got.text)
		}
		policy := got.Header.Get("Content-Security-Policy")
		if strings.Contains(got.text, "<script") || !strings.Contains(policy, "form-action 'self'") || got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%v", got.Header)
		}
	}
	if off := append(s.off(mine), s.off(theirs)...); len(off) != 0 {
		t.Fatalf("opening the page switched off %v", off)
	}
	oneClick := func(r *http.Request) {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "null") // what a browser says from a page without a referrer
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	}
	for _, who := range []func(*http.Request){oneClick, s.as(theirs), oneClick} {
		if got := s.do("POST", link, nil, who); got.StatusCode != http.StatusOK || !strings.Contains(got.text, "Anda tidak lagi menerima surel tentang") {
			t.Errorf("%d %s", got.StatusCode, got.text)
		}
	}
	if off := s.off(mine); len(off) != 2 || off[0] != "turn" || off[1] != "held" {
		t.Errorf("off: %v", off)
	}
	if off := s.off(theirs); len(off) != 0 {
		t.Errorf("of who was signed in: %v", off)
	}
	if got := s.do("GET", link, nil); strings.Contains(got.text, "<form") {
		t.Error("what is stopped is asked for again")
	}
}

func flipped(text string) string {
	if text[0] == 'A' {
		return "B" + text[1:]
	}
	return "A" + text[1:]
}

// The page speaks the language of whom the letter went to, and has words for every kind.
func TestThePageOfALinkSpeaksThePersonsLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if _, err := s.server.notice.MailBy(nil, s.Ring, publicURL, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	who := s.Staff(org.Approver)
	wish, err := s.server.notice.MailWish(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	kinds := []string{}
	for _, one := range wish.Kinds {
		kinds = append(kinds, one.Kind)
	}
	if err := s.User.SetLang(t.Context(), who, "en"); err != nil {
		t.Fatal(err)
	}
	link := s.letterTo(who, s.Ring, kinds[:len(kinds)-2]...) // what is about no content is told otherwise
	got := s.do("GET", link, nil)
	if !strings.Contains(got.text, `<html lang="en">`) || !strings.Contains(got.text, "Stop this e-mail?") || strings.Contains(got.text, "Anda") || strings.Contains(got.text, "<li></li>") {
		t.Errorf("%s", got.text)
	}
	for _, lang := range []string{"id", "en"} {
		for _, kind := range kinds {
			if kindName(lang, kind) == "" {
				t.Errorf("no words for %s in %s", kind, lang)
			}
		}
	}
}
