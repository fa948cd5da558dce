package server

import (
	"bufio"
	"context"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/score"
)

// Bounds of streams. What dies without a word is found by the next heartbeat; a long one begins anew, so that no
// replica keeps them all.
const (
	mostStreams   = 5_000 // of this process
	mostOfPerson  = 4     // tabs and devices
	heartbeat     = 25 * time.Second
	longestStream = 15 * time.Minute
	flushPatience = 10 * time.Second
)

// streams counts those that are open.
type streams struct {
	ended chan struct{} // closed when the server drains

	mu     sync.Mutex
	all    int
	people map[id.User]int
}

func newStreams() *streams { return &streams{ended: make(chan struct{}), people: map[id.User]int{}} }

// enter takes a place, or refuses: the client asks from time to time instead.
func (s *streams) enter(person id.User) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= mostStreams || s.people[person] >= mostOfPerson {
		return errs.New(errs.TooMany, "Papan langsung sedang penuh. Papan tetap diperbarui dari waktu ke waktu.")
	}
	s.all++
	s.people[person]++
	return nil
}

func (s *streams) leave(person id.User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.people[person]--; s.people[person] == 0 {
		delete(s.people, person)
	}
}

// liveBoard tells by events that a board may have changed; what is on it the client asks as always.
func (s *Server) liveBoard(c *fiber.Ctx) error {
	if !strings.Contains(c.Get(fiber.HeaderAccept), "text/event-stream") {
		return fiber.ErrNotAcceptable
	}
	person := actorOf(c.UserContext()).User
	changed, stop, err := s.score.Watch(c.UserContext(), actorOf(c.UserContext()), score.Query{Agency: id.Agency(c.QueryInt("agency")), Period: c.Query("period")})
	if err != nil {
		return err
	}
	if err := s.streams.enter(person); err != nil {
		stop()
		return err
	}
	c.Set(fiber.HeaderContentType, "text/event-stream")
	c.Set(fiber.HeaderCacheControl, "no-store, no-transform")
	c.Set("X-Accel-Buffering", "no") // a proxy must pass on each event as it comes
	token, conn := accessToken(c), c.Context().Conn()
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer s.streams.leave(person)
		defer stop()
		s.stream(w, conn, token, changed)
	})
	return nil
}

// stream writes until the client goes, the session ends, or the server does.
func (s *Server) stream(w *bufio.Writer, conn net.Conn, token string, changed <-chan struct{}) {
	beat, end := time.NewTicker(heartbeat), time.NewTimer(longestStream)
	defer beat.Stop()
	defer end.Stop()
	for text := "retry: 5000\n: halo\n\n"; ; {
		if conn.SetWriteDeadline(time.Now().Add(flushPatience)) != nil {
			return
		}
		if _, err := w.WriteString(text); err != nil || w.Flush() != nil {
			return
		}
		select {
		case <-changed:
			text = "event: changed\ndata: {}\n\n"
		case <-beat.C:
			if text = ": ada\n\n"; !s.stillSignedIn(token) {
				return
			}
		case <-end.C:
			return
		case <-s.streams.ended:
			return
		}
	}
}

func (s *Server) stillSignedIn(token string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	_, err := s.auth.Verify(ctx, token)
	return errs.CodeOf(err) != errs.Unauthenticated
}
