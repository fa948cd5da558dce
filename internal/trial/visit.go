package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// asked is what came of one request.
type asked struct {
	step   string // method and path, with its places
	took   time.Duration
	late   time.Duration // sent after it was due: the generator had no time
	fault  string
	onward bool // its answer is made by the program; false: a file
}

// visit is one person who takes one path.
type visit struct {
	base, origin string
	client       *http.Client
	identifier   string
	address      string
	walk         walk

	mu       sync.Mutex
	me       int
	agency   int
	cards    []int
	pictures []string
	cursor   string
	tags     map[string]string
}

func (m *morning) visitor(n int) (*visit, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	return &visit{base: "http://" + m.g.address, origin: publicURL, client: &http.Client{Transport: m.lines, Jar: jar, Timeout: 30 * time.Second},
		identifier: fmt.Sprintf("pegawai%d@uji.example", n), address: addressOf(n), tags: map[string]string{}}, nil
}

// addressOf is a phone's own for two of three people, and that of an office for the third.
func addressOf(n int) string {
	if n%3 == 0 {
		return fmt.Sprintf("12.0.%d.1", n/3%200)
	}
	return fmt.Sprintf("11.%d.%d.%d", n>>16&255, n>>8&255, n&255)
}

// night signs in and lets the pass run out; the session stays, as it does until the morning.
func (v *visit) night(ctx context.Context) error {
	login := step{Method: http.MethodPost, Path: "/api/v1/auth/login", Status: http.StatusOK, Body: loginBody}
	if got := v.ask(ctx, login); got.fault != "" {
		return fmt.Errorf("sign in: %s", got.fault)
	}
	home, err := url.Parse(v.base + "/")
	if err != nil {
		return err
	}
	v.client.Jar.SetCookies(home, []*http.Cookie{{Name: "gaung_access", Path: "/", MaxAge: -1}})
	return nil
}

const loginBody = `{"identifier":"{identifier}","password":"` + password + `"}`

// take walks the path: a request goes out at its recorded moment, but not before those were answered that the
// browser had waited for.
func (v *visit) take(ctx context.Context, tell func(asked)) {
	began := time.Now()
	steps := v.walk.steps
	done := make([]chan struct{}, len(steps))
	var all sync.WaitGroup
	for i := range steps {
		done[i] = make(chan struct{})
		all.Go(func() {
			defer close(done[i])
			due := began.Add(time.Duration(steps[i].At) * time.Millisecond)
			for j := range i {
				if steps[j].End <= steps[i].At {
					<-done[j]
				}
			}
			due = later(due, time.Now())
			if !until(ctx, due) {
				return
			}
			late := time.Since(due)
			got := v.ask(ctx, steps[i])
			got.late = late
			tell(got)
		})
	}
	all.Wait()
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// until waits for a moment; false: the run ended before.
func until(ctx context.Context, at time.Time) bool {
	timer := time.NewTimer(time.Until(at))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// ask sends one request and reads its whole answer.
func (v *visit) ask(ctx context.Context, s step) (got asked) {
	got = asked{step: s.Method + " " + strings.SplitN(s.Path, "?", 2)[0], onward: strings.HasPrefix(s.Path, "/api/")}
	request, err := v.request(ctx, s)
	if err != nil {
		got.fault = err.Error()
		return got
	}
	began := time.Now()
	answer, err := v.client.Do(request)
	if err != nil {
		got.fault = err.Error()
		return got
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	got.took = time.Since(began)
	if err != nil {
		got.fault = err.Error()
		return got
	}
	if !same(answer.StatusCode, s.Status) {
		var problem struct{ Title string }
		_ = json.Unmarshal(text, &problem) // a fault without a title is one all the same
		got.fault = fmt.Sprintf("%d instead of %d %s", answer.StatusCode, s.Status, problem.Title)
		return got
	}
	if err := v.learn(s, answer, text); err != nil {
		got.fault = err.Error()
	}
	return got
}

// same: whether an answer is known already depends on what happened meanwhile.
func same(got, want int) bool {
	known := func(status int) bool { return status == http.StatusOK || status == http.StatusNotModified }
	return got == want || known(got) && known(want)
}

var place = regexp.MustCompile(`\{(\w+)(?: (\d+))?\}`)

func (v *visit) request(ctx context.Context, s step) (*http.Request, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	fill := func(text string) string { return place.ReplaceAllStringFunc(text, v.fill) }
	request, err := http.NewRequestWithContext(ctx, s.Method, v.base+fill(s.Path), strings.NewReader(fill(s.Body)))
	if err != nil {
		return nil, err
	}
	h := request.Header
	h.Set("User-Agent", agentOf(3))
	h.Set("X-Forwarded-For", v.address)
	h.Set("Accept-Encoding", "gzip")
	if s.Body != "" {
		h.Set("Content-Type", "application/json")
	}
	if s.Method != http.MethodGet {
		h.Set("Origin", v.origin)
		h.Set("Sec-Fetch-Site", "same-origin")
	}
	if s.Key {
		h.Set("Idempotency-Key", fmt.Sprintf("%s-%d-%s", v.identifier, s.At, s.Path))
	}
	if s.As {
		h.Set("X-Gaung-As", strconv.Itoa(v.me))
	}
	if s.Known {
		tag := v.tags[s.Path]
		if tag == "" {
			tag = `"of-yesterday"`
		}
		h.Set("If-None-Match", tag)
	}
	return request, nil
}

// fill gives what stands in a place for this person.
func (v *visit) fill(name string) string {
	parts := place.FindStringSubmatch(name)
	n, _ := strconv.Atoi(parts[2]) // no number is the first
	switch {
	case parts[1] == "identifier":
		return v.identifier
	case parts[1] == "agency":
		return strconv.Itoa(v.agency)
	case parts[1] == "cursor":
		return v.cursor
	case parts[1] == "card" && len(v.cards) > 0:
		return strconv.Itoa(v.cards[n%len(v.cards)])
	case parts[1] == "picture" && len(v.pictures) > 0:
		return v.pictures[n%len(v.pictures)]
	}
	return name
}

var pictureName = regexp.MustCompile(`/media/([0-9a-f]{64}\.\w+)`)

// learn keeps what later steps of the path need.
func (v *visit) learn(s step, answer *http.Response, text []byte) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if tag := answer.Header.Get("ETag"); tag != "" {
		v.tags[s.Path] = tag
	}
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(s.Path, "/api/v1/me") && !strings.HasPrefix(s.Path, "/api/v1/feed?") {
		return nil
	}
	if answer.Header.Get("Content-Encoding") == "gzip" {
		r, err := gzip.NewReader(bytes.NewReader(text))
		if err != nil {
			return err
		}
		if text, err = io.ReadAll(r); err != nil {
			return err
		}
	}
	if s.Path == "/api/v1/me" {
		return v.learnMe(text)
	}
	if !strings.HasPrefix(s.Path, "/api/v1/feed?") {
		return nil
	}
	var feed struct {
		Items []struct {
			ID int `json:"id"`
		} `json:"items"`
		Next string `json:"next"`
	}
	if err := json.Unmarshal(text, &feed); err != nil {
		return err
	}
	if len(feed.Items) == 0 {
		return fmt.Errorf("an empty feed")
	}
	for _, item := range feed.Items {
		v.cards = append(v.cards, item.ID)
	}
	for _, found := range pictureName.FindAllSubmatch(text, -1) {
		v.pictures = append(v.pictures, string(found[1]))
	}
	v.cursor = url.QueryEscape(feed.Next)
	return nil
}

func (v *visit) learnMe(text []byte) error {
	var me struct {
		ID   int `json:"id"`
		Path []struct {
			ID int `json:"id"`
		} `json:"path"`
	}
	if err := json.Unmarshal(text, &me); err != nil {
		return err
	}
	if len(me.Path) < 2 {
		return fmt.Errorf("nobody's path")
	}
	v.me, v.agency = me.ID, me.Path[len(me.Path)-2].ID
	return nil
}
