package server

import (
	"hash/maphash"
	"net/netip"
	"sync/atomic"
	"time"

	"gaung/internal/errs"
)

// flood bounds what one address may ask for before anything is looked up, in a table of fixed size: a flood
// comes from as many addresses as it likes, and must cost neither memory nor a cache's book-keeping for
// each. Addresses that fall on one place share its limit; with tens of thousands of places and a limit that
// a whole office does not reach, nobody notices. Each place holds the time up to which its requests are paid
// for (the generic cell rate algorithm, ITU-T I.371).
type flood struct {
	seed   maphash.Seed
	each   time.Duration // what one request costs
	burst  time.Duration // how far ahead one may be
	places [1 << 16]atomic.Int64
}

// newFlood makes the table of a tier; factor 0 is no limit.
func newFlood(t tier, factor float64) *flood {
	f := &flood{seed: maphash.MakeSeed()}
	if factor > 0 {
		f.each = time.Duration(float64(time.Second) / (t.perSecond * factor))
		f.burst = time.Duration(float64(t.burst) * factor * float64(f.each))
	}
	return f
}

// allow pays for one request of an address, or says how long to wait.
func (f *flood) allow(address netip.Addr, now time.Time) error {
	if f.each == 0 {
		return nil
	}
	place := &f.places[maphash.Comparable(f.seed, address)%uint64(len(f.places))]
	at := now.UnixNano()
	for {
		paid := place.Load()
		next := max(paid, at) + int64(f.each)
		if ahead := time.Duration(next - at); ahead > f.burst {
			return tooMany(ahead - f.burst)
		}
		if place.CompareAndSwap(paid, next) {
			return nil
		}
	}
}

func tooMany(wait time.Duration) error {
	return errs.New(errs.TooMany, "Terlalu banyak permintaan dalam waktu singkat. Tunggu sebentar, lalu coba lagi.").After(wait)
}
