package click

import (
	"log/slog"
	"sync/atomic"
	"time"
)

// counts are what this process did since it started.
type counts struct{ served, stored, undurable atomic.Int64 }

// Stats are the figures by which an operator sees that clicks are counted.
type Stats struct {
	Served     int64           // requests on links that were answered and should count
	Stored     int64           // records that reached the database, those of adopted journals included
	Undurable  int64           // answered, and not known to be on the disk: perhaps lost
	Waiting    int64           // records in the journals that are not in the database yet
	Oldest     time.Duration   // how long the first of them has waited
	Journals   int             // journals that this process ships
	Failures   int64           // times a journal could not be written and another was begun
	Unwritable bool            // no journal can be written now
	Broken     int64           // records whose checksum was wrong
	Alarms     map[string]bool // those that are raised
}

// Stats reads the figures.
func (h *Shipper) Stats() Stats {
	c, disk := &h.service.counts, h.root.Stats()
	stats := Stats{Served: c.served.Load(), Undurable: c.undurable.Load(), Failures: int64(disk.Failures), Unwritable: disk.Failed,
		Broken: int64(disk.Quarantined), Alarms: h.alarms.raised()}
	h.lock.Lock()
	defer h.lock.Unlock()
	stats.Stored = c.stored.Load()
	now := h.service.db.Now()
	for _, j := range h.root.Journals() {
		stats.Journals++
		w := h.ways[j.Instance()]
		if w == nil || !w.located {
			continue
		}
		stats.Waiting += max(0, int64(j.Records())-int64(w.at.Records))
		if len(w.waiting) > 0 && len(w.waiting[0].records) > 0 {
			stats.Oldest = max(stats.Oldest, now.Sub(w.waiting[0].records[0].At))
		}
	}
	return stats
}

// sample is the figures at a moment.
type sample struct {
	at time.Time
	Stats
}

// What the figures are compared over: a click is on its way for some seconds, and counting may pause for
// some minutes.
const (
	onItsWay = time.Minute
	pausing  = 5 * time.Minute
	late     = 2 * time.Minute
)

// alarm is a condition that somebody must look at.
type alarm struct {
	name, meaning string
	holds         func(before, lately, now sample) bool
}

var alarmList = []alarm{
	{"journal_unwritable", "no journal can be written: links are followed and clicks are not kept",
		func(_, _, now sample) bool { return now.Unwritable }},
	{"clicks_undurable", "clicks were answered that are not known to be on the disk",
		func(before, _, now sample) bool { return now.Undurable > before.Undurable }},
	{"shipping_late", "clicks wait in the journal and do not reach the database",
		func(_, _, now sample) bool { return now.Oldest > late }},
	{"counts_stopped", "links are followed and nothing is counted",
		func(before, lately, now sample) bool {
			return lately.Served > before.Served && now.Stored == before.Stored
		}},
	{"clicks_missing", "clicks were answered that are neither counted, nor waiting, nor known as undurable",
		func(_, lately, now sample) bool { return lately.Served-now.Undurable > now.Stored+now.Waiting }},
	{"journal_broken", "records of the journal are damaged; they were set aside",
		func(before, _, now sample) bool { return now.Broken > before.Broken }},
}

// alarms compares the figures with those some minutes ago, and tells when a condition begins and ends.
type alarms struct {
	log    *slog.Logger
	past   []sample
	active atomic.Pointer[map[string]bool]
}

func (a *alarms) raised() map[string]bool {
	if now := a.active.Load(); now != nil {
		return *now
	}
	return nil
}

// look takes a sample and judges it.
func (a *alarms) look(at time.Time, stats Stats) {
	now := sample{at, stats}
	if len(a.past) == 0 {
		a.past = append(a.past, sample{at: at}) // what a process finds when it begins is news, too
	}
	for len(a.past) > 1 && at.Sub(a.past[1].at) >= pausing {
		a.past = a.past[1:]
	}
	a.past = append(a.past, now)
	before, lately := a.past[0], a.past[0]
	for _, s := range a.past {
		if at.Sub(s.at) >= onItsWay {
			lately = s
		}
	}
	if at.Sub(before.at) < pausing { // too early to say that anything stopped
		before.Stored = -1
	}
	was, raised := a.raised(), map[string]bool{}
	for _, one := range alarmList {
		if one.holds(before, lately, now) {
			raised[one.name] = true
		}
		if raised[one.name] && !was[one.name] {
			a.log.Error("alarm", "name", one.name, "meaning", one.meaning, "undurable", stats.Undurable, "waiting", stats.Waiting)
		}
		if !raised[one.name] && was[one.name] {
			a.log.Info("alarm is over", "name", one.name)
		}
	}
	a.active.Store(&raised)
}

// AlarmNames are the names of all alarms, for the metrics.
func AlarmNames() (names []string) {
	for _, one := range alarmList {
		names = append(names, one.name)
	}
	return names
}
