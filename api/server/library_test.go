package server

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaung/internal/content"
	"gaung/internal/media"
	"gaung/internal/org"
	"gaung/internal/testkit"
)

func (s *site) film() []byte {
	s.t.Helper()
	text, err := os.ReadFile("../../internal/media/testdata/kecil.mp4")
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

// asset is a video of the kit's agency with its words.
func (s *site) asset(name string) media.Asset {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), "kecil.mp4")
	if err := os.WriteFile(path, s.film(), 0o600); err != nil {
		s.t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	defer file.Close()
	made, err := s.server.media.AddNow(s.t.Context(), s.Staff(org.Author), s.Dinas.ID, file, media.Words{Name: name, Alt: name + " di loket baru."})
	if err != nil {
		s.t.Fatal(err)
	}
	return made
}

func TestAVideoComesPartByPart(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	author, approver, publisher := s.Staff(org.Author), s.Staff(org.Approver), s.Staff(org.Publisher)
	video, whole := s.asset("Film"), s.film()
	got := s.send(fmt.Sprintf("/api/v1/media/%d/subtitles/id", video.ID), []byte("WEBVTT\n\n00:00.000 --> 00:01.000\nSelamat datang\n"), author)
	if got.StatusCode != http.StatusCreated {
		t.Fatal(got.text)
	}
	text := testkit.Text("Berfilm")
	text.Video = &media.Clip{Name: video.File}
	made, err := s.Content.Create(t.Context(), author, content.Outline{Agency: s.Dinas.ID}, text)
	if err != nil {
		t.Fatal(err)
	}
	path, words := media.Path+video.File, media.Path+made.Video.Subtitles[0].Name
	if got := s.do("GET", path, nil); got.StatusCode != http.StatusNotFound {
		t.Errorf("a draft's video for a stranger: %d", got.StatusCode)
	}
	if got := s.do("GET", path, nil, s.as(author)); got.StatusCode != 200 || got.Header.Get("Cache-Control") != cacheOwn {
		t.Errorf("for its author: %d %v", got.StatusCode, got.Header)
	}
	for _, step := range []func() (content.Content, error){
		func() (content.Content, error) { return s.Content.Submit(t.Context(), author, made.ID) },
		func() (content.Content, error) {
			return s.Content.Approve(t.Context(), approver, made.ID, content.Seen{Version: 1, Step: 1}, "")
		},
		func() (content.Content, error) { return s.Content.Publish(t.Context(), publisher, made.ID) },
	} {
		if made, err = step(); err != nil {
			t.Fatal(err)
		}
	}
	all := s.do("GET", path, nil, header("Accept-Encoding", "br"))
	h := all.Header
	if all.StatusCode != 200 || all.text != string(whole) || h.Get("Content-Type") != "video/mp4" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Accept-Ranges") != "bytes" ||
		h.Get("Cache-Control") != cacheForever || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d, %d bytes, %v", all.StatusCode, len(all.text), h)
	}
	size := len(whole)
	for wanted, c := range map[string]struct {
		status   int
		text, at string
	}{
		"bytes=0-9":          {206, string(whole[:10]), fmt.Sprintf("bytes 0-9/%d", size)},
		"bytes=100-":         {206, string(whole[100:]), fmt.Sprintf("bytes 100-%d/%d", size-1, size)},
		"bytes=-7":           {206, string(whole[size-7:]), fmt.Sprintf("bytes %d-%d/%d", size-7, size-1, size)},
		"bytes=9-99999999":   {206, string(whole[9:]), fmt.Sprintf("bytes 9-%d/%d", size-1, size)},
		"bytes=99999999-":    {416, "", fmt.Sprintf("bytes */%d", size)},
		"bytes=5-2":          {200, string(whole), ""},
		"bytes=0-1,5-6":      {200, string(whole), ""},
		"lines=0-1":          {200, string(whole), ""},
		"bytes=-99999999999": {206, string(whole), fmt.Sprintf("bytes 0-%d/%d", size-1, size)},
	} {
		got := s.do("GET", path, nil, header("Range", wanted))
		if got.StatusCode != c.status || c.status != 416 && got.text != c.text || got.Header.Get("Content-Range") != c.at {
			t.Errorf("%s: %d, %d bytes, %s", wanted, got.StatusCode, len(got.text), got.Header.Get("Content-Range"))
		}
	}
	if again := s.do("GET", path, nil, header("If-None-Match", h.Get("ETag"))); again.StatusCode != http.StatusNotModified {
		t.Errorf("again: %d", again.StatusCode)
	}
	if head := s.do("HEAD", path, nil); head.StatusCode != 200 || head.ContentLength != int64(size) || head.text != "" {
		t.Errorf("HEAD: %d, %d", head.StatusCode, head.ContentLength)
	}
	if got := s.do("GET", words, nil); got.StatusCode != 200 || got.Header.Get("Content-Type") != "text/vtt; charset=utf-8" || !strings.HasPrefix(got.text, "WEBVTT") {
		t.Errorf("%d %v %q", got.StatusCode, got.Header, got.text)
	}
	page := s.do("GET", "/k/"+made.Slug, nil)
	if !strings.Contains(page.text, `preload="none"`) || !strings.Contains(page.text, words+`" srclang="id" label="Bahasa Indonesia" default>`) || !strings.Contains(page.Header.Get("Content-Security-Policy"), "media-src 'self'") {
		t.Errorf("%s", page.text)
	}
	if feed := s.do("GET", fmt.Sprintf("/api/v1/feed/%d", made.ID), nil, s.as(s.Staff())); !strings.Contains(feed.text, path) || !strings.Contains(feed.text, words) {
		t.Errorf("%s", feed.text)
	}
	if _, err := s.Content.Recall(t.Context(), publisher, made.ID, "Salah data.", 0); err != nil {
		t.Fatal(err)
	}
	for _, one := range []string{path, words} {
		if got := s.do("GET", one, nil); got.StatusCode != http.StatusGone {
			t.Errorf("after the recall: %d", got.StatusCode)
		}
	}
}

func TestTheLibraryTakesFilesByWhatTheyAre(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	author := s.Staff(org.Author)
	got := s.send("/api/v1/media?name=foto.jpg", photo(t), author)
	if got.StatusCode != http.StatusCreated || !strings.Contains(got.text, `"processing"`) || !strings.Contains(got.text, `"name":"foto"`) {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
	if got := s.send("/api/v1/media?name=film.jpg", s.film(), author); got.StatusCode != http.StatusCreated || !strings.Contains(got.text, `"kind":"video"`) {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
	for name, text := range map[string][]byte{"SVG": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "HTML": []byte("<!doctype html>"), "nothing": nil, "half a film": s.film()[:300]} {
		if got := s.send("/api/v1/media?name=film.mp4", text, author); got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", name, got.StatusCode, got.text)
		}
	}
	if got := s.send(fmt.Sprintf("/api/v1/media?agency=%d", s.Region.ID), photo(t), author); got.StatusCode != http.StatusForbidden {
		t.Errorf("into the library above: %d", got.StatusCode)
	}
}
