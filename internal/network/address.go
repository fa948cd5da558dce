package network

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Place is where a post can be whose address a person gives as proof: how its addresses look, and what can be
// learnt from them without an account.
type Place struct {
	Key     string // of a network of the table, or of a place that has none there
	Name    string
	Hosts   []string // as normalised
	posts   []*regexp.Regexp
	profile *regexp.Regexp   // what is surely no post, by its path
	Embed   string           // an oEmbed endpoint that needs no token, with {url}; {host} is the post's own
	Open    bool             // a page without sign-in has the whole text: only then what is missing is known to be missing
	Wrapped string           // where links of posts are hidden behind its own; empty: they are not
	keep    []string         // parameters that are part of an address
	ids     []*regexp.Regexp // find the network's own id of a post in its path and parameters; the first that fits
	spread  bool             // each server numbers its own posts, and the registry of accounts may name more servers
}

func paths(list ...string) (all []*regexp.Regexp) {
	for _, pattern := range list {
		all = append(all, regexp.MustCompile(pattern))
	}
	return all
}

// places are the ways in which posts are addressed. Meta's own oEmbed is not among the endpoints: its terms allow
// it for display only.
var places = []Place{
	{Key: "x", Name: "X", Hosts: []string{"x.com"}, posts: paths(`^/(?:i/web|[A-Za-z0-9_]{1,15})/status/\d+`),
		profile: regexp.MustCompile(`^/[A-Za-z0-9_]{1,15}/?$`), Embed: "https://publish.x.com/oembed?omit_script=1&dnt=true&url={url}", Wrapped: "https://t.co/",
		ids: paths(`/status/0*(\d+)`)},
	{Key: "youtube", Name: "YouTube", Hosts: []string{"youtube.com"}, posts: paths(`^/watch$`, `^/shorts/[\w-]{6,}`, `^/live/[\w-]{6,}`, `^/post/[\w-]+`),
		profile: regexp.MustCompile(`^/(@[^/]+|channel/[^/]+|c/[^/]+)/?`), Embed: "https://www.youtube.com/oembed?format=json&url={url}", keep: []string{"v"},
		ids: paths(`^/watch\?v=([\w-]{6,11})`, `^/(?:shorts|live)/([\w-]{6,11})`, `^/post/([\w-]+)`)},
	{Key: "tiktok", Name: "TikTok", Hosts: []string{"tiktok.com", "vm.tiktok.com", "vt.tiktok.com"}, posts: paths(`^/@[^/]+/(?:video|photo)/\d+`, `^/t/\w+`, `^/Z\w+`),
		profile: regexp.MustCompile(`^/@[^/]+/?$`), Embed: "https://www.tiktok.com/oembed?url={url}",
		ids: paths(`/(?:video|photo)/0*(\d+)`, `^/(?:t/)?(\w+)/?$`)},
	{Key: "instagram", Name: "Instagram", Hosts: []string{"instagram.com"}, posts: paths(`^/(?:[^/]+/)?(?:p|reel|reels|tv)/[\w-]+`, `^/stories/[^/]+/\d+`, `^/share/(?:p|reel)?/?[\w-]+`),
		profile: regexp.MustCompile(`^/[A-Za-z0-9_.]+/?$`),
		ids:     paths(`^/(?:[^/]+/)?(?:p|reel|reels|tv)/([\w-]+)`, `^/stories/[^/]+/0*(\d+)`, `^/share/([\w-]+)`)},
	{Key: "facebook", Name: "Facebook", Hosts: []string{"facebook.com", "fb.watch"}, posts: paths(`/posts/`, `/videos/`, `^/(?:permalink|story|photo)\.php$`, `^/photo/?$`,
		`^/share/(?:[prv]/)?\w+`, `^/reel/\d+`, `^/groups/[^/]+/(?:permalink|posts)/`, `^/[\w-]{6,}/?$`), profile: regexp.MustCompile(`^/(?:profile\.php|people/.*|[A-Za-z0-9.]+/?)$`),
		keep: []string{"story_fbid", "fbid", "id", "v"},
		ids: paths(`/(?:posts|permalink)/(?:[^/?]+/)*?0*(\d+|pfbid\w+)(?:[/?]|$)`, `/videos/(?:[^/?]+/)*?0*(\d+)(?:[/?]|$)`, `^/reel/0*(\d+)`, `^/share/(?:[prv]/)?(\w+)`,
			`^/(?:permalink|story)\.php\?(?:.*&)?story_fbid=0*(\w+)`, `^/photo(?:\.php|/)?\?(?:.*&)?fbid=0*(\w+)`, `^/([\w-]{6,})/?$`)},
	{Key: "threads", Name: "Threads", Hosts: []string{"threads.com"}, posts: paths(`^/@[^/]+/post/[\w-]+`, `^/t/[\w-]+`), profile: regexp.MustCompile(`^/@[^/]+/?$`),
		ids: paths(`/post/([\w-]+)`, `^/t/([\w-]+)`)},
	{Key: "linkedin", Name: "LinkedIn", Hosts: []string{"linkedin.com"}, posts: paths(`^/posts/`, `^/feed/update/`, `^/pulse/`), profile: regexp.MustCompile(`^/(?:in|company|school)/[^/]+/?$`),
		Wrapped: "https://lnkd.in/",
		// The words before the number are anybody's.
		ids: paths(`^/posts/.*(?:activity|ugcPost|share)-(\d{15,20})(?:-[\w-]{1,8})?/?$`, `^/feed/update/urn:li:(?:activity|ugcPost|share):(\d{15,20})/?$`, `^/pulse/([^/?]+)`)},
	{Key: "telegram", Name: "Telegram", Hosts: []string{"t.me"}, posts: paths(`^/(?:s/)?[A-Za-z]\w{3,}/(?:\d+/)?\d+/?$`), profile: regexp.MustCompile(`^/(?:[A-Za-z]\w{3,}|\+[\w-]+|joinchat/.*)/?$`), Open: true,
		ids: paths(`^/(?:s/)?(\w+)/(?:\d+/)?0*(\d+)/?$`)},
	{Key: "bluesky", Name: "Bluesky", Hosts: []string{"bsky.app"}, posts: paths(`^/profile/[^/]+/post/\w+`), profile: regexp.MustCompile(`^/profile/[^/]+/?$`),
		Embed: "https://embed.bsky.app/oembed?url={url}", Open: true,
		ids: paths(`/post/(\w+)`)},
	// A server shows posts of others too, under a number of its own (/@name@server/…): those are not the post's address.
	{Key: "mastodon", Name: "Mastodon", Hosts: servers, posts: paths(`^/@[^/@]+/\d{8,}/?$`, `^/users/[^/@]+/statuses/\d{8,}/?$`, `^/@[^/@]+/statuses/[0-9A-Z]{26}/?$`),
		profile: regexp.MustCompile(`^/@[^/]+/?$`), Embed: "https://{host}/api/oembed?url={url}", Open: true, ids: paths(`/0*(\d{8,}|[0-9A-Z]{26})/?$`), spread: true},
}

// servers are large public ones of the fediverse. Whose own web host answers whatever they like proves nothing: any other
// counts only where the registry of official accounts names it.
var servers = []string{"mastodon.social", "mastodon.online", "mastodon.world", "mstdn.social", "mstdn.jp", "mas.to", "fosstodon.org", "hachyderm.io", "infosec.exchange",
	"techhub.social", "social.vivaldi.net"}

// Refusal is why an address is not one of a post, as a key for words.
type Refusal string

// The refusals.
const (
	NoAddress  Refusal = "no_address"  // not an https address
	IsProfile  Refusal = "profile"     // of a person, not of a post
	IsWhatsApp Refusal = "whatsapp"    // nothing there can be looked at
	NoPost     Refusal = "no_post"     // of the network, but of no post
	NotKnown   Refusal = "not_a_place" // of no network that we know
	IsOurs     Refusal = "own_link"    // the personal link itself
)

// The spellings of one host.
var sameHost = map[string]string{
	"twitter.com": "x.com", "fb.com": "facebook.com", "threads.net": "threads.com", "telegram.me": "t.me", "youtube-nocookie.com": "youtube.com",
	"instagr.am": "instagram.com",
}

var spelled = regexp.MustCompile(`^(?:www|m|mobile|mbasic|web|id-id|touch|vxtwitter|amp)\.`)

var whatsAppHosts = []string{"wa.me", "whatsapp.com", "api.whatsapp.com", "chat.whatsapp.com"}

// PostAt recognises the address of a post: its one spelling, and where it is. More servers of the fediverse are those that
// the caller knows. A refusal is empty when it is one.
func PostAt(address string, more ...string) (normal string, at Place, why Refusal) {
	u, err := url.Parse(bare(address))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.Port() != "" || len(address) > longestAddress {
		return "", Place{}, NoAddress
	}
	host, path, query := HostOf(address), u.Path, u.Query()
	if !strings.Contains(host, ".") || strings.Contains(host, ":") || climbs.MatchString(path) {
		return "", Place{}, NoAddress
	}
	if slices.Contains(whatsAppHosts, host) {
		return "", Place{}, IsWhatsApp
	}
	if host == "youtu.be" {
		host, query, path = "youtube.com", url.Values{"v": {strings.Trim(path, "/")}}, "/watch"
	}
	for _, place := range places {
		if !slices.Contains(place.Hosts, host) && !(place.spread && slices.Contains(more, host)) {
			continue
		}
		normal = (&url.URL{Scheme: "https", Host: host, Path: strings.TrimSuffix(path, "/")}).String() + place.kept(query)
		switch {
		case place.isPost(host, path, query) && place.KeyOf(normal) != "":
			return normal, place, ""
		case place.profile.MatchString(path):
			return "", place, IsProfile
		}
		return "", place, NoPost
	}
	return "", Place{}, NotKnown
}

// climbs are paths that lead elsewhere than they say.
var climbs = regexp.MustCompile(`(?:^|/)\.{1,2}(?:/|$)`)

// blank is what comes along when an address is copied.
var blank = regexp.MustCompile(`(?i)^(?:\s|%(?:20|09|0a|0d))+|(?:\s|%(?:20|09|0a|0d))+$`)

func bare(address string) string { return blank.ReplaceAllString(address, "") }

var (
	ofLinkedIn = regexp.MustCompile(`^[a-z]{2}\.linkedin\.com$`)          // by country
	ofFacebook = regexp.MustCompile(`^[a-z]{2}-[a-z]{2}\.facebook\.com$`) // by language
)

// HostOf is the one spelling of an address's host; empty: it has none.
func HostOf(address string) string {
	u, err := url.Parse(bare(address))
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	host = spelled.ReplaceAllString(host, "")
	switch {
	case ofLinkedIn.MatchString(host):
		return "linkedin.com"
	case ofFacebook.MatchString(host):
		return "facebook.com"
	}
	if same, known := sameHost[host]; known {
		return same
	}
	return host
}

// KeyOf is what identifies a post, however its normal address is spelled: the network and its own id of the post, without
// names and forms that lead to the same. Empty: the address has no id.
func (p Place) KeyOf(normal string) string {
	u, err := url.Parse(normal)
	if err != nil {
		return ""
	}
	text := u.Path
	if u.RawQuery != "" {
		text += "?" + u.RawQuery
	}
	for _, form := range p.ids {
		found := form.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		key := strings.Join(found[1:], "/")
		switch {
		case p.Key == "telegram" || strings.HasPrefix(text, "/pulse/"): // names whose letters may be large or small
			key = strings.ToLower(key)
		case p.spread:
			key = u.Host + "/" + key
		}
		return p.Key + ":" + key
	}
	return ""
}

const longestAddress = 2000

func (p Place) isPost(host, path string, query url.Values) bool {
	fits := slices.ContainsFunc(p.posts, func(form *regexp.Regexp) bool { return form.MatchString(path) })
	switch {
	case p.Key == "youtube" && path == "/watch":
		return query.Get("v") != ""
	case p.Key == "facebook" && host == "facebook.com" && !strings.Contains(strings.Trim(path, "/"), "/") && !strings.HasSuffix(path, ".php"):
		return strings.Trim(path, "/") == "photo" // the short form is fb.watch's alone
	case p.Key == "tiktok" && host == "tiktok.com" && strings.HasPrefix(path, "/Z"):
		return false // the short form is its own hosts'
	}
	return fits
}

// kept are the parameters that belong to the address, in one order: the rest tells who passed it on.
func (p Place) kept(query url.Values) string {
	only := url.Values{}
	for _, name := range p.keep {
		if value := query.Get(name); value != "" {
			only.Set(name, value)
		}
	}
	if len(only) == 0 {
		return ""
	}
	return "?" + only.Encode()
}

// EmbedOf is where the place tells of one post in a form for machines; empty: nowhere.
func (p Place) EmbedOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || p.Embed == "" {
		return ""
	}
	return strings.NewReplacer("{url}", url.QueryEscape(address), "{host}", u.Host).Replace(p.Embed)
}

// PlaceNamed finds a place by its key.
func PlaceNamed(key string) (Place, bool) {
	if at := slices.IndexFunc(places, func(p Place) bool { return p.Key == key }); at >= 0 {
		return places[at], true
	}
	return Place{}, false
}

// PictureOnly tells whether nothing better than a picture of the screen proves a share there: no link of it can be followed.
func (n Capability) PictureOnly() bool { return n.Shareable() && !n.TrackedLink || n.Key == "whatsapp" }

// postID is the part of an official post's address that others' posts name it by.
var postID = regexp.MustCompile(`(?:status/|/p/|/reel/|/video/|v=|/posts/|/post/|fbid=|/videos/)([\w-]{6,})`)

// PostID finds it; empty: the address names none.
func PostID(address string) string {
	if found := postID.FindStringSubmatch(address); found != nil {
		return found[1]
	}
	return ""
}
