package server

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/share"
	"gaung/internal/testkit"
)

func feedSite(t *testing.T) *site {
	s := newSite(t)
	if err := s.server.share.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// Both ways through the edge say the same: the short one and, asked a little oddly, the long one.
func TestQuickFeedIsTheFeed(t *testing.T) {
	t.Parallel()
	s := feedSite(t)
	for _, title := range []string{"Kabar satu <b>", "Kabar dua & \"dua\"", "Kabar ketiga"} {
		s.Live(title)
	}
	s.server.share.Changed()
	me := s.as(s.Staff())
	var first share.Feed
	s.do("GET", "/api/v1/feed?limit=2", nil, me).into(t, &first)
	s.do("PUT", "/api/v1/contents/"+number(first.Items[0].ID)+"/save", nil, me)
	s.do("POST", "/api/v1/contents/"+number(first.Items[1].ID)+"/shares", map[string]any{"channel": "whatsapp"}, me)
	for _, query := range []string{"", "?limit=2", "?limit=2&filter=all", "?limit=2&after=" + first.Next, "?after=x", "?limit=201", "?limit=-1", "?filter=x"} {
		odd := query + "&odd=1"
		if query == "" {
			odd = "?odd=1"
		}
		quick, long := s.do("GET", "/api/v1/feed"+query, nil, me), s.do("GET", "/api/v1/feed"+odd, nil, me)
		if quick.StatusCode >= 400 { // the number of the request differs
			quick.text, long.text = quick.text[:30], long.text[:30]
		}
		if quick.StatusCode != long.StatusCode || quick.text != long.text || quick.Header.Get("Content-Type") != long.Header.Get("Content-Type") {
			t.Errorf("%s: %d %s\nand the long way %d %s", query, quick.StatusCode, quick.text, long.StatusCode, long.text)
		}
		if (quick.Header.Get("ETag") != "") != (quick.StatusCode == 200) || long.Header.Get("ETag") != "" {
			t.Errorf("%s: tags %q %q: not the way that was meant", query, quick.Header.Get("ETag"), long.Header.Get("ETag"))
		}
	}
}

func number(item id.Content) string { return strconv.FormatInt(int64(item), 10) }

// An unchanged feed is not sent again; after an act it is; and another person never gets this one's.
func TestUnchangedFeedIsNotSentAgain(t *testing.T) {
	t.Parallel()
	s := feedSite(t)
	item := s.Live("Layanan baru")
	s.server.share.Changed()
	me, other := s.as(s.Staff()), s.as(s.Staff())
	got := s.do("GET", "/api/v1/feed?limit=8", nil, me)
	tag := got.Header.Get("ETag")
	if !strings.HasPrefix(tag, `W/"`) || got.Header.Get("Cache-Control") != "private, no-cache" || !strings.Contains(got.Header.Get("Vary"), "Cookie") {
		t.Errorf("%v", got.Header)
	}
	for _, has := range []string{tag, `"x", ` + tag, strings.TrimPrefix(tag, "W/")} {
		again := s.do("GET", "/api/v1/feed?limit=8", nil, me, header("If-None-Match", has))
		if again.StatusCode != http.StatusNotModified || again.text != "" || again.Header.Get("ETag") != tag || again.Header.Get("Cache-Control") != "private, no-cache" {
			t.Errorf("%s: %d %s %v", has, again.StatusCode, again.text, again.Header)
		}
	}
	if theirs := s.do("GET", "/api/v1/feed?limit=8", nil, other, header("If-None-Match", tag)); theirs.StatusCode != 200 {
		t.Errorf("another person with this tag: %d", theirs.StatusCode)
	}
	s.do("PUT", "/api/v1/contents/"+number(item.ID)+"/save", nil, me)
	if after := s.do("GET", "/api/v1/feed?limit=8", nil, me, header("If-None-Match", tag)); after.StatusCode != 200 || !strings.Contains(after.text, `"saved":true`) {
		t.Errorf("after an act: %d %s", after.StatusCode, after.text)
	}
}

// The lists are in memory; who may read them is not.
func TestMemoryLetsNobodyIn(t *testing.T) {
	t.Parallel()
	s := feedSite(t)
	s.Live("Layanan baru")
	s.server.share.Changed()
	admin := s.Person(s.Unit.ID, org.Grant{Role: org.Admin, Agency: s.Region.ID}, org.Grant{Role: org.Operator, Agency: s.Region.ID})
	signedOut, closed, moved := s.Staff(), s.Staff(), s.Staff()
	asSignedOut, asClosed, asMoved := s.as(signedOut), s.as(closed), s.as(moved)
	read := func(as func(*http.Request)) reply { return s.do("GET", "/api/v1/feed?limit=8", nil, as) }
	tags := map[string]bool{}
	for _, as := range []func(*http.Request){asSignedOut, asClosed, asMoved} {
		got := read(as)
		if tags[got.Header.Get("ETag")] = true; got.StatusCode != 200 {
			t.Fatal(got.text)
		}
	}
	s.do("POST", "/api/v1/auth/logout", nil, asSignedOut)
	if _, err := s.Desk.Deactivate(t.Context(), admin, closed.User); err != nil {
		t.Fatal(err)
	}
	elsewhere := s.Agency(s.Region, org.Body)
	if _, err := s.DB.Pool().Exec(t.Context(), `UPDATE placement SET unit_id = $2, agency_id = $2 WHERE user_id = $1`, moved.User, elsewhere.ID); err != nil {
		t.Fatal(err)
	}
	for name, as := range map[string]func(*http.Request){"signed out": asSignedOut, "closed": asClosed} {
		for tag := range tags {
			if got := s.do("GET", "/api/v1/feed?limit=8", nil, as, header("If-None-Match", tag)); got.StatusCode != http.StatusUnauthorized || got.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %d %v", name, got.StatusCode, got.Header)
			}
		}
	}
	if got := read(asMoved); got.StatusCode != 200 || strings.Contains(got.text, "Layanan baru") {
		t.Errorf("somebody who moved away reads the old feed: %s", got.text)
	}
	if got := s.do("GET", "/api/v1/feed?limit=8", nil); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("nobody: %d", got.StatusCode)
	}
}

// Who publishes or withdraws here sees it in the next answer, without waiting for a look.
func TestOwnChangeIsInTheNextAnswer(t *testing.T) {
	t.Parallel()
	s := feedSite(t)
	author, approver, publisher, me := s.Staff(org.Author), s.Staff(org.Approver), s.as(s.Staff(org.Publisher)), s.as(s.Staff())
	ctx := t.Context()
	made, err := s.Content.Create(ctx, author, content.Outline{Agency: s.Dinas.ID}, testkit.Text("Layanan baru"))
	if err == nil {
		_, err = s.Content.Submit(ctx, author, made.ID)
	}
	if err == nil {
		_, err = s.Content.Approve(ctx, approver, made.ID, content.Seen{Version: 1, Step: 1}, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	path := "/api/v1/contents/" + number(made.ID)
	if got := s.do("POST", path+"/publish", nil, publisher); got.StatusCode != 200 {
		t.Fatal(got.text)
	}
	if got := s.do("GET", "/api/v1/feed?limit=8", nil, me); got.Header.Get("ETag") == "" || !strings.Contains(got.text, "Layanan baru") {
		t.Errorf("published: %s", got.text)
	}
	if got := s.do("POST", path+"/recall", map[string]any{"reason": "Angka keliru."}, publisher); got.StatusCode != 200 {
		t.Fatal(got.text)
	}
	if got := s.do("GET", "/api/v1/feed?limit=8", nil, me); got.Header.Get("ETag") == "" || strings.Contains(got.text, "Layanan baru") || !strings.Contains(got.text, `"withdrawn":[`+number(made.ID)) {
		t.Errorf("withdrawn: %s", got.text)
	}
}

// Open clients ask every few seconds what was withdrawn: nobody needs to be known, and nothing is sent twice.
func TestWithdrawnIsAskedForByAnybodyAndSentOnce(t *testing.T) {
	t.Parallel()
	s := feedSite(t)
	item := s.Live("Layanan baru")
	was := s.do("GET", "/api/v1/withdrawals", nil)
	if was.StatusCode != 200 || was.Header.Get("Cache-Control") != "public, max-age=1" {
		t.Fatalf("%d %s %v", was.StatusCode, was.text, was.Header)
	}
	if got := s.do("POST", "/api/v1/contents/"+number(item.ID)+"/recall", map[string]any{"reason": "Angka keliru."}, s.as(s.Staff(org.Publisher))); got.StatusCode != 200 {
		t.Fatal(got.text)
	}
	has := header("If-None-Match", was.Header.Get("ETag"))
	now := s.do("GET", "/api/v1/withdrawals", nil, has)
	if now.StatusCode != 200 || !strings.Contains(now.text, number(item.ID)) {
		t.Errorf("%d %s", now.StatusCode, now.text)
	}
	if again := s.do("GET", "/api/v1/withdrawals", nil, header("If-None-Match", now.Header.Get("ETag"))); again.StatusCode != http.StatusNotModified || again.text != "" {
		t.Errorf("%d %s", again.StatusCode, again.text)
	}
}

// A province behind one address asks more often than the limit of an address allows anything else; it must learn
// of a recall all the same.
func TestManyBehindOneAddressLearnOfARecall(t *testing.T) {
	t.Parallel()
	s := feedSite(t)
	s.server.limiter = newLimiter(0.01) // twenty at once
	for range 200 {
		if got := s.do("GET", "/api/v1/withdrawals", nil); got.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", got.StatusCode, got.text)
		}
	}
	refused := false
	for range 40 {
		refused = refused || s.do("GET", "/api/v1/networks", nil).StatusCode == http.StatusTooManyRequests
	}
	if !refused {
		t.Error("nothing was limited: this test shows nothing")
	}
}
