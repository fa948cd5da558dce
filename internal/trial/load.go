package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// visitors hands out people: each click comes from an address of its own with one of many browsers.
type visitors struct{ n atomic.Uint32 }

const firstAddress = 11 << 24 // 11.0.0.0: none of ours, and none that is special

func (v *visitors) next(links []string) (path, address, agent string) {
	n := v.n.Add(1)
	at := firstAddress + n
	return links[int(n)%len(links)], fmt.Sprintf("%d.%d.%d.%d", at>>24, at>>16&255, at>>8&255, at&255), agentOf(int(n))
}

// agentOf is one of some thousand browsers, the frequent ones more often.
func agentOf(n int) string {
	models := []string{"SM-A155F", "SM-A057F", "2201117TG", "M2101K6G", "CPH2477", "CPH2591", "V2250", "RMX3710", "Infinix X6525", "TECNO BG6"}
	model, chrome, build := models[n%len(models)], 118+n/7%14, n/31%40
	switch n % 11 {
	case 0, 1:
		return fmt.Sprintf("Mozilla/5.0 (iPhone; CPU iPhone OS 1%d_%d like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/1%d.%d Mobile/15E148 Safari/604.1", 5+n/7%4, build%7, 5+n/7%4, build%7)
	case 2:
		return fmt.Sprintf("Mozilla/5.0 (Linux; Android 1%d; %s) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/%d.0.%d.0 Mobile Safari/537.36 Instagram 3%02d.0.0.%d Android", 1+n%4, model, chrome, 6000+build, build, build)
	case 3:
		return fmt.Sprintf("Mozilla/5.0 (Linux; Android 1%d; %s; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/%d.0.%d.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/4%02d.0.0.%d.99;]", 1+n%4, model, chrome, 6000+build, build, build)
	case 4:
		return fmt.Sprintf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36", chrome)
	default:
		return fmt.Sprintf("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Mobile Safari/537.36", chrome)
	}
}

// tally is what came of the clicks of a load.
type tally struct {
	sent     atomic.Int64 // handed to a connection
	answered atomic.Int64 // with 302
	refused  atomic.Int64 // with anything else
	broken   atomic.Int64 // no answer came: nobody knows whether they count
	late     atomic.Int64 // an open loop could not send them in time
	slowest  atomic.Int64 // of the answered, in nanoseconds
}

func (c *tally) took(d time.Duration) {
	for {
		was := c.slowest.Load()
		if int64(d) <= was || c.slowest.CompareAndSwap(was, int64(d)) {
			return
		}
	}
}

// line is one kept-alive connection.
type line struct {
	address string
	conn    net.Conn
	in      *bufio.Reader
}

func (l *line) close() {
	if l.conn != nil {
		_ = l.conn.Close() // nothing is waited for on it
		l.conn = nil
	}
}

// click asks for a link once and tallies what came of it. An error says that the connection is gone.
func (l *line) click(t *trial, c *tally) error {
	if l.conn == nil {
		conn, err := net.DialTimeout("tcp", l.address, time.Second)
		if err != nil {
			return err
		}
		l.conn, l.in = conn, bufio.NewReaderSize(conn, 2048)
	}
	path, address, agent := t.people.next(t.links)
	began := time.Now()
	c.sent.Add(1)
	err := l.conn.SetDeadline(began.Add(10 * time.Second))
	if err == nil {
		_, err = io.WriteString(l.conn, "GET "+path+" HTTP/1.1\r\nHost: gaung.example\r\nX-Forwarded-For: "+address+"\r\nUser-Agent: "+agent+"\r\nAccept: text/html\r\n\r\n")
	}
	status := 0
	if err == nil {
		status, err = readAnswer(l.in)
	}
	switch {
	case err != nil:
		c.broken.Add(1)
		l.close()
	case status == http.StatusFound:
		c.answered.Add(1)
		c.took(time.Since(began))
	default:
		c.refused.Add(1)
	}
	return err
}

// readAnswer reads one whole answer and gives its status.
func readAnswer(in *bufio.Reader) (status int, err error) {
	first, err := in.ReadString('\n')
	if err != nil {
		return 0, err
	}
	words := strings.Fields(first)
	if len(words) < 2 {
		return 0, errors.New("no status")
	}
	if status, err = strconv.Atoi(words[1]); err != nil {
		return 0, err
	}
	length := 0
	for {
		head, err := in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(head) <= 2 {
			break
		}
		if name, value, _ := strings.Cut(string(head), ":"); strings.EqualFold(name, "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return 0, err
			}
		}
	}
	_, err = in.Discard(length)
	return status, err
}

// load is clicks under way.
type load struct {
	tally
	stop context.CancelFunc
	wait sync.WaitGroup
}

// end stops and waits.
func (l *load) end() *tally { l.stop(); l.wait.Wait(); return &l.tally }

// hammer clicks on as many connections as fast as answers come. With several addresses each connection
// goes round among them, and leaves out one that has gone.
func (t *trial) hammer(connections int, addresses ...string) *load {
	ctx, stop := context.WithCancel(t.ctx)
	l := &load{stop: stop}
	for range connections {
		l.wait.Go(func() {
			var lines []*line
			for _, address := range addresses {
				lines = append(lines, &line{address: address})
			}
			defer func() {
				for _, one := range lines {
					one.close()
				}
			}()
			for turn := 0; ctx.Err() == nil && len(lines) > 0; turn++ {
				at := turn % len(lines)
				if lines[at].click(t, &l.tally) != nil {
					lines = append(lines[:at:at], lines[at+1:]...)
				}
			}
		})
	}
	return l
}

// pace clicks so many times a second whatever the answers, for as long as there are free connections.
func (t *trial) pace(rate, connections int, address string) *load {
	ctx, stop := context.WithCancel(t.ctx)
	l := &load{stop: stop}
	due := make(chan struct{}, connections)
	l.wait.Go(func() {
		defer close(due)
		ticks := time.NewTicker(2 * time.Millisecond)
		defer ticks.Stop()
		began, made := time.Now(), 0
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticks.C:
			}
			for want := int(time.Since(began).Seconds() * float64(rate)); made < want; made++ {
				select {
				case due <- struct{}{}:
				default:
					l.late.Add(1)
				}
			}
		}
	})
	for range connections {
		l.wait.Go(func() {
			one := &line{address: address}
			defer one.close()
			for range due {
				_ = one.click(t, &l.tally) // it is tallied
			}
		})
	}
	return l
}
