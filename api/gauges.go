package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gaung/internal/db"
	"gaung/internal/job"
)

var (
	connectionsUsed = prometheus.NewDesc("gaung_db_connections_used", "Connections to PostgreSQL in use.", nil, nil)
	connectionsMost = prometheus.NewDesc("gaung_db_connections_most", "Connections to PostgreSQL that may be used.", nil, nil)
	databaseUp      = prometheus.NewDesc("gaung_db_up", "1 when PostgreSQL answered this scrape.", nil, nil)
	jobs            = prometheus.NewDesc("gaung_jobs", "Jobs that wait, run, retry or were given up (discarded), by kind.", []string{"kind", "state"}, nil)
)

// gauges are read when Prometheus asks.
type gauges struct {
	db    *db.DB
	queue *job.Queue
}

// Describe names the gauges.
func (gauges) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{connectionsUsed, connectionsMost, databaseUp, jobs} {
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
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	counts, err := g.queue.Counts(ctx)
	if err != nil {
		gauge(databaseUp, 0)
		return
	}
	gauge(databaseUp, 1)
	for _, c := range counts {
		gauge(jobs, float64(c.Jobs), c.Kind, c.State)
	}
}
