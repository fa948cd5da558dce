package server

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"gaung/internal/content"
	"gaung/internal/org"
	"gaung/internal/testkit"
)

func photo(t testing.TB) []byte {
	t.Helper()
	from := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for i := range from.Pix {
		from.Pix[i] = byte(i / 3600 % 256)
	}
	from.Set(0, 0, color.White)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, from, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// send uploads a raw body through a real connection, as uploads come.
func (s *site) send(path string, text []byte, as org.Actor) reply {
	s.t.Helper()
	request := httptest.NewRequest("POST", path, bytes.NewReader(text))
	request.Host = "gaung.test"
	request.Header.Set("Content-Type", "application/octet-stream")
	s.as(as)(request)
	response, err := s.server.App().Test(request, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return reply{response, string(got)}
}

func (s *site) illustrated(title, summary string) (content.Content, org.Actor) {
	s.t.Helper()
	author, approver, publisher := s.Staff(org.Author), s.Staff(org.Approver), s.Staff(org.Publisher)
	ctx, text := s.t.Context(), testkit.Text(title)
	text.Summary = summary
	made, err := s.Content.Create(ctx, author, content.Outline{Agency: s.Dinas.ID}, text)
	for _, step := range []func() (content.Content, error){
		func() (content.Content, error) {
			return s.Content.AddImage(ctx, author, made.ID, photo(s.t), "Warga mengantre di loket baru.")
		},
		func() (content.Content, error) { return s.Content.Submit(ctx, author, made.ID) },
		func() (content.Content, error) {
			return s.Content.Approve(ctx, approver, made.ID, content.Seen{Version: 2, Step: 1}, "")
		},
		func() (content.Content, error) { return s.Content.Publish(ctx, publisher, made.ID) },
	} {
		if err == nil {
			made, err = step()
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return made, publisher
}

func TestUploadsAreLookedAt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	author := s.Staff(org.Author)
	made, err := s.Content.Create(t.Context(), author, content.Outline{}, testkit.Text("Judul"))
	if err != nil {
		t.Fatal(err)
	}
	path := fmt.Sprintf("/api/v1/contents/%d/images", made.ID)
	if got := s.send(path, photo(t), author); got.StatusCode != http.StatusCreated || !strings.Contains(got.text, `"processing"`) {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
	for name, text := range map[string]string{"SVG": `<svg xmlns="http://www.w3.org/2000/svg"/>`, "HTML": "<!doctype html><p>", "nothing": ""} {
		if got := s.send(path, []byte(text), author); got.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(got.text, `"image"`) {
			t.Errorf("%s: %d %s", name, got.StatusCode, got.text)
		}
	}
	if got := s.do("GET", path, nil, s.as(author)); got.StatusCode != http.StatusOK || strings.Count(got.text, `"n":`) != 1 {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
}

func TestAPictureIsServedAsNothingElse(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	made, publisher := s.illustrated("Bergambar", "Ringkasan.")
	for _, path := range []string{made.Images[0].Shown().Sources[0].URL, content.CardPath(made.Slug, made.Hash)} {
		got := s.do("GET", path, nil)
		h := got.Header
		if got.StatusCode != 200 || h.Get("Content-Type") != "image/jpeg" || h.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'") || !strings.HasPrefix(h.Get("Cache-Control"), "public, max-age=") {
			t.Errorf("%s: %d %v", path, got.StatusCode, h)
		}
		if again := s.do("GET", path, nil, header("If-None-Match", `"x", W/`+h.Get("ETag"))); again.StatusCode != http.StatusNotModified || again.text != "" {
			t.Errorf("%s again: %d", path, again.StatusCode)
		}
		if head := s.do("HEAD", path, nil); head.StatusCode != 200 || head.ContentLength != int64(len(got.text)) || head.text != "" {
			t.Errorf("%s HEAD: %d, %d bytes of %d", path, head.StatusCode, head.ContentLength, len(got.text))
		}
		if part := s.do("GET", path, nil, header("Range", "bytes=0-9")); part.StatusCode != 200 || len(part.text) != len(got.text) {
			t.Errorf("%s by part: %d, %d bytes", path, part.StatusCode, len(part.text))
		}
	}
	for _, path := range []string{"/media/../keys", "/media/%2e%2e%2fkeys", "/media/" + strings.Repeat("a", 64) + ".jpg", "/media/x.raw", "/media/card/tidak-ada.jpg", "/media/card/x", "/media/card/%00.jpg"} {
		if got := s.do("GET", path, nil); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
	if _, err := s.Content.Recall(t.Context(), publisher, made.ID, "Keliru.", 0); err != nil {
		t.Fatal(err)
	}
	if got := s.do("GET", content.CardPath(made.Slug, ""), nil); got.StatusCode != http.StatusGone || got.Header.Get("Cache-Control") != "" && strings.Contains(got.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("withdrawn: %d %s", got.StatusCode, got.Header.Get("Cache-Control"))
	}
}

// What networks read lies within the first 4 KB, whole, and leads to no other address.
func TestAPreviewOfThePublicPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	made, publisher := s.illustrated(strings.Repeat(`Ä"&<é`, 40), strings.Repeat(`"Ringkasan" é & `, 31))
	for _, path := range []string{"/k/" + made.Slug} {
		got := s.do("GET", path, nil, header("Range", "bytes=0-99"))
		if got.StatusCode != 200 {
			t.Fatalf("%d %s", got.StatusCode, got.text)
		}
		for name, want := range map[string]string{"og:title": `.`, "og:type": "^article$", "og:image": "^" + publicURL + "/media/card/.*\\.jpg\\?v=" + made.Hash + "$", "og:image:width": "^1200$",
			"og:image:height": "^630$", "og:image:alt": "^Warga", "og:description": "^&#34;Ringkasan", "og:site_name": "^Dinas Uji$", "og:locale": "^id_ID$", "twitter:card": "^summary_large_image$"} {
			found := regexp.MustCompile(`<meta (?:property|name)="` + name + `" content="([^"]*)">`).FindStringSubmatch(got.text[:4096])
			if found == nil || !regexp.MustCompile(want).MatchString(found[1]) {
				t.Errorf("%s: %q", name, found)
			}
		}
		for _, never := range []string{"og:url", "canonical", "<script"} {
			if strings.Contains(got.text, never) {
				t.Errorf("the page holds %s", never)
			}
		}
		for _, needed := range []string{"Situs resmi", "gaung.test", "Penyetuju konten", "srcset=", `alt="Warga mengantre di loket baru."`, "noindex", "Unggahan resmi", made.Hash} {
			if !strings.Contains(got.text, needed) {
				t.Errorf("the page lacks %q", needed)
			}
		}
		if got.Header.Get("X-Robots-Tag") != "noindex" {
			t.Error("it may be indexed")
		}
	}
	right := s.Live("Yang benar")
	if _, err := s.Content.Recall(t.Context(), publisher, made.ID, "Tanggal keliru.", right.ID); err != nil {
		t.Fatal(err)
	}
	got := s.do("GET", "/k/"+made.Slug, nil)
	if got.StatusCode != http.StatusGone || !strings.Contains(got.text, "Tanggal keliru.") || !strings.Contains(got.text, "/k/"+right.Slug) {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
	for _, never := range []string{"Isi lengkap", "/media/", "Ringkasan", "instagram.com"} {
		if strings.Contains(got.text, never) {
			t.Errorf("a withdrawn page still shows %q", never)
		}
	}
}

func TestTheFeedShowsPictures(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	made, _ := s.illustrated("Bergambar", "Ringkasan.")
	got := s.do("GET", "/api/v1/feed", nil, s.as(s.Staff()))
	if !strings.Contains(got.text, made.Images[0].Files[0].Name) || !strings.Contains(got.text, `"approved_by_role":"approver"`) || strings.Contains(got.text, `"Files"`) {
		t.Errorf("%s", got.text)
	}
}
