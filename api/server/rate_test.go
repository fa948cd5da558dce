package server

import (
	"net/http"
	"net/netip"
	"testing"
	"time"

	"gaung/internal/errs"
	"gaung/internal/org"
)

func TestABucketFillsAgain(t *testing.T) {
	t.Parallel()
	l, now := newLimiter(1), time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for i := range writing.burst {
		if err := l.allow(writing, caller{person: 7}, now); err != nil {
			t.Fatalf("request %d: %v", i, err)
		}
	}
	err := l.allow(writing, caller{person: 7}, now)
	var refused *errs.Error
	if refused, _ = err.(*errs.Error); refused == nil || refused.Code != errs.TooMany || refused.Wait <= 0 || refused.Wait > time.Second {
		t.Fatalf("%v", err)
	}
	if err := l.allow(writing, caller{person: 8}, now); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	if err := l.allow(writing, caller{person: 7}, now.Add(refused.Wait)); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	if err := l.allow(writing, caller{person: 7}, now.Add(refused.Wait)); err == nil {
		t.Error("a refused request was paid for twice")
	}
	for range 10 * fromAddress.burst {
		if err := newLimiter(0).allow(fromAddress, caller{}, now); err != nil {
			t.Fatal(err)
		}
	}
}

// A person who asks without end is told to wait and when to come back; others go on.
func TestAPersonIsBounded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.server.limiter = newLimiter(1)
	greedy, patient := s.as(s.Staff(org.Leader)), s.as(s.Staff(org.Leader))
	var got reply
	for range 3 * working.burst {
		if got = s.do("GET", "/api/v1/reports/engagement", nil, greedy); got.StatusCode == http.StatusTooManyRequests {
			break
		}
	}
	if got.StatusCode != http.StatusTooManyRequests || got.Header.Get("Retry-After") == "" {
		t.Errorf("never refused: %d %v", got.StatusCode, got.Header)
	}
	if got := s.do("GET", "/api/v1/reports/engagement", nil, patient); got.StatusCode != http.StatusOK {
		t.Errorf("somebody else: %d %s", got.StatusCode, got.text)
	}
	if got := s.do("GET", "/api/v1/me", nil, greedy); got.StatusCode != http.StatusOK {
		t.Errorf("the same person elsewhere: %d", got.StatusCode)
	}
}

func TestAFloodFromOneAddressIsStopped(t *testing.T) {
	t.Parallel()
	f, now := newFlood(fromAddress, 1), time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	one, other := netip.MustParseAddr("203.0.113.9"), netip.MustParseAddr("203.0.113.10")
	for i := range fromAddress.burst {
		if err := f.allow(one, now); err != nil {
			t.Fatalf("request %d: %v", i, err)
		}
	}
	err := f.allow(one, now)
	var refused *errs.Error
	if refused, _ = err.(*errs.Error); refused == nil || refused.Code != errs.TooMany || refused.Wait <= 0 || refused.Wait > time.Second {
		t.Fatalf("%v", err)
	}
	if err := f.allow(other, now); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	if err := f.allow(one, now.Add(refused.Wait)); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	allowed := 0
	for range 3 * fromAddress.burst {
		if f.allow(one, now.Add(time.Minute)) == nil {
			allowed++
		}
	}
	if allowed != fromAddress.burst {
		t.Errorf("after a minute %d at once", allowed)
	}
	if err := newFlood(fromAddress, 0).allow(one, now); err != nil {
		t.Error(err)
	}
}

func BenchmarkLimiter(b *testing.B) {
	l, now := newLimiter(1), time.Now()
	b.ReportAllocs()
	for b.Loop() {
		_ = l.allow(tier{"open", 1e9, 1 << 30}, caller{person: 7}, now) // never refused
	}
}
