// Package push owns the way a push message leaves the house: RFC 8030, 8291 and 8292, the keys by which push
// services know us, and what their answers mean for a message.
package push

import (
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"

	"gaung/internal/fetch"
	"gaung/internal/seal"
)

// Device is where a browser wants its messages: an address and keys that it gave us.
type Device struct {
	Endpoint string     `json:"endpoint"`
	P256dh   string     `json:"p256dh"`
	Auth     string     `json:"auth"`
	Vapid    seal.KeyID `json:"-"` // which of our keys the browser was given
}

// Message is one push message. A newer one of the same topic replaces it as long as it was not delivered.
type Message struct {
	Payload []byte
	TTL     time.Duration // after that, the push service forgets it
	Urgent  bool
	Topic   string // at most 32 letters and digits
}

// Server says in whose name messages go, and to which hosts.
type Server struct {
	Subject   string   // mailto: or https: address, where a push service complains
	Hosts     []string // "push.example" or "*.push.example", reached on port 443; tests name a port
	PublicURL string
}

// What became of a message that was not accepted. The errors never hold an address.
var (
	ErrGone    = errors.New("push: the browser does not want any more")          // for good
	ErrRefused = errors.New("push: this message is refused")                     // others may not be
	ErrAway    = errors.New("push: the push service cannot be reached")          // nothing went out
	ErrUnsure  = errors.New("push: cut off before it was known whether it went") // it may have arrived
)

// LaterError says that the push service wants to be asked again after a time.
type LaterError struct {
	After  time.Duration // 0: it did not say
	Status int
}

// Error says so.
func (e *LaterError) Error() string { return fmt.Sprintf("push: not now, status %d", e.Status) }

// Record sizes: all messages look alike from outside, and most need not be as long as the longest.
const (
	usualRecord = 1024
	mostRecord  = 4096
	overhead    = 16 + 4 + 1 + 65 + 16 + 1 // salt, size, key length, key, tag, delimiter
	// MostPayload is what fits into one message, in bytes.
	MostPayload = mostRecord - overhead
)

// Post hands messages to push services.
type Post struct {
	server Server
	keys   []pair
	asker  *fetch.Once
}

// New makes the post. Its keys come from the ring: the same in every replica and after a restore. Tests name
// servers of their own.
func New(ring *seal.Ring, server Server, own ...fetch.Own) (*Post, error) {
	keys, err := pairs(ring)
	// The library puts mailto: before whatever is not https.
	server.Subject = strings.TrimPrefix(server.Subject, "mailto:")
	return &Post{server, keys, fetch.NewOnce(server.PublicURL, own...)}, err
}

// Key is what a browser needs to subscribe, and which key of the ring it is of.
func (p *Post) Key() (string, seal.KeyID) { return p.keys[0].public, p.keys[0].id }

// Proper tells whether a browser's device is one that messages may go to. Its keys must be keys, and its
// address one of the hosts that the operator allows.
func (p *Post) Proper(d Device) bool {
	u, err := url.Parse(d.Endpoint)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Fragment != "" || len(d.Endpoint) > 1000 || !p.allowed(u.Host) {
		return false
	}
	point, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(d.P256dh, "="))
	if err != nil {
		return false
	}
	if _, err := ecdh.P256().NewPublicKey(point); err != nil {
		return false
	}
	auth, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(d.Auth, "="))
	return err == nil && len(auth) == 16
}

// hostForm is a name whose labels are all there.
var hostForm = regexp.MustCompile(`^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$`)

// allowed tells whether a host, as it stands in an address, is a push service that the operator named. Another port of
// such a host may be anybody's.
func (p *Post) allowed(host string) bool {
	host = strings.ToLower(host)
	if slices.Contains(p.server.Hosts, host) {
		return true
	}
	if host = strings.TrimSuffix(host, ":443"); !hostForm.MatchString(host) {
		return false
	}
	for _, one := range p.server.Hosts {
		if rest, wild := strings.CutPrefix(one, "*"); host == one || wild && strings.HasSuffix(host, rest) {
			return true
		}
	}
	return false
}

// Send hands one message over. Its error is a LaterError or one of ErrGone, ErrRefused, ErrAway and ErrUnsure.
func (p *Post) Send(ctx context.Context, d Device, m Message) error {
	key, known := p.pairOf(d.Vapid)
	if !known || !p.Proper(d) {
		return ErrGone // a key that is off the ring, or a host that is not allowed any more
	}
	if len(m.Payload) > MostPayload {
		return fmt.Errorf("%w: it is longer than %d bytes", ErrRefused, MostPayload)
	}
	options := &webpush.Options{HTTPClient: p.asker, Subscriber: p.server.Subject, VAPIDPublicKey: key.public, VAPIDPrivateKey: key.private,
		TTL: max(0, int(m.TTL.Seconds())), Topic: m.Topic, Urgency: webpush.UrgencyNormal, RecordSize: usualRecord}
	if m.Urgent {
		options.Urgency = webpush.UrgencyHigh
	}
	if len(m.Payload) > usualRecord-overhead {
		options.RecordSize = mostRecord
	}
	written := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(info httptrace.WroteRequestInfo) { written = info.Err == nil }})
	answer, err := webpush.SendNotificationWithContext(ctx, m.Payload, &webpush.Subscription{Endpoint: d.Endpoint,
		Keys: webpush.Keys{P256dh: d.P256dh, Auth: d.Auth}}, options)
	switch {
	case err != nil && written:
		return ErrUnsure
	case err != nil:
		return ErrAway
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 4<<10)) // so that the connection can be used again
	return meaning(answer)
}

// meaning says in the house's words what an answer came to.
func meaning(answer *http.Response) error {
	switch status := answer.StatusCode; {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusNotFound || status == http.StatusGone:
		return ErrGone
	case status == http.StatusTooManyRequests || status >= 500:
		return &LaterError{After: waitOf(answer.Header.Get("Retry-After"), answer.Header.Get("Date")), Status: status}
	default:
		return fmt.Errorf("%w: status %d", ErrRefused, status)
	}
}

// waitOf reads Retry-After: seconds, or a date on the clock of whoever answers.
func waitOf(text, now string) time.Duration {
	if seconds, err := strconv.Atoi(text); err == nil {
		return max(0, time.Duration(min(seconds, 7*86400))*time.Second)
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	at, err := http.ParseTime(now)
	if err != nil {
		return 0
	}
	return max(0, until.Sub(at))
}
