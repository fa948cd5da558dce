// Package mail owns the way a letter leaves the house: SMTP, and what its answers mean for a letter.
package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Letter is one e-mail to one person.
type Letter struct {
	To, Subject, Text, HTML string
	ID                      string // of the message, without brackets; the same whenever it is sent again
	Unsubscribe             string // address for one click; empty: none
	At                      time.Time
	Files                   []File
}

// File is attached to a letter.
type File struct {
	Name, MediaType string
	Body            []byte
}

// Server is where letters are handed over, and in whose name.
type Server struct {
	Host           string
	Port           int
	User, Password string // empty: the server asks for none
	TLS            bool   // from the first byte; otherwise STARTTLS
	Open           bool   // may go unencrypted where the server has no STARTTLS: on this machine
	From, Name     string // the sender's address and name
}

// What became of a letter that was not accepted. The errors never hold an address.
var (
	ErrRefused = errors.New("mail: the address is refused")                         // for good
	ErrLater   = errors.New("mail: this letter is not accepted now")                // others may be
	ErrAway    = errors.New("mail: the server cannot be used now")                  // no letter will
	ErrUnsure  = errors.New("mail: cut off before it was known whether it arrived") // it may have arrived
)

// patience bounds the talk about one letter.
const patience = 20 * time.Second

// Post hands letters to a server. It keeps its connection until Rest.
type Post struct {
	server  Server
	timeout time.Duration
	mutex   sync.Mutex
	client  *gomail.Client // nil: not connected
}

// New makes the post of a server.
func New(server Server) *Post { return &Post{server: server, timeout: patience} }

// Impatient bounds the talk about one letter otherwise.
func (p *Post) Impatient(timeout time.Duration) *Post {
	p.timeout = timeout
	return p
}

// Send hands one letter over. Its error is one of ErrRefused, ErrLater, ErrAway and ErrUnsure.
func (p *Post) Send(ctx context.Context, letter Letter) error {
	message, err := p.message(letter)
	if err != nil {
		return err
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	kept := p.client != nil
	if err := p.connect(ctx); err != nil {
		return err
	}
	err = p.client.Send(message)
	if kept && reasonOf(err) == gomail.ErrConnCheck { // the server closed what was kept
		p.hangUp()
		if err := p.connect(ctx); err != nil {
			return err
		}
		err = p.client.Send(message)
	}
	meaning := meaningOf(err)
	if err != nil && !errors.Is(meaning, ErrRefused) && !errors.Is(meaning, ErrLater) {
		p.hangUp()
	}
	return meaning
}

// Rest ends the connection, if there is one.
func (p *Post) Rest() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.hangUp()
}

func (p *Post) hangUp() {
	if p.client != nil {
		_ = p.client.Close() // it may be cut already
	}
	p.client = nil
}

func (p *Post) connect(ctx context.Context) error {
	if p.client != nil {
		return nil
	}
	client, err := gomail.NewClient(p.server.Host, p.options()...)
	if err == nil {
		err = client.DialWithContext(ctx)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAway, err) // about the server and its account, before any letter
	}
	p.client = client
	return nil
}

func (p *Post) options() []gomail.Option {
	policy := gomail.TLSMandatory
	if p.server.Open {
		policy = gomail.TLSOpportunistic
	}
	options := []gomail.Option{gomail.WithPort(p.server.Port), gomail.WithTimeout(p.timeout), gomail.WithTLSPolicy(policy),
		gomail.WithTLSConfig(&tls.Config{ServerName: p.server.Host, MinVersion: tls.VersionTLS12})}
	if p.server.TLS {
		options = append(options, gomail.WithSSL())
	}
	if p.server.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(p.server.User), gomail.WithPassword(p.server.Password))
	}
	return options
}

func (p *Post) message(letter Letter) (*gomail.Msg, error) {
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := message.To(letter.To); err != nil { // its text holds the address
		return nil, fmt.Errorf("%w: it is not an address", ErrRefused)
	}
	if err := message.FromFormat(p.server.Name, p.server.From); err != nil {
		return nil, fmt.Errorf("%w: the sender is not an address", ErrAway)
	}
	message.Subject(letter.Subject)
	message.SetMessageIDWithValue(letter.ID)
	message.SetDateWithValue(letter.At)
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	if letter.Unsubscribe != "" {
		message.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+letter.Unsubscribe+">")
		message.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	message.SetBodyString(gomail.TypeTextPlain, letter.Text)
	message.AddAlternativeString(gomail.TypeTextHTML, letter.HTML)
	for _, file := range letter.Files {
		message.AttachReadSeeker(file.Name, bytes.NewReader(file.Body), gomail.WithFileContentType(gomail.ContentType(file.MediaType)))
	}
	return message, nil
}
