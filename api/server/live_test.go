package server

import (
	"bufio"
	"context"
	"flag"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/score"
	"gaung/internal/testdb"
)

// listen serves the site on a port of its own: a stream needs a connection.
func (s *site) listen() string {
	s.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.server.App().Listener(listener) }()
	s.t.Cleanup(func() {
		s.server.Drain()
		if err := s.server.Shutdown(5 * time.Second); err != nil {
			s.t.Error(err)
		}
		<-done
	})
	return "http://" + listener.Addr().String()
}

// open asks for a stream.
func openStream(ctx context.Context, t testing.TB, address string, as func(*http.Request)) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/api/v1/leaderboards/live?period=month", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "text/event-stream")
	request.Header.Set("Accept-Encoding", "gzip, br")
	as(request)
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// reach lets somebody reach one person.
func (s *site) reach(actor org.Actor) {
	s.t.Helper()
	one := click.Counted{Verdict: click.Valid, Delta: 1, Day: period.DayOf(2026, 11, 22), Content: 1, User: actor.User, Channel: click.WhatsApp, Unit: actor.Unit, Agency: actor.Agency, Path: actor.Path}
	if err := s.DB.Tx(s.t.Context(), func(tx *db.Tx) error { return score.Post(s.t.Context(), tx, []click.Counted{one}) }); err != nil {
		s.t.Error(err)
	}
}

// A stream is not packed, says hello at once, tells of a change, and ends when the server drains; a person has a few.
func TestALiveBoard(t *testing.T) {
	t.Parallel()
	s := siteOn(t, testdb.Fresh(t))
	address, actor := s.listen(), s.Staff()
	as := s.as(actor)
	answer := openStream(t.Context(), t, address, as)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" || answer.Header.Get("Content-Encoding") != "" || answer.Header.Get("X-Accel-Buffering") != "no" {
		t.Fatalf("%d %v", answer.StatusCode, answer.Header)
	}
	lines := make(chan string)
	go func() {
		defer close(lines)
		for in := bufio.NewScanner(answer.Body); in.Scan(); {
			lines <- in.Text()
		}
	}()
	if first := <-lines; first != "retry: 5000" {
		t.Errorf("hello: %q", first)
	}
	for told := false; !told; {
		s.reach(actor)
		select {
		case line := <-lines:
			told = line == "event: changed"
		case <-time.After(200 * time.Millisecond):
		}
	}
	var more []*http.Response
	for range mostOfPerson {
		more = append(more, openStream(t.Context(), t, address, as))
	}
	for i, one := range more {
		defer one.Body.Close()
		if want := map[bool]int{false: http.StatusOK, true: http.StatusTooManyRequests}[i == mostOfPerson-1]; one.StatusCode != want {
			t.Errorf("stream %d: %d", i+2, one.StatusCode)
		}
	}
	if got := s.do("GET", "/api/v1/leaderboards/live", nil, as); got.StatusCode != http.StatusNotAcceptable {
		t.Errorf("without asking for events: %d", got.StatusCode)
	}
	s.server.Drain()
	for range lines { // it ends
	}
}

var benchStreams = flag.Int("streams", 1000, "how many streams the benchmark opens")

// BenchmarkStreams holds many streams for 20 seconds in which a board changes twice a second, and tells what of
// one core that took, with the reading of the events by this same process in it.
func BenchmarkStreams(b *testing.B) {
	s := siteOn(b, testdb.Fresh(b))
	s.server.limiter = newLimiter(0)
	address := s.listen()
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	events := make(chan struct{}, 1<<20)
	var actor org.Actor
	for n := range *benchStreams {
		if n%mostOfPerson == 0 {
			actor = s.Staff()
		}
		answer := openStream(ctx, b, address, s.as(actor))
		if answer.StatusCode != http.StatusOK {
			b.Fatal(answer.Status)
		}
		go func() {
			defer answer.Body.Close()
			for in := bufio.NewScanner(answer.Body); in.Scan(); {
				if strings.HasPrefix(in.Text(), "event") {
					events <- struct{}{}
				}
			}
		}()
	}
	for b.Loop() {
		began, used := time.Now(), cpu()
		for time.Since(began) < 20*time.Second {
			s.reach(actor)
			time.Sleep(500 * time.Millisecond)
		}
		b.ReportMetric(100*(cpu()-used).Seconds()/time.Since(began).Seconds(), "%core")
		b.ReportMetric(float64(len(events))/time.Since(began).Seconds(), "events/s")
	}
}

// cpu is what this process has used.
func cpu() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
