package click

import (
	"encoding/json"
	"os"
	"testing"
)

type agent struct {
	Name string `json:"name"`
	UA   string `json:"ua"`
}

func readJSON[T any](t testing.TB, text []byte, err error) (list []T) {
	t.Helper()
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func humans(t testing.TB) []agent {
	text, err := os.ReadFile("testdata/humans.json")
	return readJSON[agent](t, text, err)
}

func TestEveryListedFetcherIsCaught(t *testing.T) {
	t.Parallel()
	rules, list := newClassifier(), readJSON[crawler](t, crawlersJSON, nil)
	if len(list) < 100 {
		t.Fatalf("only %d fetchers", len(list))
	}
	for _, c := range list {
		want := map[bool]Verdict{true: Preview, false: Bot}[c.Preview]
		verdict, why, caught := rules.agent(c.Example)
		if !caught || (why != listedPreview && why != listedBot) {
			t.Errorf("%s: %v %v (%s)", c.Name, verdict, why, c.Example)
		}
		// A card drawer that also names itself a preview's (LINE, Kakao) is one all the same.
		if verdict != want {
			t.Errorf("%s is %v, want %v", c.Name, verdict, want)
		}
	}
}

func TestNoPersonIsLost(t *testing.T) {
	t.Parallel()
	rules, people := newClassifier(), append(humans(t), unseenPeople...)
	if len(people) < 43+15 {
		t.Fatalf("only %d people", len(people))
	}
	for _, a := range people {
		if verdict, why, caught := rules.agent(a.UA); caught {
			t.Errorf("%s is taken for %v (%v): %s", a.Name, verdict, why, a.UA)
		}
	}
}

// These are in neither file: they were written after the rules' sources, to see whether the rules know
// more than the list.
var unseenPeople = []agent{
	{"Cubot with a space", "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20 PRO) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Mobile Safari/537.36"},
	{"Cubot with a build", "Mozilla/5.0 (Linux; Android 12; CUBOT Build/SP1A.210812.016; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.6099.43 Mobile Safari/537.36"},
	{"KaiOS", "Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5"},
	{"Opera Mini on a Nokia", "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80 (S60; SymbOS; Opera Mobi/23.348; U; en) Presto/2.5.25 Version/10.54"},
	{"Nokia's own browser", "Nokia2700c-2/2.0 (09.80) Profile/MIDP-2.1 Configuration/CLDC-1.1"},
	{"UC Browser for Java", "UCWEB/2.0 (Java; U; MIDP-2.0; id; nokiac3-00) U2/1.0.0 UCBrowser/9.4.1.482 U2/1.0.0 Mobile"},
	{"Android's old browser", "Mozilla/5.0 (Linux; U; Android 4.4.2; id-id; ADVAN S4Z Build/KOT49H) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Mobile Safari/537.36"},
	{"WeChat", "Mozilla/5.0 (Linux; Android 13; M2012K11AG Build/TKQ1.220829.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MMWEBID/2247 MicroMessenger/8.0.42.2460(0x28002A58) WeChat/arm64 Weixin NetType/WIFI Language/id"},
	{"Instagram with a bot in the device", "Mozilla/5.0 (Linux; Android 13; RoboBot Build/TP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.6778.81 Mobile Safari/537.36 Instagram 358.0.0.51.100 Android (33/13; 320dpi)"},
	{"Facebook on an iPad", "Mozilla/5.0 (iPad; CPU OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21B74 [FBAN/FBIOS;FBDV/iPad13,1;FBSN/iPadOS;FBLC/id_ID]"},
	{"Samsung Internet tablet", "Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/24.0 Chrome/117.0.0.0 Safari/537.36"},
	{"MIUI browser", "Mozilla/5.0 (Linux; U; Android 13; id-id; Redmi Note 12 Build/TKQ1.221114.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.127 Mobile Safari/537.36 XiaoMi/MiuiBrowser/13.30.1-gn"},
	{"vivo browser", "Mozilla/5.0 (Linux; Android 12; V2111; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/87.0.4280.141 Mobile Safari/537.36 VivoBrowser/10.9.0.0"},
	{"Puffin", "Mozilla/5.0 (X11; U; Linux x86_64; en-US) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/115.0.0.0 Safari/537.36 Puffin/9.10.0.51563AP"},
	{"DuckDuckGo browser", "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0.0.0 Mobile DuckDuckGo/5 Safari/537.36"},
	{"Internet Explorer in an office", "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko"},
	{"Internet Explorer 8", "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)"},
	{"Gojek's web view", "Mozilla/5.0 (Linux; Android 12; CPH2349 Build/RKQ1.211119.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.134 Mobile Safari/537.36 Gojek/4.92.1"},
	{"Firefox on iOS", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/124.0 Mobile/15E148 Safari/605.1.15"},
	{"Kindle Silk", "Mozilla/5.0 (Linux; Android 9; KFMAWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/119.4.1 like Chrome/119.0.6045.193 Safari/537.36"},
}

var unseenFetchers = []agent{
	{"an unknown bot", "Mozilla/5.0 (compatible; NusantaraBot/1.0)"},
	{"a bot on a phone's text", "Mozilla/5.0 (Linux; Android 6.0.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36 (compatible; SeekportBot/2; info)"},
	{"a spider in the middle", "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Sogou web spider/4.0 Safari/537.36"},
	{"a crawler", "ICC-Crawler/3.0"},
	{"Zalo's preview", "Mozilla/5.0 AppleWebKit/537.36 ZaloLinkPreview/1.0 Safari/537.36"},
	{"Rocket.Chat", "Rocket.Chat/6.4 Link-Unfurler"},
	{"Guzzle", "GuzzleHttp/7"},
	{"aiohttp", "Python/3.11 aiohttp/3.9.1"},
	{"urllib", "Python-urllib/3.10"},
	{"Java", "Java/17.0.8"},
	{"libwww", "libwww-perl/6.68"},
	{"Android's platform client", "Dalvik/2.1.0 (Linux; U; Android 13; SM-A546E Build/TP1A)"},
	{"an iOS app's client", "Obrolan/512 CFNetwork/1494.0.7 Darwin/23.4.0"},
	{"Ktor", "ktor-client"},
	{"a mail scanner", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Safari/537.36 (+https://scanner.example/about)"},
	{"a contact by mail", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; research; peneliti@kampus.ac.id) Chrome/99.0 Safari/537.36"},
	{"nothing but Mozilla", "Mozilla/5.0"},
	{"no name", "-"},
	{"blank", "  "},
	{"headless Firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/117.0 (Headless)"},
	{"a fetcher", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) PageFetcher-Service/1.0 Chrome/110.0 Safari/537.36"},
	{"a Cubot that is a bot", "Mozilla/5.0 (Linux; Android 11; CUBOT X50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0 Mobile Safari/537.36 (compatible; Lelebot/1.0)"},
}

func TestUnseenFetchersAreCaught(t *testing.T) {
	t.Parallel()
	rules := newClassifier()
	for _, a := range append(unseenFetchers, agent{"nothing", ""}) {
		if verdict, why, caught := rules.agent(a.UA); !caught || why.String() == "" {
			t.Errorf("%s passes: %v %v (%s)", a.Name, verdict, why, a.UA)
		}
	}
}

func TestAFetchAheadIsOneWhoeverMakesIt(t *testing.T) {
	t.Parallel()
	for purpose, want := range map[string]bool{
		"prefetch": true, "prefetch;prerender": true, "prefetch;anonymous-client-ip": true, "Preview": true, "": false, "navigate": false,
	} {
		if isFetchAhead(purpose) != want {
			t.Errorf("%q: %v", purpose, !want)
		}
	}
}

// Numbers are in the database for ever.
func TestVerdictsAndReasonsKeepTheirNumbers(t *testing.T) {
	t.Parallel()
	for i, name := range []string{"unknown", "valid", "preview", "bot", "prefetch", "self", "repeat", "suspect"} {
		if Verdict(i).String() != name {
			t.Errorf("verdict %d is %s, want %s", i, Verdict(i), name)
		}
	}
	for number, name := range map[Reason]string{1: "new_visitor", 2: "seen_today", 10: "purpose_header", 20: "listed_preview",
		21: "listed_bot", 30: "no_user_agent", 31: "http_library", 32: "headless_browser", 33: "bot_word", 34: "preview_word",
		35: "fetch_word", 36: "contact_address", 37: "no_browser_engine",
		38: "tool_word", 39: "compatible_signature", 40: "own_device", 41: "own_session", 42: "own_address", 50: "not_navigation", 51: "recalled", 60: "burst", 61: "datacentre", 70: "held",
		80: "own_place", 81: "own_agent", 82: "office", 83: "ring", 84: "farm", 85: "sweep", 86: "bare", 87: "rotation", 88: "regular", 89: "rush",
		90: "one_block", 91: "scattered"} {
		if number.String() != name {
			t.Errorf("reason %d is %s, want %s", number, number, name)
		}
	}
	if len(reasonNames) != 35 {
		t.Error("a reason is not pinned")
	}
}

func TestChannelsKeepTheirNumbers(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]Channel{"whatsapp": 1, "copy": 2, "facebook": 3, "x": 4, "telegram": 5, "threads": 6, "linkedin": 7, "email": 8, "system": 9} {
		if got, ok := ChannelNamed(name); !ok || got != want || got.String() != name {
			t.Errorf("%s: %v %v", name, got, ok)
		}
	}
	for _, name := range []string{"telepati", "instagram", "website"} { // no personal link can be followed there
		if _, ok := ChannelNamed(name); ok {
			t.Errorf("%s is a channel", name)
		}
	}
	if Channel(0).known() || Channel(14).known() {
		t.Error("an unknown channel is known")
	}
}

func BenchmarkClassifyPerson(b *testing.B) {
	rules, people := newClassifier(), humans(b)
	for i := 0; b.Loop(); i++ {
		rules.agent(people[i%len(people)].UA)
	}
}

func BenchmarkClassifyFetcher(b *testing.B) {
	rules, list := newClassifier(), readJSON[crawler](b, crawlersJSON, nil)
	for i := 0; b.Loop(); i++ {
		rules.agent(list[i%len(list)].Example)
	}
}
