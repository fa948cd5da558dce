package click

import (
	"regexp"
	"strings"
)

// where says where in a user agent a marker's word must stand. All texts here are lower case.
type where int

const (
	anywhere where = iota
	first          // the text begins with it, as a word
	tokenEnd       // no letter follows, save the s of a plural: "examplebot/1.0", not "bottom"
)

// markers are the marks of machines that are on no list yet.
var markers = []struct {
	verdict Verdict
	why     Reason
	where   where
	words   []string
}{
	{Bot, headless, anywhere, strings.Fields(`headless phantomjs puppeteer playwright selenium slimerjs`)},
	{Preview, previewWord, anywhere, strings.Fields(`preview unfurl`)},
	{Bot, botWord, tokenEnd, strings.Fields(`bot crawler spider scraper scanner archiver slurp`)},
	{Bot, fetchWord, anywhere, strings.Fields(`fetch`)},
	{Bot, httpLibrary, first, strings.Fields(`curl wget java ruby php perl lwp dalvik okhttp axios got undici deno bun reqwest dart
		libwww jakarta winhttp faraday guzzlehttp postmanruntime httpie insomnia`)},
	{Bot, httpLibrary, anywhere, strings.Fields(`python-requests python/ python-urllib python-httpx aiohttp go-http-client http-client
		httpclient libwww-perl cfnetwork/ node.js node-fetch`)},
	{Bot, contact, anywhere, []string{"+http", "(http", ";http", "; http"}},
}

// people are the marks of in-app browsers that people read in. Their long texts hold names of devices
// and builds, in which a marker may stand by chance, so no marker is looked for in them.
var people = []string{"fban/", "fbav/", "fb_iab/", " instagram ", " barcelona ", " line/"}

// brands are makes of phones that end in a marker.
var brands = []string{"cubot"}

// engines are what every browser names, from Opera Mini on a Nokia to today's Safari, and what programs
// leave out.
var engines = []string{"applewebkit", "gecko/", "like gecko", "khtml", "trident", "msie ", "presto", "opera", "ucweb", "ucbrowser",
	"midp", "cldc", "up.browser", "up.link", "obigo", "netfront", "dolfin", "maui", "blackberry"}

var mailAddress = regexp.MustCompile(`[a-z0-9_.-]@[a-z0-9-]+\.[a-z]`)

// marked judges a user agent that is on no list.
func marked(text string) (Verdict, Reason, bool) {
	if holds(text, people) {
		return 0, 0, false
	}
	for _, brand := range brands {
		if strings.Contains(text, brand) {
			text = strings.ReplaceAll(text, brand, "")
		}
	}
	for _, m := range markers {
		for _, word := range m.words {
			if m.where.has(text, word) {
				return m.verdict, m.why, true
			}
		}
	}
	if strings.Contains(text, "@") && mailAddress.MatchString(text) {
		return Bot, contact, true
	}
	if !holds(text, engines) {
		return Bot, noEngine, true
	}
	return 0, 0, false
}

func (w where) has(text, word string) bool {
	switch w {
	case first:
		return strings.HasPrefix(text, word) && ends(text[len(word):])
	case tokenEnd:
		for {
			at := strings.Index(text, word)
			if at < 0 {
				return false
			}
			text = text[at+len(word):]
			if ends(strings.TrimPrefix(text, "s")) {
				return true
			}
		}
	}
	return strings.Contains(text, word)
}

// ends tells whether no letter follows.
func ends(rest string) bool { return rest == "" || rest[0] < 'a' || rest[0] > 'z' }
