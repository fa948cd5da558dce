package network

import (
	"encoding/json"
	"flag"
	"net/url"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The weights of X, as its own library gives them; the client is tested with the same file. Where that
// library knows no newer emoji, or joins a letter with its accent, we may say more and never less.
func TestWeightsOfX(t *testing.T) {
	t.Parallel()
	var cases []struct {
		Text   string
		Weight int
	}
	readJSON(t, "testdata/weights.json", &cases)
	for _, c := range cases {
		if got := weighX(c.Text); got != c.Weight {
			t.Errorf("%q: %d, want %d", c.Text, got, c.Weight)
		}
	}
	if got := weighBytes("a😀é👨‍👩‍👧"); got != 1+4+1+18 {
		t.Errorf("Threads: %d", got)
	}
}

// composition is a golden case; the client composes the same for its live length.
type composition struct {
	Name    string
	Network string
	Parts   Parts
	Made    Composed
}

func TestCompositionsAreAsBefore(t *testing.T) {
	t.Parallel()
	const file = "testdata/compose.json"
	var cases []composition
	if *update {
		cases = compositions()
	} else {
		readJSON(t, file, &cases)
	}
	for i, c := range cases {
		n, _ := Named(c.Network)
		made := Compose(n, c.Parts)
		was, _ := json.Marshal(c.Made)
		if now, _ := json.Marshal(made); !*update && string(now) != string(was) {
			t.Errorf("%s on %s:\n%s, want\n%s", c.Name, c.Network, now, was)
		}
		cases[i].Made = made
	}
	if *update {
		text, err := json.MarshalIndent(cases, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const link = "https://gaung.example/s/abcdefghijkl"

func compositions() (cases []composition) {
	plain := Parts{Caption: "Posyandu hadir & gratis: 50% +1, \"ayo\"!\nCek #jadwal?", Hashtags: []string{"#Posyandu", "#BukitSelaras"},
		Disclosure: "Saya ASN di Dinas Kesehatan.", ShortDisclosure: "Saya ASN di Dinkes.", Link: link, Subject: "Posyandu Keliling"}
	long := plain
	long.Caption = strings.TrimSpace(strings.Repeat("Posyandu keliling datang ke desa kita pekan depan. ", 14))
	tight, tighter := plain, plain
	tight.Caption, tighter.Caption = strings.Repeat("kata ", 32)+"akhir", strings.Repeat("kata ", 44)+"akhir"
	tight.Disclosure = "Saya ASN di Dinas Kesehatan, Pengendalian Penduduk dan Keluarga Berencana."
	tighter.Disclosure = tight.Disclosure
	emoji := plain
	emoji.Caption = strings.Repeat("👨‍👩‍👧‍👦", 160)
	bare := Parts{Caption: "Kata saya", Link: link, Subject: "Judul"}
	for _, n := range Table() {
		if !n.Shareable() {
			continue
		}
		cases = append(cases, composition{Name: "plain", Network: n.Key, Parts: plain}, composition{Name: "long", Network: n.Key, Parts: long},
			composition{Name: "bare", Network: n.Key, Parts: bare})
	}
	for _, key := range []string{"x", "threads"} {
		cases = append(cases, composition{Name: "hashtags go", Network: key, Parts: tight},
			composition{Name: "disclosure gets short", Network: key, Parts: tighter}, composition{Name: "one word of emoji", Network: key, Parts: emoji})
	}
	mail := plain
	mail.Caption = strings.TrimSpace(strings.Repeat("Posyandu keliling datang ke desa kita pekan depan. ", 40))
	return append(cases, composition{Name: "longest", Network: "email", Parts: mail})
}

// Each intent opens what it should: the text arrives letter by letter, no "+" stands for a blank, and
// what the network refuses to take is not in it.
func TestIntentsAreWellFormed(t *testing.T) {
	t.Parallel()
	cases := compositions()
	for _, c := range cases {
		n, _ := Named(c.Network)
		made := Compose(n, c.Parts)
		if made.Intent == "" {
			if n.Share == IntentText || n.Share == IntentLink {
				t.Errorf("%s has no intent", c.Network)
			}
			continue
		}
		if strings.ContainsAny(made.Intent, "+ \n\"") || !utf8.ValidString(made.Intent) {
			t.Errorf("%s on %s: %s", c.Name, c.Network, made.Intent)
		}
		got, err := url.Parse(made.Intent)
		if err != nil {
			t.Fatal(err)
		}
		query := got.Query()
		want := map[string][2]string{
			"whatsapp": {"text", made.Text}, "telegram": {"text", made.Words}, "x": {"text", made.Words}, "threads": {"text", made.Words},
			"facebook": {"u", link}, "linkedin": {"url", link}, "email": {"body", strings.ReplaceAll(made.Text, "\n", "\r\n")},
		}[c.Network]
		if query.Get(want[0]) != want[1] {
			t.Errorf("%s on %s: %s is %q, want %q", c.Name, c.Network, want[0], query.Get(want[0]), want[1])
		}
		if n.Share == IntentLink && len(query) != 1 {
			t.Errorf("%s: more than the link: %v", c.Network, query)
		}
		if strings.Contains(n.Intent, "{url}") && !strings.Contains(made.Intent, url.QueryEscape(link)) {
			t.Errorf("%s: no link in %s", c.Network, made.Intent)
		}
	}
}

// Nothing is longer than its network takes, and what gave way did so in the promised order.
func TestWhatGivesWay(t *testing.T) {
	t.Parallel()
	for _, c := range compositions() {
		n, _ := Named(c.Network)
		made := Compose(n, c.Parts)
		if n.Limit > 0 && made.Length > n.Limit {
			t.Errorf("%s on %s: %d of %d", c.Name, c.Network, made.Length, n.Limit)
		}
		cut := strings.Join(asText(made.Cut), " ")
		want := map[string]string{
			"x plain": "", "x long": "hashtags disclosure caption", "x hashtags go": "hashtags", "x disclosure gets short": "hashtags disclosure",
			"x one word of emoji": "hashtags disclosure caption", "threads long": "hashtags disclosure caption", "whatsapp long": "", "telegram long": "",
			"email longest": "hashtags disclosure caption",
		}
		if expected, there := want[c.Network+" "+c.Name]; there && cut != expected {
			t.Errorf("%s on %s: cut %q, want %q", c.Name, c.Network, cut, expected)
		}
		if strings.Contains(c.Parts.Disclosure, "Saya") && !strings.Contains(made.Words, "Saya ASN di ") {
			t.Errorf("%s on %s: who is speaking was left out", c.Name, c.Network)
		}
		if n.TrackedLink && !strings.HasSuffix(made.Text, link) || !n.TrackedLink && strings.Contains(made.Text, link) {
			t.Errorf("%s on %s: the link in %q", c.Name, c.Network, made.Text)
		}
		if strings.Contains(cut, "caption") && (!strings.Contains(made.Words, "…") || strings.Contains(made.Words, " …")) {
			t.Errorf("%s on %s: %q", c.Name, c.Network, made.Words)
		}
	}
	x, _ := Named("x")
	whole := Compose(x, Parts{Caption: strings.Repeat("kata ", 100), Link: link})
	if words := strings.Fields(strings.TrimSuffix(whole.Words, "…")); words[len(words)-1] != "kata" {
		t.Errorf("a word was cut: %q", whole.Words)
	}
	if whole.Length < x.Limit-6 {
		t.Errorf("%d of %d: more was cut than needed", whole.Length, x.Limit)
	}
}

func asText(cuts []Cut) (list []string) {
	for _, cut := range cuts {
		list = append(list, string(cut))
	}
	return list
}

func readJSON(t *testing.T, file string, to any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, to); err != nil {
		t.Fatal(err)
	}
}
