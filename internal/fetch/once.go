package fetch

import (
	"crypto/tls"
	"net/http"
	"net/netip"
	"net/url"
)

// Once asks other servers and follows no redirect: what it carries is for whom it is addressed to.
type Once struct{ client *Client }

// Own is a server that may be asked although it is not public: for tests, which have their own.
type Own struct {
	Host string // address and port
	TLS  *tls.Config
}

// NewOnce makes it. Whatever address it is given, only the public internet is dialled.
func NewOnce(publicURL string, own ...Own) *Once {
	check := func(to netip.AddrPort) error {
		for _, one := range own {
			if to.String() == one.Host {
				return nil
			}
		}
		return refusePrivate(to)
	}
	proper := func(u *url.URL) error {
		for _, one := range own {
			if u.Host == one.Host && u.Scheme == "https" {
				return nil
			}
		}
		return checkURL(u)
	}
	client := newClient(publicURL, check, proper)
	client.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if len(own) > 0 {
		client.http.Transport.(*http.Transport).TLSClientConfig = own[0].TLS
	}
	return &Once{client}
}

// Do sends one request. The caller reads no more of the answer than it needs, and closes it.
func (o *Once) Do(r *http.Request) (*http.Response, error) {
	if err := o.client.proper(r.URL); err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", o.client.agent)
	return o.client.http.Do(r)
}
