package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gaung/internal/testdb"
)

// replica is one of several processes on one database.
type replica struct {
	address string
	process *exec.Cmd
	ready   atomic.Bool
}

func (r *replica) start(t *testing.T, binary string, env []string) {
	t.Helper()
	r.process = exec.Command(binary, "serve")
	r.process.Env = append(env, "GAUNG_ADDR="+r.address)
	if err := r.process.Start(); err != nil {
		t.Fatal(err)
	}
}

// balancer sends each request to the next replica that was ready at its last health check, and never
// tries a second one: a request that a stopping server drops is seen as failed.
type balancer struct {
	replicas []*replica
	turn     atomic.Int64
	proxy    *httputil.ReverseProxy
}

func newBalancer(replicas []*replica) *balancer {
	b := &balancer{replicas: replicas}
	b.proxy = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(b.next()) },
		// Go's transport repeats a request on a dead connection only when nothing was sent; so does any proxy.
		Transport: &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: 30 * time.Second},
	}
	return b
}

func (b *balancer) next() *url.URL {
	turn := int(b.turn.Add(1))
	for i := range b.replicas {
		r := b.replicas[(turn+i)%len(b.replicas)]
		if r.ready.Load() {
			return &url.URL{Scheme: "http", Host: r.address}
		}
	}
	return &url.URL{Scheme: "http", Host: "127.0.0.1:1"} // nobody is ready
}

// watch asks every replica whether it is ready, ten times a second, as a proxy's health check does.
func (b *balancer) watch(ctx context.Context) {
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for ctx.Err() == nil {
		for _, r := range b.replicas {
			answer, err := client.Get("http://" + r.address + "/readyz")
			if err == nil {
				_ = answer.Body.Close() // nothing in it is wanted
			}
			r.ready.Store(err == nil && answer.StatusCode == http.StatusOK)
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (b *balancer) until(t *testing.T, what string, reached func() bool) {
	t.Helper()
	for began := time.Now(); !reached(); <-time.After(20 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("never: " + what)
		}
	}
}

// One replica after the other is stopped and started again under load, as in every upgrade: no request
// fails, and links are counted all the while.
func TestNoRequestFailsWhileReplicasRestart(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "gaung")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	env := append(os.Environ(), "DATABASE_URL="+testdb.FreshURL(t), "GAUNG_DATA_DIR="+t.TempDir(), "GAUNG_DRAIN=700ms", "GAUNG_RATE_FACTOR=0", "GAUNG_TRUSTED_PROXIES=127.0.0.1")
	b := newBalancer([]*replica{{address: freeAddress(t)}, {address: freeAddress(t)}})
	for _, r := range b.replicas {
		r.start(t, binary, env)
		t.Cleanup(func() { _ = r.process.Process.Kill() }) // the last ones
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go b.watch(ctx)
	b.until(t, "both ready", func() bool { return b.replicas[0].ready.Load() && b.replicas[1].ready.Load() })
	front := &http.Server{Handler: b.proxy}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = front.Serve(listener) }() // ends with Close
	defer front.Close()

	load := startLoad(ctx, "http://"+listener.Addr().String())
	for _, r := range b.replicas {
		if err := r.process.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		if err := r.process.Wait(); err != nil {
			t.Errorf("the replica did not end cleanly: %v", err)
		}
		b.until(t, "seen as gone", func() bool { return !r.ready.Load() })
		r.start(t, binary, env)
		b.until(t, "back", func() bool { return r.ready.Load() })
	}
	cancel()
	load.wait.Wait()
	t.Logf("%d requests, %d failed", load.sent.Load(), load.failed.Load())
	if load.failed.Load() > 0 || load.sent.Load() < 500 {
		t.Errorf("%d of %d failed; the first: %v", load.failed.Load(), load.sent.Load(), load.first)
	}
}

type load struct {
	sent, failed atomic.Int64
	wait         sync.WaitGroup
	once         sync.Once
	first        string
}

// startLoad asks for a page of the client, the API and an unknown link, from several connections.
func startLoad(ctx context.Context, at string) *load {
	l := &load{}
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	want := map[string]int{"/api/v1/about": http.StatusOK, "/masuk": http.StatusOK, "/s/abcdefghijkl": http.StatusNotFound}
	for range 8 {
		l.wait.Go(func() {
			for ctx.Err() == nil {
				for path, status := range want {
					l.ask(client, at+path, status)
				}
				<-time.After(2 * time.Millisecond) // thousands of requests are enough
			}
		})
	}
	return l
}

func (l *load) ask(client *http.Client, address string, want int) {
	l.sent.Add(1)
	answer, err := client.Get(address)
	if err == nil {
		_, err = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close() // it has been read
		if err == nil && answer.StatusCode == want {
			return
		}
		err = fmt.Errorf("%s: %s, %w", address, answer.Status, err)
	}
	l.failed.Add(1)
	l.once.Do(func() { l.first = err.Error() })
}
