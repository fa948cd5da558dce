package server

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// What an author writes reaches the public page as text: no element, attribute or address but the few that
// official texts need, however the Markdown is bent.
func FuzzMarkdown(f *testing.F) {
	p, err := newPages("")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"**tebal** [tautan](https://contoh.go.id)", "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](http://a/b.png)",
		"<a href=' javascript:x'>y", "[x](data:text/html;base64,PHNjcmlwdD4=)", "<img src=x onerror=y>", "> > > a\n- b\n1. c", "&#x6a;avascript:", "<svg/onload=x>", "[a]: <javascript:x>\n[a]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		began := time.Now()
		rendered, err := p.markdown(text)
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Fatalf("%q takes %s", text, took)
		}
		tree, err := html.Parse(strings.NewReader(string(rendered)))
		if err != nil {
			t.Fatal(err)
		}
		for node := range tree.Descendants() {
			if node.Type == html.ElementNode {
				onlyWhatIsNeeded(t, text, node)
			}
		}
	})
}

var elements = []string{"html", "head", "body", "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "hr", "a"}

func onlyWhatIsNeeded(t *testing.T, text string, node *html.Node) {
	t.Helper()
	if !slices.Contains(elements, node.Data) {
		t.Fatalf("%q makes <%s>", text, node.Data)
	}
	for _, attribute := range node.Attr {
		if node.Data != "a" || attribute.Key != "href" && attribute.Key != "rel" {
			t.Fatalf("%q makes %s=%q on <%s>", text, attribute.Key, attribute.Val, node.Data)
		}
		if attribute.Key != "href" {
			continue
		}
		if u, err := url.Parse(attribute.Val); err != nil || u.Scheme != "https" && u.Scheme != "mailto" && u.Scheme != "" {
			t.Fatalf("%q links to %q", text, attribute.Val)
		}
	}
}
