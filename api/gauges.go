package main

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/job"
	"gaung/internal/notice"
	"gaung/internal/proof"
	"gaung/internal/score"
	"gaung/internal/share"
)

var (
	connectionsUsed = prometheus.NewDesc("gaung_db_connections_used", "Connections to PostgreSQL in use.", nil, nil)
	connectionsMost = prometheus.NewDesc("gaung_db_connections_most", "Connections to PostgreSQL that may be used.", nil, nil)
	databaseUp      = prometheus.NewDesc("gaung_db_up", "1 when PostgreSQL answered this scrape.", nil, nil)
	jobs            = prometheus.NewDesc("gaung_jobs", "Jobs that wait, run, retry or were given up (discarded), by kind.", []string{"kind", "state"}, nil)
)

var (
	clicksServed    = prometheus.NewDesc("gaung_clicks_served_total", "Requests on links that were answered and should be counted.", nil, nil)
	clicksStored    = prometheus.NewDesc("gaung_clicks_stored_total", "Clicks that this process brought into the database, those of adopted journals included.", nil, nil)
	clicksUndurable = prometheus.NewDesc("gaung_clicks_undurable_total", "Clicks that were answered and are not known to be on the disk.", nil, nil)
	journalDepth    = prometheus.NewDesc("gaung_journal_depth", "Clicks in the journals that are not in the database yet.", nil, nil)
	journalOldest   = prometheus.NewDesc("gaung_journal_oldest_seconds", "How long the oldest of them has waited.", nil, nil)
	journals        = prometheus.NewDesc("gaung_journals", "Journals that this process ships: its own and adopted ones.", nil, nil)
	journalFailures = prometheus.NewDesc("gaung_journal_failures_total", "Times the disk refused and another journal was begun.", nil, nil)
	journalBroken   = prometheus.NewDesc("gaung_journal_broken_total", "Records whose checksum was wrong.", nil, nil)
	clicksAside     = prometheus.NewDesc("gaung_clicks_quarantined", "Records that the database could not take.", nil, nil)
	totalsWrong     = prometheus.NewDesc("gaung_totals_wrong", "Sums that differed from the raw clicks when they were last proven.", nil, nil)
	scoresWrong     = prometheus.NewDesc("gaung_scores_wrong", "Scores that differed from the ledger, and days of it from the raw clicks, when they were last proven.", nil, nil)
	actsWrong       = prometheus.NewDesc("gaung_acts_wrong", "Sums of shares and likes that differed from them when they were last proven.", nil, nil)
	pushesSent      = prometheus.NewDesc("gaung_push_sent_total", "Push messages that this process handed over.", nil, nil)
	pushesDropped   = prometheus.NewDesc("gaung_push_dropped_total", "Push messages that this process gave up: not needed any more, refused, or the browser is gone.", nil, nil)
	pushesWaiting   = prometheus.NewDesc("gaung_push_waiting", "Push messages that are still to be sent.", nil, nil)
	pushDevices     = prometheus.NewDesc("gaung_push_devices", "Browsers that notices come to.", nil, nil)
	proofsStuck     = prometheus.NewDesc("gaung_proofs_stuck", "Screenshots and objections that wait though nobody outside the person's unit, up to the root, may decide.", nil, nil)
	alarm           = prometheus.NewDesc("gaung_alarm", "1 while somebody must look: see the operations manual.", []string{"name"}, nil)
)

// gauges are read when Prometheus asks.
type gauges struct {
	db      *db.DB
	queue   *job.Queue
	clicks  *click.Service
	shipper *click.Shipper
	score   *score.Service
	share   *share.Service
	notice  *notice.Service
	proofs  *proof.Service
}

// Describe names the gauges.
func (gauges) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{connectionsUsed, connectionsMost, databaseUp, jobs, clicksServed, clicksStored, clicksUndurable,
		journalDepth, journalOldest, journals, journalFailures, journalBroken, clicksAside, totalsWrong, scoresWrong, actsWrong, pushesSent, pushesDropped, pushesWaiting, pushDevices, proofsStuck, alarm} {
		out <- d
	}
}

// patience keeps a scrape short when the database hangs.
const patience = 2 * time.Second

// Collect reads them. A database that does not answer is a figure too.
func (g gauges) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	used, most := g.db.Connections()
	gauge(connectionsUsed, float64(used))
	gauge(connectionsMost, float64(most))
	g.collectClicks(out)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	counts, lost := g.queue.Counts(ctx)
	proof, noProof := g.clicks.Proof(ctx)
	scores, noScores := g.score.Proof(ctx)
	acts, noActs := g.share.Proof(ctx)
	pushed, noPushes := g.notice.Pushed(ctx)
	stuck, noStuck := g.proofs.AllStuck(ctx)
	out <- prometheus.MustNewConstMetric(pushesSent, prometheus.CounterValue, float64(pushed.Sent))
	out <- prometheus.MustNewConstMetric(pushesDropped, prometheus.CounterValue, float64(pushed.Dropped))
	if errors.Join(lost, noProof, noScores, noActs, noPushes, noStuck) != nil {
		gauge(databaseUp, 0)
		return
	}
	gauge(databaseUp, 1)
	gauge(pushesWaiting, float64(pushed.Waiting))
	gauge(pushDevices, float64(pushed.Devices))
	gauge(proofsStuck, float64(stuck))
	gauge(alarm, truth(stuck > 0), "proofs_stuck")
	gauge(totalsWrong, float64(proof.Wrong))
	gauge(scoresWrong, float64(scores.Scores+scores.Ledger))
	gauge(alarm, truth(scores.Scores+scores.Ledger > 0), "scores_drift")
	gauge(actsWrong, float64(acts))
	gauge(alarm, truth(acts > 0), "acts_drift")
	gauge(clicksAside, float64(proof.Aside))
	gauge(alarm, truth(proof.Wrong > 0), "totals_drift")
	gauge(alarm, truth(proof.Aside > 0), "clicks_quarantined")
	for _, c := range counts {
		gauge(jobs, float64(c.Jobs), c.Kind, c.State)
	}
}

// collectClicks tells of the journal, which needs no database.
func (g gauges) collectClicks(out chan<- prometheus.Metric) {
	stats := g.shipper.Stats()
	for desc, value := range map[*prometheus.Desc]int64{clicksServed: stats.Served, clicksStored: stats.Stored, clicksUndurable: stats.Undurable,
		journalFailures: stats.Failures, journalBroken: stats.Broken} {
		out <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, float64(value))
	}
	for desc, value := range map[*prometheus.Desc]float64{journalDepth: float64(stats.Waiting), journalOldest: stats.Oldest.Seconds(), journals: float64(stats.Journals)} {
		out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value)
	}
	for _, name := range click.AlarmNames() {
		out <- prometheus.MustNewConstMetric(alarm, prometheus.GaugeValue, truth(stats.Alarms[name]), name)
	}
}

func truth(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}
