package server

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gaung/internal/id"
	"gaung/internal/proof"
	"gaung/internal/share"
)

// screenOf is a picture that no other looks like.
func screenOf(t testing.TB, seed int) *bytes.Reader {
	t.Helper()
	top := image.NewRGBA(image.Rect(0, 0, 400, 700))
	state := uint32(seed)*2654435761 + 1
	for y := 0; y < 700; y += 50 {
		for x := 0; x < 400; x += 50 {
			state = state*1664525 + 1013904223
			c := color.RGBA{uint8(state >> 24), uint8(state >> 16), uint8(state >> 8), 255}
			for dy := range 50 {
				for dx := range 50 {
					top.SetRGBA(x+dx, y+dy, c)
				}
			}
		}
	}
	var text bytes.Buffer
	if err := jpeg.Encode(&text, top, nil); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(text.Bytes())
}

// proofs leaves a picture and an objection, about a content, that wait for its desk.
func (s *site) proofs(item id.Content, words string) (shot, plea int64) {
	s.t.Helper()
	person := s.Staff()
	for _, network := range []string{"instagram", "x"} {
		if _, err := s.server.share.Share(s.t.Context(), person, item, share.Request{Channel: network}); err != nil {
			s.t.Fatal(err)
		}
	}
	sent, err := s.server.proof.Show(s.t.Context(), person, item, "instagram", screenOf(s.t, int(item)))
	if err != nil {
		s.t.Fatal(err)
	}
	said, err := s.server.proof.Object(s.t.Context(), person, proof.Plea{Content: item, Network: "x", Act: share.ShareKind, About: "other", Words: words})
	if err != nil {
		s.t.Fatal(err)
	}
	return sent.ID, said.ID
}

// What a phone shares to the app is somebody's private address: without a service worker it goes on behind the #,
// where no log and no server sees it, and a foreign site cannot send it.
func TestWhatIsSharedToTheAppStaysOutOfAddresses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	request := httptest.NewRequest("POST", "/bagikan-masuk", strings.NewReader("title=Kabar&text=Lihat+https%3A%2F%2Fx.com%2Fsari%2Fstatus%2F1&url="))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "none")
	got, err := s.server.App().Test(request, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if where := got.Header.Get("Location"); got.StatusCode != http.StatusSeeOther || !strings.HasPrefix(where, "/bagikan-masuk#") || strings.ContainsAny(where, "?") || !strings.Contains(where, "status") {
		t.Errorf("%d to %q", got.StatusCode, where)
	}
	if got := s.do("GET", "/bagikan-masuk", nil); got.StatusCode != http.StatusOK {
		t.Errorf("the screen: %d", got.StatusCode)
	}
}
