package notice_test

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

// peer is a mail server whose manners a test chooses.
type peer struct {
	address string
	shut    func()
	mutex   sync.Mutex
	got     []received // accepted, or read to the end and then cut off
	asked   int        // recipients
	rcpt    func(asked int, to string) error
	data    func(c *smtp.Conn, count int) error // after the whole letter
}

type received struct {
	to     string
	letter *netmail.Message
	body   string
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

func newPeer(t testing.TB) *peer {
	t.Helper()
	p := &peer{}
	p.open(t, "127.0.0.1:0", "")
	return p
}

// open lets the peer listen, as after an outage.
func (p *peer) open(t testing.TB, address, banner string) {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(p)
	server.Domain = "surat.example"
	p.address = listener.Addr().String()
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(rudeListener{listener, banner}) }() // ends with Close
	p.shut = func() { _, _ = server.Close(), listener.Close(); <-done }                 // the listener too: it may not serve yet
	t.Cleanup(p.shut)
}

// post is how the house reaches the peer; open lets it go without STARTTLS.
func (p *peer) post(t testing.TB, open bool) *mail.Post {
	t.Helper()
	address, err := net.ResolveTCPAddr("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	return mail.New(mail.Server{Host: "127.0.0.1", Port: address.Port, Open: open, From: "gaung@uji.example", Name: "Gaung"})
}

func (p *peer) NewSession(c *smtp.Conn) (smtp.Session, error) { return &talk{peer: p, conn: c}, nil }

func (p *peer) letters() []received {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return append([]received(nil), p.got...)
}

// talk is one connection.
type talk struct {
	peer *peer
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
	if s.peer.rcpt != nil {
		return s.peer.rcpt(s.peer.asked, to)
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
	s.peer.got = append(s.peer.got, received{s.to, letter, string(raw)})
	count, data := len(s.peer.got), s.peer.data
	s.peer.mutex.Unlock()
	if data != nil {
		return data(s.conn, count)
	}
	return nil
}
