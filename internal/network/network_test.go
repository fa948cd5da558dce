package network

import (
	"strings"
	"testing"
	"time"
)

// Numbers are stored and part of every link that was ever passed on.
func TestNumbersNeverChange(t *testing.T) {
	t.Parallel()
	want := map[string]Number{"whatsapp": 1, "copy": 2, "facebook": 3, "x": 4, "telegram": 5, "threads": 6, "linkedin": 7,
		"email": 8, "system": 9, "instagram": 10, "tiktok": 11, "youtube": 12, "website": 13}
	for _, n := range Table() {
		if want[n.Key] != n.Number || n.Number < 1 || n.Number > 15 {
			t.Errorf("%s is %d", n.Key, n.Number)
		}
		delete(want, n.Key)
	}
	if len(want) != 0 {
		t.Errorf("missing: %v", want)
	}
}

// What no network tells may not be offered, nothing may ask for a right to write, and where terms forbid
// it a share earns no points and a figure is in no sum.
func TestTheTableKeepsTheNetworksTerms(t *testing.T) {
	t.Parallel()
	shares := map[string]Proof{"x": ByOfficial, "threads": ByUser}
	likes := map[string]Proof{"x": ByUser, "facebook": ByUser, "youtube": ByUser, "linkedin": ByOfficial}
	for _, n := range Table() {
		if want := orNone(shares[n.Key]); n.VerifyShare != want {
			t.Errorf("%s: a share is proven by %s, want %s", n.Key, n.VerifyShare, want)
		}
		if want := orNone(likes[n.Key]); n.VerifyLike != want {
			t.Errorf("%s: a like is proven by %s, want %s", n.Key, n.VerifyLike, want)
		}
		if (n.VerifyShare != NoProof || n.VerifyLike != NoProof) != (len(n.Scopes) > 0) {
			t.Errorf("%s: proofs and scopes do not match: %v", n.Key, n.Scopes)
		}
		for _, scope := range n.Scopes {
			for _, word := range []string{"write", "publish", "manage", "w_", "post", "upload"} {
				if strings.Contains(scope, word) && scope != "offline.access" {
					t.Errorf("%s: the scope %s may write", n.Key, scope)
				}
			}
		}
		if forbidden := strings.Contains(" x facebook instagram threads ", " "+n.Key+" "); forbidden && n.ReachPoints {
			t.Errorf("%s: its terms forbid points", n.Key)
		}
		if n.Summable == (n.Key == "youtube") {
			t.Errorf("%s: summable is %v", n.Key, n.Summable)
		}
		if !n.TrackedLink && n.ReachPoints {
			t.Errorf("%s: reach without a link cannot be measured", n.Key)
		}
		if beside := n.Share == IntentLink || n.Share == Save; beside != (n.Caption == Beside) {
			t.Errorf("%s: shared by %s with the caption %s", n.Key, n.Share, n.Caption)
		}
		if _, err := time.Parse(time.DateOnly, n.VerifiedOn); err != nil {
			t.Errorf("%s: verified on %q", n.Key, n.VerifiedOn)
		}
		if n.Share == IntentText && !strings.Contains(n.Intent, "{text}") || (n.Share == IntentText || n.Share == IntentLink) != (n.Intent != "") {
			t.Errorf("%s: shared by %s at %q", n.Key, n.Share, n.Intent)
		}
		if (n.Share == Save) != (n.Open != "") || n.Metrics == nil {
			t.Errorf("%s: opens %q, measures %v", n.Key, n.Open, n.Metrics)
		}
	}
}

func orNone(p Proof) Proof {
	if p == "" {
		return NoProof
	}
	return p
}

func TestHostsOfOfficialPosts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		network, host string
		own           bool
	}{
		{"instagram", "www.instagram.com", true}, {"instagram", "instagram.com", true}, {"instagram", "INSTAGRAM.com.", true},
		{"instagram", "evilinstagram.com", false}, {"instagram", "instagram.com.evil.id", false}, {"facebook", "fb.watch", true},
		{"facebook", "m.facebook.com", true}, {"x", "twitter.com", true}, {"x", "notx.com", false}, {"x", "x.com", true}, {"youtube", "youtu.be", true},
		{"youtube", "m.youtube.com", true}, {"tiktok", "vt.tiktok.com", true}, {"threads", "www.threads.net", true}, {"threads", "threads.com", true}, {"website", "dinkes.go.id", true},
	} {
		if n, known := Named(c.network); !known || n.Owns(c.host) != c.own {
			t.Errorf("%s and %s: %v", c.network, c.host, !c.own)
		}
	}
}

func TestWhereALikeHappens(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"x", "https://x.com/dinkes/status/1857000000000000000", "https://x.com/intent/like?tweet_id=1857000000000000000"},
		{"x", "https://twitter.com/dinkes/status/12?s=20", "https://x.com/intent/like?tweet_id=12"},
		{"x", "https://x.com/dinkes", "https://x.com/dinkes"},
		{"x", "https://x.com/a/status/12abc", "https://x.com/a/status/12abc"},
		{"instagram", "https://www.instagram.com/p/abc/", "https://www.instagram.com/p/abc/"},
		{"website", "https://dinkes.go.id/berita", ""},
		{"whatsapp", "https://whatsapp.com/channel/1", ""},
	} {
		n, _ := Named(c[0])
		if got := n.LikeURL(c[1]); got != c[2] {
			t.Errorf("%s: %s", c[1], got)
		}
	}
}

// What draws a preview is told apart by network: somebody else's fetch says nothing of this one.
func TestFetchersBelongToTheirNetworks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		network, agent string
		own            bool
	}{
		{"whatsapp", "WhatsApp/2.23.20.0 A", true}, {"whatsapp", "TelegramBot (like TwitterBot)", false}, {"telegram", "TelegramBot (like TwitterBot)", true},
		{"facebook", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", true}, {"x", "Twitterbot/1.0", true},
		{"linkedin", "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)", true}, {"linkedin", "WhatsApp/2.23.20.0 A", false},
		{"copy", "Slackbot-LinkExpanding 1.0", true},
	} {
		if n, _ := Named(c.network); n.Fetches(c.agent) != c.own {
			t.Errorf("%s and %s: %v", c.network, c.agent, !c.own)
		}
	}
}
