package server

import (
	"net/http"
	"net/http/pprof"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts and times requests by route template, never by path: a path can be a personal link.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	links    map[int]prometheus.Observer // of requests on links, by the first digit of the status
}

func newMetrics(gauges prometheus.Collector) *metrics {
	m := &metrics{registry: prometheus.NewRegistry(), requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "gaung_http_request_seconds", Help: "Time to answer a request.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
	}, []string{"method", "route", "status"})}
	m.links = map[int]prometheus.Observer{3: m.requests.WithLabelValues("GET", linkRoute, "3xx"), 5: m.requests.WithLabelValues("GET", linkRoute, "5xx")}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if gauges != nil {
		m.registry.MustRegister(gauges)
	}
	return m
}

func (m *metrics) observe(method, route string, status int, took time.Duration) {
	if route == "/" { // Fiber's name for what no route matched
		route = "none"
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}

// Metrics serves Prometheus and, below /debug/pprof, Go's profiles; it belongs on a listener that the public
// cannot reach.
func (s *Server) Metrics() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}
