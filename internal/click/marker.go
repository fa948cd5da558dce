package click

import (
	"regexp"
	"slices"
	"strings"
)

// where says where in a user agent a marker's word must stand. All texts here are lower case.
type where int

const (
	anywhere where = iota
	first          // the text begins with it, as a word
	tokenEnd       // no letter follows, save the s of a plural: "examplebot/1.0", not "bottom"
	word           // no letter before and none after: "audit", "site-audit", not "auditorium"
)

// marker is a mark of machines that are on no list yet.
type marker struct {
	verdict Verdict
	why     Reason
	where   where
	words   []string
}

// markers tell a machine wherever they stand, the plainest first.
var markers = []marker{
	{Bot, headless, anywhere, strings.Fields(`headless phantomjs puppeteer playwright selenium slimerjs casperjs htmlunit webdriver
		jsdom/ zombie.js splash/ cypress/ wkhtmlto prerender rendertron electron-fetch`)},
	{Preview, previewWord, anywhere, strings.Fields(`preview unfurl`)},
	{Preview, previewWord, word, strings.Fields(`linkexpander linkexpanding linkcard ogp oembed opengraph`)},
	{Bot, botWord, tokenEnd, strings.Fields(`bot robot crawler crawl spider scraper scrape scrapy scanner archiver slurp harvester indexer`)},
	{Bot, fetchWord, anywhere, strings.Fields(`fetch`)},
	{Bot, httpLibrary, first, strings.Fields(`curl wget java ruby php perl lwp dalvik okhttp axios got undici deno bun reqwest dart
		libwww jakarta winhttp faraday guzzlehttp postmanruntime httpie insomnia`)},
	{Bot, httpLibrary, anywhere, strings.Fields(`python-requests python/ python-urllib python-httpx aiohttp go-http-client http-client
		httpclient libwww-perl cfnetwork/ node.js libcurl/ okhttp/ guzzlehttp/ unitywebrequest`)},
	{Bot, toolWord, anywhere, strings.Fields(`lighthouse pagespeed webpagetest gtmetrix ptst/ linkcheck urlcheck healthcheck health-check
		url-check link-check safelink urldefense imageproxy imgproxy mailproxy feedparser sitemap screenshot thumbnailer -user/ nmap sqlmap nikto openvas
		nessus qualys acunetix catchpoint thousandeyes site24x7 appinsights`)},
}

// tools are the marks of programs in a browser's text. An app on a telephone, and one made with Electron,
// may have any name, and shows it in the texts of the people who read in it: there, these tell nothing.
var tools = []marker{
	{Bot, toolWord, tokenEnd, strings.Fields(`monitor monitoring auditor siteaudit checker validator inspector inspect inspection analyzer
		analyser verifier verification detector synthetic prober pinger aggregator downloader extractor grabber collector
		resolver watcher wappalyzer webhook pagerenderer sandbox uptime`)},
	{Bot, toolWord, word, strings.Fields(`audit probe seo scan test research survey malware phishing antivirus`)},
}

// apps are the marks of texts into which an app writes its name.
var apps = []string{"android", "iphone", "ipad", "electron/"}

// people are the marks of in-app browsers that people read in: the networks' own, and Android's web view,
// in which any app shows pages. Their long texts hold names of devices, builds and apps, in which a marker
// may stand by chance, so no marker is looked for in them.
var people = []string{"fban/", "fbav/", "fb_iab/", " instagram ", " barcelona ", " line/", "; wv)", "bytedancewebview/", "musical_ly_", " trill_",
	"[linkedinapp]", "[pinterest/", " snapchat/", "twitter for ip", "twitterandroid", "micromessenger/", "kakaotalk", " gsa/", "telegram-android/"}

// brands are makes of phones that end in a marker.
var brands = []string{"cubot"}

// engines are what every browser names, from Opera Mini on a Nokia to today's Safari, and what programs
// leave out.
var engines = []string{"applewebkit", "gecko/", "like gecko", "khtml", "trident", "msie ", "presto", "opera", "ucweb", "ucbrowser",
	"midp", "cldc", "up.browser", "up.link", "obigo", "netfront", "dolfin", "maui", "blackberry", "lynx/", "w3m/", "elinks", "links (", "netsurf", "dillo"}

// claimants are the browsers that call themselves compatible with another; else it is how crawlers sign.
var claimants = []string{"msie ", "trident", "konqueror", "opera", "iemobile", "blackberry", "symbian", "series60", "nokia", "netfront", "dillo", "netsurf", "icab",
	"lynx", "w3m", "elinks"}

var mailAddress = regexp.MustCompile(`[a-z0-9_.-]@[a-z0-9-]+\.[a-z]`)

// marked judges a user agent that is on no list.
func marked(text string) (Verdict, Reason, bool) {
	if holds(text, people) && !strings.Contains(text, "+http") {
		return 0, 0, false
	}
	text = withoutModel(text)
	for _, brand := range brands {
		if strings.Contains(text, brand) {
			text = strings.ReplaceAll(text, brand, "")
		}
	}
	found := find(markers, text)
	if found == nil && !holds(text, apps) {
		found = find(tools, text)
	}
	if found != nil {
		return found.verdict, found.why, true
	}
	return signed(text)
}

func find(list []marker, text string) *marker {
	for i, m := range list {
		if slices.ContainsFunc(m.words, func(word string) bool { return m.where.has(text, word) }) {
			return &list[i]
		}
	}
	return nil
}

// withoutModel leaves out what the maker of an Android telephone calls the model: it stands behind the
// version and the language, up to the build. A name with a version of its own is a program's, not a model's.
func withoutModel(text string) string {
	_, rest, found := strings.Cut(text, "android")
	for found {
		if _, rest, found = strings.Cut(rest, "; "); !found || len(rest) == 0 {
			return text
		}
		model := rest
		if end := strings.IndexAny(model, ";)"); end >= 0 {
			model = model[:end]
		}
		model, _, _ = strings.Cut(model, " build/")
		if model == "u" || len(model) == len("id") || len(model) == len("id-id") && strings.ContainsAny(model[2:3], "-_") {
			continue // encryption, language
		}
		if strings.ContainsAny(model, "/@") {
			return text
		}
		at := len(text) - len(rest)
		return text[:at] + text[at+len(model):]
	}
	return text
}

// signed judges by how a text is built: a program leaves an address to complain to, or says what it is
// compatible with, or names no engine that could show a page to anybody.
func signed(text string) (Verdict, Reason, bool) {
	switch {
	case strings.Contains(text, "://") && !strings.Contains(text, "bsalsa.com"), // a component of old Internet Explorers
		strings.Contains(text, "@") && mailAddress.MatchString(text):
		return Bot, contact, true
	case !holds(text, engines):
		return Bot, noEngine, true
	case strings.Contains(text, "compatible;") && !holds(text, claimants):
		return Bot, compatible, true
	}
	return 0, 0, false
}

func (w where) has(text, word string) bool {
	switch w {
	case anywhere:
		return strings.Contains(text, word)
	case first:
		return strings.HasPrefix(text, word) && ends(text[len(word):])
	}
	for at := 0; ; at += len(word) {
		next := strings.Index(text[at:], word)
		if next < 0 {
			return false
		}
		at += next
		if ends(strings.TrimPrefix(text[at+len(word):], "s")) && (w == tokenEnd || at == 0 || !letter(text[at-1])) {
			return true
		}
	}
}

// ends tells whether no letter follows.
func ends(rest string) bool { return rest == "" || !letter(rest[0]) }

func letter(c byte) bool { return 'a' <= c && c <= 'z' }
