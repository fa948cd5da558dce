package proof

import (
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/internal/account"
	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/fetch"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/score"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

const publicURL = "https://gaung.example"

// clock is a fixed time that a test may move.
type clock struct {
	lock sync.Mutex
	now  time.Time
}

func (c *clock) Now() time.Time { c.lock.Lock(); defer c.lock.Unlock(); return c.now }

func (c *clock) pass(d time.Duration) { c.lock.Lock(); defer c.lock.Unlock(); c.now = c.now.Add(d) }

// world is an agency whose people share, and a web of posts that answers as it is told.
type world struct {
	*testkit.Kit
	t      *testing.T
	clock  *clock
	click  *click.Service
	share  *share.Service
	proof  *Service
	web    map[string]http.HandlerFunc // by host and path
	serial int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	c := &clock{now: testdb.Now}
	kit := testkit.On(t, testdb.Open(t, testdb.New(t).Pool().Config().ConnString(), c.Now))
	w := &world{Kit: kit, t: t, clock: c, web: map[string]http.HandlerFunc{}}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if page, there := w.web[r.Host+r.URL.Path]; there {
			page(out, r)
			return
		}
		http.NotFound(out, r)
	}))
	t.Cleanup(server.Close)
	w.click = click.New(kit.DB, kit.Ring, publicURL)
	w.share = share.New(kit.DB, w.click, publicURL)
	w.proof = New(kit.DB, kit.Queue, kit.Ring, w.share, fetch.To(publicURL, strings.TrimPrefix(server.URL, "http://")), kit.Files)
	w.click.OnShip(share.LiftGrades)
	w.click.OnShip(score.Post)
	if err := w.click.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

func shows(text string, headers ...string) http.HandlerFunc {
	return func(out http.ResponseWriter, _ *http.Request) {
		out.Header().Set("Content-Type", "text/html; charset=utf-8")
		status := http.StatusOK
		for i := 0; i+1 < len(headers); i += 2 {
			if headers[i] == "status" {
				_, _ = fmt.Sscan(headers[i+1], &status)
				continue
			}
			out.Header().Set(headers[i], headers[i+1])
		}
		out.WriteHeader(status)
		_, _ = out.Write([]byte(text))
	}
}

func oembed(text string) http.HandlerFunc { return shows(text, "Content-Type", "application/json") }

// shared is a person who shared a content on a network, with their link.
func (w *world) shared(item content.Content, on string) (org.Actor, string) {
	w.t.Helper()
	actor := w.Staff()
	made, err := w.share.Share(w.t.Context(), actor, item.ID, share.Request{Channel: on})
	if err != nil {
		w.t.Fatal(err)
	}
	return actor, made.URL
}

// work runs the check that waits for a claim, as the queue would at its time.
func (w *world) work(person id.User, c int64) {
	w.t.Helper()
	for range 20 {
		w.exec(`DELETE FROM proof_host WHERE host NOT LIKE 'host%'`) // other tests ask the same hosts at the same time
		row, err := db.Get[claim](w.t.Context(), w.DB, `SELECT `+claimColumns+` FROM claim WHERE user_id = $1 AND id = $2`, person, c)
		if err == nil {
			err = w.proof.check(w.t.Context(), CheckJob{person, c, row.Tries})
		}
		after, errAfter := db.Get[claim](w.t.Context(), w.DB, `SELECT `+claimColumns+` FROM claim WHERE user_id = $1 AND id = $2`, person, c)
		if err != nil || errAfter != nil {
			w.t.Fatal(err, errAfter)
		}
		if after.Tries > row.Tries {
			return
		}
	}
	w.t.Fatal("it was never looked at")
}

func (w *world) only(actor org.Actor) MyAct {
	w.t.Helper()
	got, err := w.proof.Acts(w.t.Context(), actor, Every, page.Ask{})
	if err != nil || len(got.Items) != 1 {
		w.t.Fatalf("%+v: %v", got, err)
	}
	return got.Items[0]
}

func (w *world) paste(actor org.Actor, address string, item id.Content) (Claim, error) {
	return w.proof.Paste(w.t.Context(), actor, Pasted{address, item})
}

// Other servers have bad manners. Only a post that shows the person's own link proves, not one that names
// the official post, which may be a stranger's; what nobody can tell lowers nothing and is looked at again.
func TestWhatAPostProves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bomb := func(out http.ResponseWriter, _ *http.Request) {
		out.Header().Set("Content-Type", "text/html")
		out.Header().Set("Content-Encoding", "gzip")
		zip := gzip.NewWriter(out)
		for range 64 {
			_, _ = zip.Write(make([]byte, 1<<20))
		}
		_ = zip.Close()
	}
	inside := func(out http.ResponseWriter, r *http.Request) {
		http.Redirect(out, r, "https://10.0.0.7/admin", http.StatusFound)
	}
	toLogin := func(out http.ResponseWriter, r *http.Request) {
		http.Redirect(out, r, "https://www.instagram.com/accounts/login/?next=x", http.StatusFound)
	}
	w.web["instagram.com/accounts/login/"] = shows("Login")
	w.web["www.instagram.com/accounts/login/"] = shows("Login")
	for i, c := range []struct {
		name, on, address string
		page              string // where the fake answers
		answer            func(link, other string) http.HandlerFunc
		want              string
	}{
		{"own link in an open page", "telegram", "https://t.me/kabar_sari/%d", "t.me/kabar_sari/%d", func(l, _ string) http.HandlerFunc { return shows("Kabar <a href=\"" + l + "\">baca</a>") }, "confirmed "},
		{"own link, escaped in an attribute", "facebook", "https://www.facebook.com/sari/posts/%d1", "facebook.com/sari/posts/%d1", func(l, _ string) http.HandlerFunc {
			return shows(`<div data-store='{"url":"` + strings.ReplaceAll(l, "/", `\/`) + `"}'>`)
		}, "confirmed "},
		{"own link in a remark", "telegram", "https://t.me/kabar_sari/61%d", "t.me/kabar_sari/61%d", func(l, _ string) http.HandlerFunc { return shows("Pagi <!-- " + l + " --> semua") }, "absent no_link"},
		{"own link in a script", "telegram", "https://t.me/kabar_sari/62%d", "t.me/kabar_sari/62%d", func(l, _ string) http.HandlerFunc {
			return shows("Pagi <SCRIPT type=x>\"" + l + "\"</script >")
		}, "absent no_link"},
		{"own link after a script", "telegram", "https://t.me/kabar_sari/63%d", "t.me/kabar_sari/63%d", func(l, _ string) http.HandlerFunc { return shows("<script>1</script>" + l) }, "confirmed "},
		{"own link expanded behind t.co", "x", "https://twitter.com/sari/status/186000000000000%d?s=20", "publish.x.com/oembed", func(l, _ string) http.HandlerFunc {
			return oembed(`{"html":"<a href=\"https://t.co/a\" data-expanded-url=\"` + l + `\">gaung…</a>"}`)
		}, "confirmed "},
		{"hidden behind t.co", "x", "https://x.com/sari/status/186100000000000%d", "publish.x.com/oembed", func(string, string) http.HandlerFunc { return oembed(`{"html":"<a href=\"https://t.co/a\">x</a>"}`) }, "unknown sign_in"},
		{"whole text without a link", "x", "https://x.com/sari/status/186200000000000%d", "publish.x.com/oembed", func(string, string) http.HandlerFunc { return oembed(`{"html":"Selamat pagi"}`) }, "absent no_link"},
		{"gone", "x", "https://x.com/sari/status/186300000000000%d", "publish.x.com/nowhere", func(string, string) http.HandlerFunc { return shows("") }, "absent not_public"},
		{"the official post is named, by whoever", "threads", "https://threads.com/@sari/post/B%d", "threads.com/@sari/post/B%d", func(string, string) http.HandlerFunc {
			return shows(`<a href="https://www.instagram.com/p/ofisial_77/">lihat</a>`)
		}, "unknown no_link"},
		{"the official post is named on an open page", "telegram", "https://t.me/kabar_sari/64%d", "t.me/kabar_sari/64%d", func(string, string) http.HandlerFunc {
			return shows(`membagikan https://www.instagram.com/p/ofisial_77/`)
		}, "unknown no_link"},
		{"somebody else's link", "telegram", "https://t.me/kabar_sari/9%d", "t.me/kabar_sari/9%d", func(_, o string) http.HandlerFunc { return shows(o) }, "absent other_link"},
		{"no link on an open page", "telegram", "https://t.me/kabar_sari/8%d", "t.me/kabar_sari/8%d", func(string, string) http.HandlerFunc { return shows("Selamat pagi") }, "absent no_link"},
		{"login wall as 200", "facebook", "https://facebook.com/sari/posts/%d2", "facebook.com/sari/posts/%d2", func(l, _ string) http.HandlerFunc { return shows(`<form id="login_form">` + l) }, "unknown sign_in"},
		{"led to a login page", "copy", "https://www.instagram.com/reel/C%dabcdef", "instagram.com/reel/C%dabcdef", func(string, string) http.HandlerFunc { return toLogin }, "unknown sign_in"},
		{"members only, empty page", "facebook", "https://facebook.com/sari/posts/%d3", "facebook.com/sari/posts/%d3", func(string, string) http.HandlerFunc { return shows("<div id=root></div>") }, "unknown sign_in"},
		{"too much, with a time", "telegram", "https://t.me/kabar_sari/7%d", "t.me/kabar_sari/7%d", func(string, string) http.HandlerFunc { return shows("", "status", "429", "Retry-After", "7200") }, "unknown busy"},
		{"too much, without one", "linkedin", "https://www.linkedin.com/posts/sari-activity-726%d000000000000", "linkedin.com/posts/sari-activity-726%d000000000000", func(string, string) http.HandlerFunc { return shows("", "status", "429") }, "unknown busy"},
		{"led into our own network", "facebook", "https://facebook.com/sari/posts/%d4", "facebook.com/sari/posts/%d4", func(string, string) http.HandlerFunc { return inside }, "unknown unreadable"},
		{"five megabytes and more", "facebook", "https://facebook.com/sari/posts/%d5", "facebook.com/sari/posts/%d5", func(l, _ string) http.HandlerFunc { return shows(strings.Repeat("x", 5<<20+10) + l) }, "unknown unreadable"},
		{"a bomb", "facebook", "https://facebook.com/sari/posts/%d6", "facebook.com/sari/posts/%d6", func(string, string) http.HandlerFunc { return bomb }, "unknown unreadable"},
		{"no page", "facebook", "https://facebook.com/sari/posts/%d7", "facebook.com/sari/posts/%d7", func(l, _ string) http.HandlerFunc { return shows(l, "Content-Type", "application/pdf") }, "unknown unreadable"},
		{"broken", "facebook", "https://facebook.com/sari/posts/%d8", "facebook.com/sari/posts/%d8", func(string, string) http.HandlerFunc { return shows("", "status", "500") }, "unknown no_answer"},
	} {
		item := w.Live("Kabar " + c.name)
		w.exec(`UPDATE content_version SET official_posts = '[{"network": "instagram", "url": "https://www.instagram.com/p/ofisial_77/"}]' WHERE content_id = $1`, item.ID)
		actor, link := w.shared(item, c.on)
		_, other := w.shared(item, "whatsapp")
		number := int(item.ID)*100 + i
		spell := func(pattern string) string { return strings.Replace(pattern, "%d", fmt.Sprint(number), 1) }
		delete(w.web, "publish.x.com/oembed")
		w.web[spell(c.page)] = c.answer(link, other)
		made, err := w.paste(actor, spell(c.address), item.ID)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		w.work(actor.User, made.ID)
		got := w.only(actor)
		if is := fmt.Sprint(got.Claim.State, " ", got.Claim.Reason); is != c.want {
			t.Errorf("%s: %s, want %s", c.name, is, c.want)
		}
		proven := c.want == "confirmed "
		if (got.Grade == share.Indicated && got.Status.Cause == "address_checked") != proven {
			t.Errorf("%s: %s %s", c.name, got.Grade, got.Status.Cause)
		}
		if waits := got.Claim.NextAt != nil; waits == (proven || c.want == "absent other_link") {
			t.Errorf("%s: looked at again %v", c.name, got.Claim.NextAt)
		}
	}
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	if _, err := w.DB.Pool().Exec(w.t.Context(), query, args...); err != nil {
		w.t.Fatal(err)
	}
}

// An address is looked at after 1, 6 and 24 hours and then given up; a click lifts the act meanwhile as ever, and
// what is unknown has lowered nothing. Given again, it is looked at again.
func TestAnAddressIsGivenUpInTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor, link := w.shared(item, "facebook")
	const address = "https://facebook.com/sari/posts/pfbid0Lama"
	w.web["facebook.com/sari/posts/pfbid0Lama"] = shows(`<title>Log in to Facebook</title>`)
	made, err := w.paste(actor, address, item.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, wait := range append(waits, 0) {
		w.work(actor.User, made.ID)
		got := w.only(actor)
		if wait == 0 {
			if got.Claim.NextAt != nil || got.Status.Cause != "address_unknown" || got.Grade != share.Reported {
				t.Fatalf("at the end: %+v", got)
			}
			break
		}
		if got.Claim.NextAt == nil || !got.Claim.NextAt.Equal(w.clock.Now().Add(wait)) || got.Status.Cause != "address_in_check" || !got.Status.Open {
			t.Fatalf("after %v: %+v", wait, got)
		}
		w.clock.pass(wait)
	}
	w.web["facebook.com/sari/posts/pfbid0Lama"] = shows(link)
	w.clock.pass(again)
	if second, err := w.paste(actor, address+"?fbclid=1", item.ID); err != nil || second.ID != made.ID || second.State != Checking {
		t.Fatalf("%+v: %v", second, err)
	}
	w.work(actor.User, made.ID)
	if got := w.only(actor); got.Grade != share.Indicated || got.Status.Cause != "address_checked" || got.Status.Paste {
		t.Errorf("%+v", got)
	}
	if _, err := w.click.Visit(t.Context(), click.Visit{Code: link[strings.LastIndexByte(link, '/')+1:], Address: netip.MustParseAddr("203.0.113.9"),
		UserAgent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"}); err != nil {
		t.Fatal(err)
	}
	if got := w.only(actor); got.Grade != share.Measured || got.Status.Cause != "measured_by_click" {
		t.Errorf("with a click: %s %s", got.Grade, got.Status.Cause)
	}
}

// One address is one person's and one content's. Whoever else gives it is told so and loses nothing; one that proved
// nothing holds nobody off.
func TestOneAddressCountsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item, another := w.Live("Kabar"), w.Live("Kabar lain")
	actor, link := w.shared(item, "telegram")
	if _, err := w.share.Share(t.Context(), actor, another.ID, share.Request{Channel: "telegram"}); err != nil {
		t.Fatal(err)
	}
	rival, _ := w.shared(item, "telegram")
	address := fmt.Sprintf("https://t.me/kabar_sari/%d", item.ID)
	w.web[fmt.Sprintf("t.me/kabar_sari/%d", item.ID)] = shows(link)
	stolen, err := w.paste(rival, address, item.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.paste(actor, address, item.ID); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("while it is looked at for another: %v", err)
	}
	w.work(rival.User, stolen.ID)
	if got := w.only(rival); got.Claim.State != Absent || got.Grade != share.Reported {
		t.Errorf("the rival: %+v", got)
	}
	made, err := w.paste(actor, address, item.ID)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := w.paste(actor, "https://telegram.me/kabar_sari/"+fmt.Sprint(item.ID), item.ID); err != nil || again.ID != made.ID {
		t.Errorf("twice: %+v %v", again, err)
	}
	third, _ := w.shared(item, "telegram")
	for _, respelled := range []string{"https://t.me/s/Kabar_Sari/%d", "https://t.me/kabar_sari/00%d", "https://t.me/kabar_sari/3/%d?single"} {
		respelled = fmt.Sprintf(respelled, item.ID)
		if _, err := w.paste(actor, respelled, another.ID); errs.CodeOf(err) != errs.Conflict {
			t.Errorf("%s for another content: %v", respelled, err)
		}
		if _, err := w.paste(third, respelled, item.ID); errs.CodeOf(err) != errs.Conflict {
			t.Errorf("%s of another person: %v", respelled, err)
		}
	}
	if _, err := w.paste(actor, address, another.ID); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("for another content: %v", err)
	}
	w.work(actor.User, made.ID)
	w.clock.pass(time.Hour)
	if _, err := w.paste(rival, address, item.ID); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("once it is proven: %v", err)
	}
	for n := range mostClaims {
		_, err = w.paste(rival, fmt.Sprintf("https://t.me/kabar_lain/%d", n+1), item.ID)
	}
	if errs.CodeOf(err) != errs.TooMany {
		t.Errorf("the 21st of a day: %v", err)
	}
	var leaks int
	if err := w.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM river.river_job WHERE args::text LIKE '%t.me%'`).Scan(&leaks); err != nil || leaks > 0 {
		t.Errorf("%d jobs name an address: %v", leaks, err)
	}
}

// Who does not say which content a post is about has it found by the link in it; and what was done and not recorded
// is recorded then.
func TestAPostTellsItsContent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor := w.Staff()
	code := w.click.Encode(click.Link{Content: item.ID, User: actor.User, Channel: click.Channel(5)})
	w.web[fmt.Sprintf("t.me/kanal_dina/%d", item.ID)] = shows("Baca gaung.example/s/" + code + " ya")
	made, err := w.paste(actor, fmt.Sprintf("https://t.me/s/kanal_dina/%d", item.ID), 0)
	if err != nil {
		t.Fatal(err)
	}
	w.web[fmt.Sprintf("t.me/s/kanal_dina/%d", item.ID)] = w.web[fmt.Sprintf("t.me/kanal_dina/%d", item.ID)]
	if got, err := w.proof.Acts(t.Context(), actor, Every, page.Ask{}); err != nil || len(got.Items) != 0 || len(got.Loose) != 1 {
		t.Fatalf("%+v: %v", got, err)
	}
	w.work(actor.User, made.ID)
	if got := w.only(actor); got.ContentID != item.ID || got.Network != "telegram" || got.Grade != share.Indicated {
		t.Errorf("%+v", got)
	}
	if err := w.share.Rebuild(t.Context()); err != nil { // the sums were right: rebuilding them is only possible
		t.Error(err)
	}
	var wrong int
	if err := w.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM rollup_user_act_month WHERE user_id = $1 AND shares = 1`, actor.User).Scan(&wrong); err != nil || wrong != 1 {
		t.Errorf("sums: %d %v", wrong, err)
	}
}

// A host is asked once in two seconds, and one that says it is too much is left alone for longer each time.
func TestHostsAreLeftInPeace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	host := "host" + strings.ToLower(w.Region.Code) + ".example"
	turn := func() bool {
		wait, err := w.proof.mayAsk(t.Context(), host, CheckJob{1, 1, 0})
		if err != nil {
			t.Fatal(err)
		}
		return !wait
	}
	if !turn() || turn() {
		t.Fatal("two at once")
	}
	for _, pause := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
		if err := w.DB.Tx(context.Background(), func(tx *db.Tx) error { return pauseHost(t.Context(), tx, host, seen{reason: busy}) }); err != nil {
			t.Fatal(err)
		}
		w.clock.pass(pause - time.Second)
		if turn() {
			t.Errorf("asked within %v", pause)
		}
		w.clock.pass(time.Second)
		if !turn() {
			t.Errorf("not asked after %v", pause)
		}
	}
}

// Each state that a person can meet has its own cause, and what waits says until when.
func TestEveryActHasACauseAndATime(t *testing.T) {
	t.Parallel()
	now := testdb.Now
	on := func(key string) network.Capability { n, _ := network.Named(key); return n }
	act := func(kind share.Kind, grade share.Grade, cause string, age time.Duration) share.Act {
		return share.Act{Kind: kind, Grade: grade, Cause: cause, At: now.Add(-age)}
	}
	later, before := now.Add(time.Hour), now.Add(-time.Hour)
	for _, c := range []struct {
		about
		want      string
		due, late bool
	}{
		{about{act: act("share", "D", "waiting_for_click", time.Hour), on: on("whatsapp")}, "waiting_for_click", true, false},
		{about{act: act("share", "D", "waiting_for_click", 8*24*time.Hour), on: on("whatsapp")}, "no_click_yet", false, false},
		{about{act: act("share", "C", "indicated_by_preview", time.Hour), on: on("whatsapp")}, "indicated_waiting", true, false},
		{about{act: act("share", "C", "address_checked", time.Hour), on: on("x")}, "address_checked", false, false},
		{about{act: act("share", "B", "measured_by_click", time.Hour), on: on("x"), claim: &Claim{State: Unknown, NextAt: &later}}, "measured_by_click", false, false},
		{about{act: act("share", "D", "no_link_on_network", time.Hour), on: on("instagram")}, "not_countable_here", false, false},
		{about{act: act("share", "D", "no_link_on_network", time.Hour), on: on("instagram"), shot: &Shot{State: "waiting", DueAt: before}}, "screenshot_in_review", true, true},
		{about{act: act("share", "D", "no_link_on_network", time.Hour), on: on("instagram"), shot: &Shot{State: "rejected", Reason: "unreadable"}}, "screenshot_rejected", false, false},
		{about{act: act("share", "D", "waiting_for_click", time.Hour), on: on("x"), claim: &Claim{State: Checking, NextAt: &later}}, "address_in_check", true, false},
		{about{act: act("share", "D", "waiting_for_click", time.Hour), on: on("x"), claim: &Claim{State: Absent, Reason: noLink}}, "address_absent", false, false},
		{about{act: act("share", "D", "waiting_for_click", time.Hour), on: on("x"), claim: &Claim{State: Unknown, Reason: signIn}}, "address_unknown", false, false},
		{about{act: act("share", "D", "waiting_for_click", time.Hour), on: on("x"), objection: &Objection{State: "received", DueAt: before}}, "objection_open", true, true},
		{about{act: act("share", "D", "aborted", time.Hour), on: on("x")}, "aborted", false, false},
		{about{act: act("like", "D", "reported_only", time.Hour), on: on("x")}, "reported_only", false, false},
	} {
		got := statusOf(c.about, now)
		if got.Cause != c.want || (got.DueAt != nil) != c.due || got.Late != c.late {
			t.Errorf("%+v: want %s", got, c.want)
		}
	}
}

// Whoever answers at a host of their own can show any page: such a host is refused, until the registry of official
// accounts names it.
func TestAServerOfOnesOwnIsNoProof(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor, link := w.shared(item, "copy")
	host := "sosial." + strings.ToLower(w.Region.Code) + ".example"
	address := "https://" + host + "/@sari/113000000000000001"
	w.web[host+"/api/oembed"] = oembed(`{"html":"<p>Baca ` + link + `</p>"}`)
	if _, err := w.paste(actor, address, item.ID); errs.CodeOf(err) != errs.Invalid || !strings.Contains(err.Error(), refusals[network.NotKnown]) {
		t.Errorf("an unknown host: %v", err)
	}
	registrar := org.Actor{Grants: []org.Grant{{Role: org.Publisher, Agency: w.Region.ID}}}
	if _, err := account.New(w.DB).Create(t.Context(), registrar, w.Region.ID, account.Plan{Network: "website", Handle: host, Kind: account.Official}); err != nil {
		t.Fatal(err)
	}
	made, err := w.paste(actor, address, item.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.work(actor.User, made.ID)
	if got := w.only(actor); got.Claim.State != Confirmed || got.Grade != share.Indicated {
		t.Errorf("named: %+v", got)
	}
}
