// Package fetch owns every request that Gaung makes to an address somebody gave it: bounded in time and
// size, only to the public internet, and checked again at every redirect.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"gaung/internal/errs"
)

// The limits of one request.
const (
	timeout   = 10 * time.Second
	redirects = 3
	mostBytes = 5 << 20
)

// Client asks other servers. It sends no cookie and no credential.
type Client struct {
	http   *http.Client
	agent  string
	proper func(*url.URL) error
}

// Answer is what another server said.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte // at most 5 MiB
	URL    string // where redirects led
}

// New makes the client. It names the public address of this installation, so that whoever is asked knows by whom.
func New(publicURL string) *Client { return newClient(publicURL, refusePrivate, checkURL) }

// To makes a client for trials: every address is asked of one server on this machine, over plain HTTP, as if that
// were the internet. A literal address of a private network is refused as it always is.
func To(publicURL, server string) *Client {
	c := New(publicURL)
	c.http.Transport = instead{server, http.DefaultTransport}
	return c
}

type instead struct {
	server string
	by     http.RoundTripper
}

func (i instead) RoundTrip(r *http.Request) (*http.Response, error) {
	if address, err := netip.ParseAddr(r.URL.Hostname()); err == nil {
		if err := refusePrivate(netip.AddrPortFrom(address, 443)); err != nil {
			return nil, err
		}
	}
	changed := r.Clone(r.Context())
	changed.Host, changed.URL.Scheme, changed.URL.Host = r.URL.Host, "http", i.server
	answer, err := i.by.RoundTrip(changed)
	if err == nil {
		answer.Request = r // where redirects led is told by the address that was meant
	}
	return answer, err
}

// newClient takes the checks of an address, so that tests can allow their own servers.
func newClient(publicURL string, check func(netip.AddrPort) error, proper func(*url.URL) error) *Client {
	dialer := &net.Dialer{Timeout: timeout, Control: func(_, address string, _ syscall.RawConn) error {
		// Here the name has been resolved: a name that points at a private address is refused too, however
		// often it changes its mind.
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		return check(to)
	}}
	transport := &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: timeout, ResponseHeaderTimeout: timeout,
		MaxResponseHeaderBytes: 64 << 10, IdleConnTimeout: time.Minute, MaxIdleConns: 20, ForceAttemptHTTP2: true}
	follow := func(r *http.Request, via []*http.Request) error {
		if len(via) > redirects {
			return refused("Alamat itu mengalihkan terlalu banyak kali.")
		}
		return proper(r.URL)
	}
	return &Client{&http.Client{Timeout: timeout, Transport: transport, CheckRedirect: follow}, "Gaung (+" + publicURL + ")", proper}
}

// Get asks for an https address. An address that is not public, too many redirects and an answer that is too
// large are errors of ours (invalid); a server that does not answer is another (unavailable).
func (c *Client) Get(ctx context.Context, address string) (Answer, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Answer{}, refused("Alamat tidak dapat dibaca.").Because(err)
	}
	if err := c.proper(u); err != nil {
		return Answer{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Answer{}, err
	}
	request.Header.Set("User-Agent", c.agent)
	response, err := c.http.Do(request)
	if err != nil {
		return Answer{}, translate(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, mostBytes+1))
	if err != nil {
		return Answer{}, translate(err)
	}
	if len(body) > mostBytes {
		return Answer{}, refused("Jawaban dari alamat itu lebih besar daripada %d MB.", mostBytes>>20)
	}
	return Answer{response.StatusCode, response.Header, body, response.Request.URL.String()}, nil
}

func refused(message string, args ...any) *errs.Error {
	return errs.InvalidField("url", message, args...)
}

// translate keeps our own refusals and hides the rest: what the network said is nobody's business.
func translate(err error) error {
	var ours *errs.Error
	if errors.As(err, &ours) {
		return ours
	}
	return errs.New(errs.Unavailable, "Alamat itu tidak menjawab. Silakan coba lagi nanti.").Because(err)
}

// checkURL wants https, a name, the usual port and no password.
func checkURL(u *url.URL) error {
	port := u.Port()
	if u.Scheme != "https" || u.Hostname() == "" || u.User != nil || port != "" && port != "443" {
		return refused("Hanya alamat https biasa yang dapat dibuka.")
	}
	return nil
}

// special are the ranges of RFC 6890 and its successors that no public server has and that netip does not name.
var special = prefixes(`0.0.0.0/8 100.64.0.0/10 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24
	240.0.0.0/4 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 5f00::/16 ::/96 fec0::/10`)

func prefixes(list string) (blocks []netip.Prefix) {
	for _, text := range strings.Fields(list) {
		blocks = append(blocks, netip.MustParsePrefix(text))
	}
	return blocks
}

// refusePrivate is the guard against requests to our own network, whatever name leads there.
func refusePrivate(to netip.AddrPort) error {
	address := to.Addr().Unmap()
	public := address.IsGlobalUnicast() && !address.IsPrivate()
	for _, block := range special {
		public = public && !block.Contains(address)
	}
	if !public || to.Port() != 443 {
		return refused("Alamat itu tidak berada di internet publik.").Because(fmt.Errorf("refused %s", to))
	}
	return nil
}
