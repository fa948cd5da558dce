// Package mailtest is a real mail server for tests, whose manners they choose.
package mailtest

import (
	"bytes"
	"io"
	"net"
	netmail "net/mail"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"gaung/internal/mail"
)

// Peer is a mail server whose manners a test chooses.
type Peer struct {
	Address string
	Shut    func()
	Rcpt    func(asked int, to string) error    // nil: everybody lives here
	Data    func(c *smtp.Conn, count int) error // after the whole letter; nil: it is accepted
	mutex   sync.Mutex
	got     []Received
	asked   int
}

// Received is a letter that was accepted, or read to the end and then cut off.
type Received struct {
	To     string
	Letter *netmail.Message
	Body   string // the whole message
}

// rudeListener greets in many lines.
type rudeListener struct {
	net.Listener
	banner string
}

type rudeConn struct {
	net.Conn
	banner string
	once   sync.Once
}

func (l rudeListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil || l.banner == "" {
		return conn, err
	}
	return &rudeConn{Conn: conn, banner: l.banner}, nil
}

func (c *rudeConn) Write(p []byte) (int, error) {
	var err error
	c.once.Do(func() { _, err = io.WriteString(c.Conn, c.banner) })
	if err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

// New opens a peer.
func New(t testing.TB) *Peer {
	t.Helper()
	p := &Peer{}
	p.Open(t, "127.0.0.1:0", "")
	return p
}

// Open lets the peer listen, as after an outage.
func (p *Peer) Open(t testing.TB, address, banner string) {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(p)
	server.Domain = "surat.example"
	p.Address = listener.Addr().String()
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(rudeListener{listener, banner}) }() // ends with Close
	p.Shut = func() { _, _ = server.Close(), listener.Close(); <-done }                 // the listener too: it may not serve yet
	t.Cleanup(p.Shut)
}

// Post is how the house reaches the peer; open lets it go without STARTTLS.
func (p *Peer) Post(t testing.TB, open bool) *mail.Post {
	t.Helper()
	address, err := net.ResolveTCPAddr("tcp", p.Address)
	if err != nil {
		t.Fatal(err)
	}
	return mail.New(mail.Server{Host: "127.0.0.1", Port: address.Port, Open: open, From: "gaung@uji.example", Name: "Gaung"})
}

// NewSession is the library's.
func (p *Peer) NewSession(c *smtp.Conn) (smtp.Session, error) { return &talk{peer: p, conn: c}, nil }

// Asked is how many recipients were named.
func (p *Peer) Asked() int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.asked
}

// Letters are those that came so far.
func (p *Peer) Letters() []Received {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return append([]Received(nil), p.got...)
}

// talk is one connection.
type talk struct {
	peer *Peer
	conn *smtp.Conn
	to   string
}

func (s *talk) Reset()                               {}
func (s *talk) Logout() error                        { return nil }
func (s *talk) Mail(string, *smtp.MailOptions) error { return nil }

func (s *talk) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	s.peer.mutex.Lock()
	defer s.peer.mutex.Unlock()
	s.peer.asked++
	if s.peer.Rcpt != nil {
		return s.peer.Rcpt(s.peer.asked, to)
	}
	return nil
}

func (s *talk) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	letter, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	s.peer.mutex.Lock()
	s.peer.got = append(s.peer.got, Received{s.to, letter, string(raw)})
	count, data := len(s.peer.got), s.peer.Data
	s.peer.mutex.Unlock()
	if data != nil {
		return data(s.conn, count)
	}
	return nil
}
