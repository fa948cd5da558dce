package config

import (
	"errors"
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"strings"
)

// Push is in whose name push messages go out, and to which hosts.
type Push struct {
	Subject string // empty: none goes out
	Hosts   []string
}

// usualHosts are the push services of the browsers there are.
const usualHosts = "fcm.googleapis.com,updates.push.services.mozilla.com,*.push.services.mozilla.com,web.push.apple.com,*.push.apple.com,*.notify.windows.com"

func setPushSubject(c *Config, value string) error {
	if value == "" {
		return nil
	}
	if address, is := strings.CutPrefix(value, "mailto:"); is {
		if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
			return errors.New("is not like mailto:gaung@contoh.go.id")
		}
	} else if u, err := url.Parse(value); err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return errors.New("is not like mailto:gaung@contoh.go.id or https://gaung.contoh.go.id")
	}
	c.Push.Subject = value
	return nil
}

func setPushHosts(c *Config, value string) error {
	for _, host := range strings.FieldsFunc(strings.ToLower(value), func(r rune) bool { return r == ',' || r == ' ' }) {
		name := strings.TrimPrefix(host, "*.")
		if _, err := netip.ParseAddr(name); err == nil || !strings.Contains(name, ".") || strings.ContainsAny(name, "*/:@") {
			return fmt.Errorf("%q is not a name like push.example or *.push.example", host)
		}
		c.Push.Hosts = append(c.Push.Hosts, host)
	}
	return nil
}

// nowhere tells whether a subject is one that push services refuse (Apple: 403 BadJwtToken).
func nowhere(subject string) bool {
	host := subject
	if u, err := url.Parse(subject); err == nil && u.Scheme == "https" {
		host = u.Hostname()
	}
	host = strings.ToLower(strings.TrimSuffix(host[strings.LastIndexByte(host, '@')+1:], "."))
	if !strings.Contains(host, ".") {
		return true
	}
	for _, end := range []string{".local", ".localhost", ".invalid", ".example", ".test"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}
