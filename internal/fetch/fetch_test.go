package fetch

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"gaung/internal/errs"
)

// Nothing inside our own network is reachable, by whatever spelling; the public internet is.
func TestOnlyPublicAddressesAreDialled(t *testing.T) {
	t.Parallel()
	for _, address := range strings.Fields(`127.0.0.1 127.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0
		224.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1`) {
		if err := refusePrivate(netip.AddrPortFrom(netip.MustParseAddr(address), 443)); err == nil {
			t.Errorf("%s would be dialled", address)
		}
	}
	for _, address := range strings.Fields(`8.8.8.8 103.28.12.1 2404:6800:4003:c00::64`) {
		if err := refusePrivate(netip.AddrPortFrom(netip.MustParseAddr(address), 443)); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	if refusePrivate(netip.MustParseAddrPort("8.8.8.8:22")) == nil {
		t.Error("port 22 would be dialled")
	}
}

func TestOnlyOrdinaryAddressesAreAsked(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"http://contoh.go.id/", "https://localhost/", "https://127.0.0.1/", "https://[::1]/", "https://0x7f.1/", "https://2130706433/",
		"https://a:b@contoh.go.id/", "https://contoh.go.id:8443/", "file:///etc/passwd", "gopher://x", "javascript:x", "//x", "", "https://"} {
		_, err := New("https://gaung.example").Get(t.Context(), address)
		if code := errs.CodeOf(err); code != errs.Invalid && code != errs.Unavailable {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// others is a server elsewhere, reached by a client that takes it, and nothing else, for public.
func others(t *testing.T, handler http.HandlerFunc) (*Client, string) {
	t.Helper()
	server := httptest.NewTLSServer(handler)
	t.Cleanup(server.Close)
	there, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := newClient("https://gaung.example", func(to netip.AddrPort) error {
		if to.String() == there.Host {
			return nil
		}
		return refusePrivate(to)
	}, func(u *url.URL) error {
		if u.Host == there.Host && u.Scheme == "https" {
			return nil
		}
		return checkURL(u)
	})
	theirs := server.Client().Transport.(*http.Transport).TLSClientConfig
	client.http.Transport.(*http.Transport).TLSClientConfig = theirs
	return client, server.URL
}

// A server that answers with a redirect into our own network, or in a circle, leads nowhere.
func TestRedirectsAreCheckedAgain(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"http://169.254.169.254/latest/meta-data/", "https://127.0.0.1/", "https://[::1]/", "file:///etc/passwd", "/again"} {
		client, address := others(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, http.StatusFound) })
		if answer, err := client.Get(t.Context(), address); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %d %v", target, answer.Status, err)
		}
	}
}

func TestAnswersAreBounded(t *testing.T) {
	t.Parallel()
	client, address := others(t, func(w http.ResponseWriter, r *http.Request) {
		size := 1000
		if r.URL.Path == "/large" {
			size = mostBytes + 1
		}
		if r.Header.Get("Cookie") != "" || !strings.Contains(r.UserAgent(), "gaung.example") {
			t.Errorf("sent %v", r.Header)
		}
		_, _ = w.Write(make([]byte, size)) // the client may have gone
	})
	if answer, err := client.Get(t.Context(), address+"/small"); err != nil || len(answer.Body) != 1000 || answer.Status != http.StatusOK {
		t.Errorf("%d bytes, %v", len(answer.Body), err)
	}
	if answer, err := client.Get(t.Context(), address+"/large"); errs.CodeOf(err) != errs.Invalid || answer.Body != nil {
		t.Errorf("%d bytes, %v", len(answer.Body), err)
	}
}
