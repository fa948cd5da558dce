package server

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/testdb"
	"gaung/internal/user"
)

// dial opens a connection to a site that listens for real.
func (s *site) dial() (net.Conn, *bufio.Reader) {
	s.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	go func() { _ = s.server.App().Listener(listener) }() // ends with the listener
	s.t.Cleanup(func() { _ = s.server.Shutdown(time.Second) })
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		s.t.Fatal(err)
	}
	if err := conn.SetDeadline(time.Now().Add(8 * time.Second)); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = conn.Close() })
	return conn, bufio.NewReader(conn)
}

// ask writes raw bytes and reads one answer; the status is 0 when none came.
func ask(t *testing.T, conn net.Conn, from *bufio.Reader, raw string) (status int, closed bool, text string) {
	t.Helper()
	if _, err := io.WriteString(conn, raw); err != nil {
		t.Logf("write: %v", err) // the answer may have come first
	}
	response, err := http.ReadResponse(from, nil)
	if err != nil {
		t.Logf("read: %v", err)
		return 0, true, ""
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return response.StatusCode, response.Close, string(body)
}

func head(path, token, length string) string {
	text := "POST " + path + " HTTP/1.1\r\nHost: gaung.test\r\nContent-Type: application/json\r\n" + length + "\r\n"
	if token != "" {
		text += "Authorization: Bearer " + token + "\r\n"
	}
	return text + "\r\n"
}

// What is too large is refused out of its heading: no more than the first 8 KB of the body are ever sent.
func TestTooLargeIsRefusedUnread(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, operator := s.bearer(s.Staff(org.Author)), s.bearer(s.Staff(org.Operator))
	roster := fmt.Sprintf("/api/v1/rosters?agency=%d&name=x.csv", s.Dinas.ID)
	for name, c := range map[string]struct {
		path, token, length string
		status              int
	}{
		"2 MB of JSON":                    {"/api/v1/contents", token, "Content-Length: 2097152", 413},
		"2 MB of JSON, not signed in":     {"/api/v1/contents", "", "Content-Length: 2097152", 401},
		"2 MB to a public route":          {"/api/v1/auth/login", "", "Content-Length: 2097152", 413},
		"32 MB by a stranger":             {roster, "", "Content-Length: 33554432", 401},
		"32 MB by who may not":            {roster, token, "Content-Length: 33554432", 403},
		"33 MB by an operator":            {roster, operator, "Content-Length: 34603008", 413},
		"to nowhere":                      {"/api/v1/tidak-ada", "", "Content-Length: 2097152", 404},
		"packed":                          {roster, operator, "Content-Encoding: gzip\r\nContent-Length: 33554432", 415},
		"parts of a form, not signed in":  {roster, "", "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 33554432", 401},
		"an upload that names no agency":  {"/api/v1/rosters", operator, "Content-Length: 33554432", 422},
		"pieces by a stranger, no length": {roster, "", "Transfer-Encoding: chunked", 401},
	} {
		conn, from := s.dialAgain(t)
		body := strings.Repeat("x", 8<<10) // what the server takes in together with the heading
		if strings.Contains(c.length, "chunked") {
			body = "200000\r\n" + strings.Repeat("x", 0x200000) + "\r\n"
		}
		status, closed, text := ask(t, conn, from, head(c.path, c.token, c.length)+body)
		if status != c.status || !closed {
			t.Errorf("%s: %d, closed %v, %s", name, status, closed, text)
		}
	}
}

func (s *site) dialAgain(t *testing.T) (net.Conn, *bufio.Reader) {
	t.Helper()
	if s.address == "" {
		conn, from := s.dial()
		s.address = conn.RemoteAddr().String()
		return conn, from
	}
	conn, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(8 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn, bufio.NewReader(conn)
}

// Chunks without an end are cut off after the limit.
func TestEndlessChunksAreCutOff(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.bearer(s.Staff(org.Author))
	conn, from := s.dialAgain(t)
	if _, err := io.WriteString(conn, head("/api/v1/contents", token, "Transfer-Encoding: chunked")); err != nil {
		t.Fatal(err)
	}
	go func() {
		piece := "10000\r\n" + strings.Repeat(" ", 0x10000) + "\r\n"
		for sent := 0; sent < 64<<20; sent += 0x10000 {
			if _, err := io.WriteString(conn, piece); err != nil {
				return
			}
		}
	}()
	if status, closed, text := ask(t, conn, from, ""); status != 413 || !closed {
		t.Errorf("%d, closed %v, %s", status, closed, text)
	}
}

// After a refusal the next request on the same connection is understood, and nothing of a body is ever
// taken for a request.
func TestConnectionStaysInStep(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.bearer(s.Staff(org.Author))
	smuggled := "GET /api/v1/about HTTP/1.1\r\nHost: gaung.test\r\n\r\n"
	for name, raw := range map[string]string{
		"a short body, not signed in":  head("/api/v1/contents", "", fmt.Sprintf("Content-Length: %d", len(smuggled))) + smuggled,
		"a body of 100 KB, refused":    head("/api/v1/contents", "", "Content-Length: 100000") + smuggled + strings.Repeat("x", 100000-len(smuggled)),
		"chunks, refused":              head("/api/v1/contents", "", "Transfer-Encoding: chunked") + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(smuggled), smuggled),
		"chunks, read":                 head("/api/v1/contents", token, "Transfer-Encoding: chunked") + "11\r\n{\"title\":\"Judul\"}\r\n0\r\n\r\n",
		"a body where none is awaited": strings.Replace(head("/api/v1/about", "", fmt.Sprintf("Content-Length: %d", len(smuggled))), "POST", "GET", 1) + smuggled,
		"an unknown address":           head("/api/v1/tidak-ada", "", fmt.Sprintf("Content-Length: %d", len(smuggled))) + smuggled,
	} {
		conn, from := s.dialAgain(t)
		if status, closed, text := ask(t, conn, from, raw); status == 0 || closed {
			t.Errorf("%s: %d, closed %v, %s", name, status, closed, text)
			continue
		}
		if status, _, text := ask(t, conn, from, "GET /healthz HTTP/1.1\r\nHost: gaung.test\r\n\r\n"); status != 200 || strings.Contains(text, "version") {
			t.Errorf("%s, then: %d %s", name, status, text)
		}
	}
}

// The whole way of a roster over HTTP, with real jobs: a NIP is in no answer, log, audit row or job.
func TestNIPIsNowhere(t *testing.T) {
	t.Parallel()
	const nip, second = "198703142011012901", "199506172023212904"
	d := testdb.Fresh(t)
	s := siteOn(t, d)
	var log bytes.Buffer
	s.server.log = slog.New(slog.NewTextHandler(&log, nil))
	registry := job.NewRegistry()
	s.Desk.Work(registry)
	told := make(chan struct{}, 9)
	job.Handle(registry, func(context.Context, user.PlacedJob) error { told <- struct{}{}; return nil })
	queue, err := job.New(d, registry, slog.New(slog.NewTextHandler(&log, nil)))
	if err == nil {
		err = queue.Start(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = queue.Stop(5 * time.Second) }()
	operator := s.as(s.Staff(org.Operator))
	text := "NIP;Nama;Unit\n'" + nip + ";Siti;" + s.Unit.Code + "\n" + second + ";Budi;" + s.Unit.Code + "\n"
	var all strings.Builder
	call := func(method, path string, input any, want int) reply {
		t.Helper()
		got := s.do(method, path, input, operator)
		if got.StatusCode != want {
			t.Fatalf("%s %s: %d %s", method, path, got.StatusCode, got.text)
		}
		all.WriteString(got.text + fmt.Sprint(got.Header))
		return got
	}
	upload := func(text string) string {
		t.Helper()
		got := s.do("POST", fmt.Sprintf("/api/v1/rosters?agency=%d&name=%s.csv", s.Dinas.ID, nip), nil, operator, func(r *http.Request) {
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
		})
		var made user.Roster
		got.into(t, &made)
		all.WriteString(got.text)
		path := fmt.Sprintf("/api/v1/rosters/%d", made.ID)
		call("PUT", path+"/mapping", map[string]any{"mapping": made.Mapping}, 200)
		s.await(path, "checked", operator)
		return path
	}
	faulty := upload(text + nip + ";Kembar;" + s.Unit.Code + "\n" + nip[:17] + "x;Salah;X\n")
	call("GET", faulty+"/errors", nil, 200)
	call("GET", faulty+"/errors.csv", nil, 200)
	call("POST", faulty+"/apply", nil, 409)
	call("DELETE", faulty, nil, 200)
	good := upload(text)
	call("GET", good, nil, 200)
	call("POST", good+"/apply", nil, 200)
	s.await(good, "applied", operator)
	select {
	case <-told:
	case <-time.After(20 * time.Second):
		t.Error("nobody was told that placements changed")
	}
	call("GET", "/api/v1/rosters", nil, 200)
	call("GET", "/api/v1/people", nil, 200)
	if found := call("POST", "/api/v1/people/find", map[string]any{"q": nip}, 200); !strings.Contains(found.text, "Siti") || strings.Contains(found.text, "Budi") {
		t.Errorf("%s", found.text)
	}
	rows, err := db.All[struct{ Text string }](t.Context(), d, `SELECT audit_log::text AS text FROM audit_log UNION ALL SELECT river_job::text FROM river.river_job
		UNION ALL SELECT roster::text FROM roster UNION ALL SELECT app_user::text FROM app_user UNION ALL SELECT roster_fault::text FROM roster_fault UNION ALL SELECT encode(sealed, 'escape') FROM user_nip`)
	if err != nil {
		t.Fatal(err)
	}
	all.WriteString(fmt.Sprint(rows) + log.String())
	for _, secret := range []string{nip, nip[:8], second, second[:8]} {
		if at := strings.Index(all.String(), secret); at >= 0 {
			t.Errorf("%q is in %q", secret, all.String()[max(0, at-80):at+30])
		}
	}
}

// await asks until an import has come so far.
func (s *site) await(path, state string, as func(*http.Request)) {
	s.t.Helper()
	var roster user.Roster
	for tick := time.NewTicker(20 * time.Millisecond); ; <-tick.C {
		s.do("GET", path, nil, as).into(s.t, &roster)
		if roster.State == state {
			tick.Stop()
			return
		}
		if roster.State == "failed" || s.t.Context().Err() != nil {
			s.t.Fatalf("%+v", roster)
		}
	}
}

// What stands in the body of a refused request is never taken for another request.
func TestABodyIsNeverTheNextRequest(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	body := strings.Repeat("A", 9000) + "\r\n\r\nGET /healthz HTTP/1.1\r\nHost: gaung.test\r\n\r\n"
	for _, method := range []string{"FOO", "BREW", "GET", "HEAD", "OPTIONS", "DELETE", "TRACE", "POST", "PUT", "PATCH"} {
		conn, from := s.dialAgain(t)
		raw := fmt.Sprintf("%s /api/v1/me HTTP/1.1\r\nHost: gaung.test\r\nContent-Length: %d\r\n\r\n%s", method, len(body), body)
		if _, err := io.WriteString(conn, raw); err != nil {
			t.Logf("write: %v", err)
		}
		first, err := http.ReadResponse(from, &http.Request{Method: method})
		if err != nil {
			t.Fatalf("%s: %v", method, err)
		}
		if _, err := io.Copy(io.Discard, first.Body); err != nil {
			t.Errorf("%s: %v", method, err)
		}
		if err := conn.SetDeadline(time.Now().Add(100 * time.Millisecond)); err != nil {
			t.Fatal(err)
		}
		if second, err := http.ReadResponse(from, nil); err == nil {
			t.Errorf("%s: a second answer, %s", method, second.Status)
		}
	}
}
