package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"gaung/internal/journal"
)

// How long a stop may take.
const (
	drainHTTP   = 10 * time.Second
	drainClicks = 10 * time.Second
	drainJobs   = 5 * time.Second
)

// openJournal makes clicks durable on this machine's disk from here on.
func (w *wired) openJournal(ctx context.Context) (err error) {
	w.journal, err = journal.OpenRoot(filepath.Join(w.config.DataDir, "journal"), journal.Options{Log: w.log, Clock: w.now})
	if err != nil {
		return err
	}
	w.shipper = w.click.KeepIn(w.journal, w.log)
	return w.click.Load(ctx)
}

// ship brings clicks into the database until the function it gives is called, which brings the rest.
func (w *wired) ship(ctx context.Context) (stop func() error) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() { defer close(done); w.shipper.Run(ctx) }()
	return func() error {
		cancel()
		<-done
		rest, end := context.WithTimeout(context.WithoutCancel(ctx), drainClicks)
		defer end()
		if err := w.shipper.Flush(rest); err != nil { // they wait on the disk for the next start
			w.log.Warn("clicks stay in the journal", "error", err)
		}
		return w.journal.Close()
	}
}

// serve listens until the context ends, then stops in order: requests, clicks, jobs, database.
func (w *wired) serve(ctx context.Context, demo bool) error {
	if demo {
		w.auth = w.auth.Relaxed()
	}
	if err := w.openJournal(ctx); err != nil {
		return err
	}
	stopShipping := w.ship(ctx)
	s, err := w.newServer(demo)
	if err != nil {
		return errors.Join(err, stopShipping())
	}
	if err := w.share.Load(ctx); err != nil { // before anybody is told that the server is ready
		return err
	}
	following, stopFollowing := context.WithCancel(ctx)
	defer stopFollowing()
	go w.share.Follow(following, func(err error) { w.log.Error("the feed in memory does not follow", "error", err) })
	if err := w.queue.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	failed := make(chan error, 2)
	go func() { failed <- s.Listen(w.config.Addr) }()
	metrics := w.serveMetrics(s.Metrics(), failed)
	w.log.Info("serving", "address", w.config.Addr, "url", w.config.PublicURL)
	select {
	case err = <-failed:
	case <-ctx.Done():
		w.log.Info("stopping")
		s.Drain()
		err = w.stayFor(w.config.Drain, failed)
		err = errors.Join(err, s.Shutdown(drainHTTP))
	}
	return errors.Join(err, metrics.Close(), stopShipping(), w.queue.Stop(drainJobs))
}

// stayFor lets the proxies find out that this server is not ready any more.
func (w *wired) stayFor(patience time.Duration, failed <-chan error) error {
	select {
	case err := <-failed:
		return err
	case <-time.After(patience):
		return nil
	}
}

// serveMetrics listens on its own address, which the public must not reach.
func (w *wired) serveMetrics(handler http.Handler, failed chan<- error) io.Closer {
	if w.config.MetricsAddr == "" {
		return io.NopCloser(nil)
	}
	listener, err := net.Listen("tcp", w.config.MetricsAddr)
	if err != nil {
		failed <- err
		return io.NopCloser(nil)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(listener) }() // ends with Close
	return server
}

func (w *wired) close() {
	if w.db != nil {
		w.db.Close()
	}
	if w.embedded != nil {
		w.embedded.Stop()
	}
}
