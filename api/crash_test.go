package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gaung/internal/caption"
	"gaung/internal/db"
	"gaung/internal/demo"
	"gaung/internal/testdb"
)

const kills = 20

// plant is the built binary on a database of its own, to be killed and started again.
type plant struct {
	t       *testing.T
	binary  string
	env     []string
	address string
	metrics string // where Prometheus is served
	process *exec.Cmd
	log     bytes.Buffer // what it printed, since it was started
}

func newPlant(t *testing.T) *plant {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "gaung")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	address, metrics := freeAddress(t), freeAddress(t)
	p := &plant{t: t, binary: binary, address: address, metrics: metrics}
	world := demoEnv(t)
	p.env = append(os.Environ(), "DATABASE_URL="+world["DATABASE_URL"], "GAUNG_DATA_DIR="+world["GAUNG_DATA_DIR"], "GAUNG_ADDR="+address, "GAUNG_METRICS_ADDR="+metrics,
		"GAUNG_PUBLIC_URL=http://"+address, "GAUNG_TRUSTED_PROXIES=127.0.0.1", "GAUNG_RATE_FACTOR=0")
	t.Cleanup(p.kill)
	return p
}

// freeAddress is a port that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	return free.Addr().String()
}

// start waits for the first 200 and tells how long it took.
func (p *plant) start() time.Duration {
	p.t.Helper()
	p.process = exec.Command(p.binary, "serve", "--demo")
	p.process.Env = p.env
	p.log.Reset()
	p.process.Stdout, p.process.Stderr = &p.log, &p.log
	began := time.Now()
	if err := p.process.Start(); err != nil {
		p.t.Fatal(err)
	}
	for time.Since(began) < time.Minute {
		if response, err := http.Get("http://" + p.address + "/readyz"); err == nil {
			_ = response.Body.Close() // nothing in it is wanted
			if response.StatusCode == http.StatusOK {
				return time.Since(began)
			}
		}
		<-time.After(5 * time.Millisecond)
	}
	p.t.Fatalf("not ready:\n%s", p.log.String())
	return 0
}

func (p *plant) kill() {
	if p.process != nil {
		_ = p.process.Process.Kill() // SIGKILL; it may be gone already
		_ = p.process.Wait()         // it was killed
	}
}

// call answers the status and the body; status 0 means that no answer came.
func (p *plant) call(method, path, token string, input any, headers ...string) (int, []byte) {
	var sent io.Reader
	if input != nil {
		text, err := json.Marshal(input)
		if err != nil {
			p.t.Error(err)
		}
		sent = bytes.NewReader(text)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, "http://"+p.address+path, sent)
	if err != nil {
		p.t.Error(err)
		return 0, nil
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultTransport.RoundTrip(request) // it follows no redirect
	if err != nil {
		return 0, nil
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, nil
	}
	return response.StatusCode, text
}

func (p *plant) token(local string) string {
	p.t.Helper()
	status, text := p.call("POST", "/api/v1/auth/token", "", map[string]string{"identifier": local + "@nusaarunika.example", "password": demo.Password})
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(text, &answer); err != nil || status != http.StatusOK {
		p.t.Fatalf("sign in %s: %d %s", local, status, text)
	}
	return answer.AccessToken
}

// must is a call that has to succeed, answering the JSON's id.
func (p *plant) must(method, path, token string, input any) int64 {
	p.t.Helper()
	status, text := p.call(method, path, token, input)
	if status >= 300 || status == 0 {
		p.t.Fatalf("%s %s: %d %s", method, path, status, text)
	}
	return idOf(text)
}

func idOf(text []byte) int64 {
	var answer struct {
		ID int64 `json:"id"`
	}
	_ = json.Unmarshal(text, &answer) // a wrong body gives 0, which no test expects
	return answer.ID
}

// promise is what the server has said is done.
type promises struct {
	mu        sync.Mutex
	published map[int64]bool
	shares    map[string]int64 // idempotency key → act
	links     []string
	clicks    atomic.Int64 // answered with 302
	tries     atomic.Int64 // clicks that were sent
}

// Twenty SIGKILLs at random moments of publish, share and click: nothing that was answered is lost, and
// nothing is there twice.
func TestNothingIsLostOrDoubledOverKills(t *testing.T) {
	t.Parallel()
	p := newPlant(t)
	p.start()
	author, publisher := p.token("penulis"), p.token("humas")
	approvers := []string{p.token("penyetuju"), p.token("kadis")} // each decides a step
	sharers := []string{p.token("asn1"), p.token("asn2"), p.token("asn6")}
	waiting := make(chan int64, 200)
	for range kills {
		waiting <- p.approved(author, approvers)
	}
	done := &promises{published: map[int64]bool{}, shares: map[string]int64{}}
	before := p.stored()
	for range kills {
		p.disturb(done, waiting, publisher, sharers)
		p.start()
	}
	p.settle(done)
	p.waitShipped()
	p.check(done, before)
}

// approved makes an item that only has to be published.
func (p *plant) approved(author string, approvers []string) int64 {
	p.t.Helper()
	item := p.must("POST", "/api/v1/contents", author, map[string]any{
		"title": "Uji tahan mati", "summary": "Ringkasan.", "body": "Isi.", "kind": "pengumuman", "pillar": "product", "stage": "akan",
		"topic": "layanan_publik", "classification": "terbuka", "captions": caption.Plain("satu", "dua", "tiga"), "targets": []int64{2}}) // the province
	p.must("POST", fmt.Sprintf("/api/v1/contents/%d/submit", item), author, nil)
	for i, approver := range approvers {
		p.must("POST", fmt.Sprintf("/api/v1/contents/%d/approve", item), approver, map[string]any{"version": 1, "step": i + 1})
	}
	return item
}

// disturb works for a random while and kills the process in the middle of it.
func (p *plant) disturb(done *promises, waiting chan int64, publisher string, sharers []string) {
	stop := make(chan struct{})
	var wait sync.WaitGroup
	work := func(one func()) {
		wait.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					one()
				}
			}
		})
	}
	work(func() { p.publishOne(done, waiting, publisher) })
	for i, token := range sharers {
		work(func() { p.shareOne(done, token, fmt.Sprintf("k-%d-%d", i, rand.Uint64())) })
	}
	for range 4 {
		work(func() { p.clickOne(done) })
	}
	<-time.After(time.Duration(40+rand.IntN(260)) * time.Millisecond)
	p.kill()
	close(stop)
	wait.Wait()
}

func (p *plant) publishOne(done *promises, waiting chan int64, publisher string) {
	select {
	case item := <-waiting:
		status, _ := p.call("POST", fmt.Sprintf("/api/v1/contents/%d/publish", item), publisher, nil)
		done.mu.Lock()
		defer done.mu.Unlock()
		if status == http.StatusOK || status == http.StatusConflict { // conflict: the answer was lost, the deed was not
			done.published[item] = true
		} else {
			waiting <- item
		}
	default:
	}
}

func (p *plant) shareOne(done *promises, token, key string) {
	done.mu.Lock()
	var item int64 = 2 // live from the start
	for published := range done.published {
		item = published // any of them
		break
	}
	done.mu.Unlock()
	path, input := fmt.Sprintf("/api/v1/contents/%d/shares", item), map[string]any{"channel": "whatsapp"}
	status, text := p.call("POST", path, token, input, "Idempotency-Key", key)
	if status != http.StatusCreated {
		return
	}
	var answer struct {
		ID  int64  `json:"id"`
		URL string `json:"url"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		p.t.Error(err)
	}
	done.mu.Lock()
	defer done.mu.Unlock()
	done.shares[key] = answer.ID
	done.links = append(done.links, answer.URL[strings.Index(answer.URL, "/s/"):])
}

func (p *plant) clickOne(done *promises) {
	done.mu.Lock()
	link := ""
	if len(done.links) > 0 {
		link = done.links[rand.IntN(len(done.links))]
	}
	done.mu.Unlock()
	if link == "" {
		return
	}
	visitor := fmt.Sprintf("2001:db8:%x:%x::1", rand.IntN(1<<16), rand.IntN(1<<16))
	done.tries.Add(1)
	status, _ := p.call("GET", link, "", nil, "X-Forwarded-For", visitor, "User-Agent",
		fmt.Sprintf("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1%d.0.0.0 Mobile Safari/537.36", rand.IntN(40)))
	if status == http.StatusFound {
		done.clicks.Add(1)
	}
}

// settle asks again for each key: the same key must give the same act.
func (p *plant) settle(done *promises) {
	if len(done.shares) == 0 || len(done.published) == 0 || done.clicks.Load() == 0 {
		p.t.Fatalf("nothing was disturbed: %d shares, %d published, %d clicks", len(done.shares), len(done.published), done.clicks.Load())
	}
}

// waitShipped waits until no click waits in a journal any more.
func (p *plant) waitShipped() {
	p.t.Helper()
	for began := time.Now(); time.Since(began) < time.Minute; <-time.After(100 * time.Millisecond) {
		response, err := http.Get("http://" + p.metrics + "/metrics")
		if err != nil {
			p.t.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		if err = errors.Join(err, response.Body.Close()); err != nil {
			p.t.Fatal(err)
		}
		if strings.Contains(string(text), "\ngaung_journal_depth 0\n") {
			return
		}
	}
	p.t.Fatalf("clicks still wait in the journal:\n%s", p.log.String())
}

// sums are what the database holds.
type sums struct {
	Live, Published, Acts, Requests, Clicks, Rolled, Points, Ledger, People, Places int64
}

func (p *plant) stored() sums {
	p.t.Helper()
	url := ""
	for _, pair := range p.env {
		if found, ok := strings.CutPrefix(pair, "DATABASE_URL="); ok {
			url = found
		}
	}
	d := testdb.Open(p.t, url, time.Now)
	found, err := db.Get[sums](p.t.Context(), d, `SELECT
		(SELECT count(*) FROM content WHERE state = 'live') AS live,
		(SELECT count(*) FROM audit_log WHERE action = 'content.publish') AS published,
		(SELECT count(*) FROM act WHERE kind = 'share') AS acts,
		(SELECT count(*) FROM act_request) AS requests,
		(SELECT count(*) FROM click WHERE verdict::int4 = 1) AS clicks,
		(SELECT sum(people) FROM rollup_node_day WHERE node_id = 1) AS rolled,
		(SELECT sum(points) FROM score WHERE period < 1000000) AS points,
		(SELECT sum(amount) FROM ledger WHERE kind = 'people_reached') AS ledger,
		(SELECT count(*) FROM score WHERE period < 1000000 AND points > 0) AS people,
		(SELECT sum(n) FROM hist WHERE abs(scope) = 1 AND period < 1000000) AS places`)
	if err != nil {
		p.t.Fatal(err)
	}
	return found
}

func (p *plant) check(done *promises, before sums) {
	p.t.Helper()
	after := p.stored()
	answered, sent := done.clicks.Load(), done.tries.Load()
	p.t.Logf("%d kills: %d published, %d share answers, %d clicks answered of %d sent; stored %+v", kills, len(done.published), len(done.shares), answered, sent, after)
	if live := after.Live - before.Live; live < int64(len(done.published)) || after.Published-before.Published != live {
		p.t.Errorf("%d published, %d live, %d recorded", len(done.published), live, after.Published-before.Published)
	}
	acts := map[int64]bool{}
	for _, act := range done.shares {
		acts[act] = true
	}
	if int64(len(acts)) > after.Acts-before.Acts+3 || after.Requests < int64(len(done.shares)) {
		p.t.Errorf("%d different acts answered, %d stored, %d keys of %d", len(acts), after.Acts-before.Acts, after.Requests, len(done.shares))
	}
	if stored := after.Clicks - before.Clicks; stored < answered || stored > sent {
		p.t.Errorf("%d clicks stored, %d answered, %d sent", stored, answered, sent)
	}
	if after.Clicks != after.Rolled || after.Clicks != after.Points || after.Clicks != after.Ledger || after.People != after.Places {
		p.t.Errorf("the sums differ: %+v", after)
	}
}
