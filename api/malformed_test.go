package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// malformed is how many requests are sent; 100,000 take about a minute.
var malformed = flag.Int("malformed", 4000, "number of malformed requests")

// nonsense draws requests that no client would send, on every route of the API document.
type nonsense struct {
	*rand.Rand
	routes []string // "POST /api/v1/…"
	tokens []string
}

var (
	values = []string{"", "0", "-1", "1", "2", "99999999999999999999", "2147483648", "NaN", "null", "true", "[]", "{}", "%00", "%ff%fe", "../../etc/passwd",
		"' OR 1=1 --", "${jndi:x}", "\u202e\u200b", strings.Repeat("A", 3000), "1e309", "2026-13-45", "9999999-01-01", "%F0%9F%98%80", "a\x1fb", "AAAA", "week", "2026-W99"}
	bodies = []string{"", "{", "[]", "null", "0", `"x"`, `{"title":`, `{"title":null}`, `{"title":{"a":[1,2,{}]}}`, `{"identifier":1,"password":[]}`,
		`{"version":1e400}`, `{"version":-9223372036854775809}`, `{"publish_at":"0000-00-00"}`, `{"targets":[null,"x",1e99]}`, "\x00\xff\xfe", `{"title":"\u0000"}`,
		`{"title":"` + strings.Repeat("x", 70_000) + `"}`, strings.Repeat("[", 20_000), `{"a":` + strings.Repeat(`{"a":`, 5_000) + "1", `{"channel":"whatsapp","caption":-5}`,
		`{"captions":["` + strings.Repeat(`","`, 3_000) + `"]}`, `{"title":"x","title":"y"}`, `{"ends_at":"10000-01-01T00:00:00Z"}`, `{"reason":"` + "\xc3\x28" + `"}`}
	headerNames  = []string{"Content-Type", "Accept", "Accept-Encoding", "Idempotency-Key", "X-Forwarded-For", "Origin", "Sec-Fetch-Site", "Authorization", "Cookie", "Range", "If-None-Match", "Sec-Purpose", "User-Agent"}
	headerValues = []string{"", "application/json", "text/csv", "multipart/form-data", "application/json; charset=utf-16", "gzip", "\xff\xfe", strings.Repeat("x", 2000), "bytes=0-1,2-3,999999999999-", "Bearer ", "Bearer a.b.c", "gaung_access=x; gaung_refresh=y", "127.0.0.1, ::1, , x", "null", "cross-site", `W/"x", *`, "prefetch;prerender"}
)

func (n *nonsense) pick(list []string) string { return list[n.IntN(len(list))] }

// request is one that Go's own client can still send.
func (n *nonsense) request(base string) (*http.Request, error) {
	method, path, _ := strings.Cut(n.pick(n.routes), " ")
	for strings.Contains(path, "{") {
		from, to := strings.Index(path, "{"), strings.Index(path, "}")
		path = path[:from] + url.PathEscape(n.pick(values)) + path[to+1:]
	}
	var query []string
	for range n.IntN(4) {
		query = append(query, n.pick([]string{"after", "limit", "agency", "period", "from", "to", "format", "state", "parent", "q", "filter"})+"="+url.QueryEscape(n.pick(values)))
	}
	if n.IntN(8) == 0 {
		method = n.pick([]string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO"})
	}
	r, err := http.NewRequest(method, base+path+"?"+strings.Join(query, "&"), strings.NewReader(n.pick(bodies)))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if token := n.pick(n.tokens); token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for range n.IntN(3) {
		if value := n.pick(headerValues); !strings.Contains(value, "\xff") {
			r.Header.Set(n.pick(headerNames), value)
		}
	}
	return r, nil
}

// raw is what is not even HTTP.
func (n *nonsense) raw() []byte {
	wire := []string{"GET / HTTP/1.1\r\n\r\n", "GET\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00", "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
		"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", "GET /s/" + strings.Repeat("a", 20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
		"GET / HTTP/9.9\r\nHost: x\r\n\r\n", "POST /api/v1/contents HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /",
		"GET / HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("A: b\r\n", 3000) + "\r\n", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n{}", "GET / HTTP/1.1\nHost: x\n\n"}
	text := []byte(n.pick(wire))
	for range n.IntN(4) {
		text[n.IntN(len(text))] = byte(n.IntN(256))
	}
	return text
}

// rss is the memory that a process holds, in MiB.
func rss(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			kib, err := strconv.Atoi(fields[1])
			if err != nil {
				t.Fatal(err)
			}
			return kib / 1024
		}
	}
	return 0
}

// However requests are bent, the fault is never ours, and nothing piles up.
func TestMalformedRequestsAreTheirOwnFault(t *testing.T) {
	t.Parallel()
	p := newPlant(t)
	p.start()
	document, err := command(t, map[string]string{}, "openapi")
	if err != nil {
		t.Fatal(err)
	}
	var api struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal([]byte(document), &api); err != nil {
		t.Fatal(err)
	}
	var routes []string
	for path, methods := range api.Paths {
		for method := range methods {
			if path != "/api/v1/auth/logout" { // it would end the sessions of the others
				routes = append(routes, strings.ToUpper(method)+" "+path)
			}
		}
	}
	slices.Sort(routes)
	tokens := []string{"", p.token("asn1"), p.token("admin"), p.token("humas"), p.token("penulis"), p.token("pimpinan"), p.token("operator")}
	p.send(routes, tokens, *malformed/4) // until every cache is as large as it gets
	before := rss(t, p.process.Process.Pid)
	statuses := p.send(routes, tokens, *malformed)
	after := rss(t, p.process.Process.Pid)
	t.Logf("%d requests on %d routes: %v; memory %d MiB → %d MiB", *malformed, len(routes), statuses, before, after)
	if after > before+before/2+32 {
		t.Errorf("memory grew from %d to %d MiB", before, after)
	}
	if statuses[2] == 0 || statuses[4] < *malformed/2 {
		t.Errorf("too few were refused to prove anything: %v", statuses)
	}
}

// send fires from several connections and counts the classes of status; a 5xx is a failure.
func (p *plant) send(routes, tokens []string, count int) map[int]int {
	p.t.Helper()
	const workers = 8
	statuses := map[int]int{}
	var lock sync.Mutex
	var wait sync.WaitGroup
	client := &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for worker := range workers {
		wait.Go(func() {
			n := &nonsense{rand.New(rand.NewPCG(7, uint64(worker))), routes, tokens}
			for range count / workers {
				status, what := p.fire(client, n)
				lock.Lock()
				statuses[status/100]++
				lock.Unlock()
				if status >= http.StatusInternalServerError {
					p.t.Errorf("%d: %s", status, what)
				}
			}
		})
	}
	wait.Wait()
	return statuses
}

// fire sends one request and answers its status; 0 when the server only closed the connection.
func (p *plant) fire(client *http.Client, n *nonsense) (status int, what string) {
	if n.IntN(10) == 0 {
		text := n.raw()
		return p.fireRaw(text), fmt.Sprintf("%.200q", text)
	}
	request, err := n.request("http://" + p.address)
	if err != nil {
		return 0, ""
	}
	sent, err := io.ReadAll(request.Body)
	if err != nil {
		return 0, ""
	}
	request.Body = io.NopCloser(bytes.NewReader(sent))
	what = fmt.Sprintf("%s %.300s %.200q %v", request.Method, request.URL, sent, request.Header)
	answer, err := client.Do(request)
	if err != nil {
		return 0, what
	}
	text, _ := io.ReadAll(answer.Body) // a cut answer has its status already
	_ = answer.Body.Close()            // it has been read
	return answer.StatusCode, fmt.Sprintf("%s\n%.300s", what, text)
}

func (p *plant) fireRaw(text []byte) int {
	conn, err := net.DialTimeout("tcp", p.address, 5*time.Second)
	if err != nil {
		return http.StatusInternalServerError // it no longer listens
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(300 * time.Millisecond)); err != nil { // it may wait for more that never comes
		return 0
	}
	if _, err := conn.Write(text); err != nil {
		return 0
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close() // only the status is wanted
	return answer.StatusCode
}
