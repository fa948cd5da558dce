package job_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/job"
	"gaung/internal/testdb"
)

type tick struct{}

func (tick) Kind() string { return "tick" }

type note struct {
	Number int `json:"number"`
}

func (note) Kind() string { return "note" }

func start(t *testing.T, register func(*job.Registry)) (*db.DB, *job.Queue) {
	t.Helper()
	d := testdb.Fresh(t)
	registry := job.NewRegistry()
	queue, err := job.New(d, registry, slog.New(slog.DiscardHandler))
	register(registry) // as in the process: the services whose jobs these are need the queue first
	if err == nil {
		err = queue.Start(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := queue.Stop(5 * time.Second); err != nil {
			t.Error(err)
		}
	})
	return d, queue
}

func receive[T any](t *testing.T, from <-chan T) (value T) {
	t.Helper()
	select {
	case value = <-from:
	case <-time.After(20 * time.Second):
		t.Fatal("nothing came within 20 s")
	}
	return value
}

// A schedule must go on after its first run has been completed.
func TestEveryRunsAgain(t *testing.T) {
	t.Parallel()
	runs := make(chan struct{}, 100)
	start(t, func(r *job.Registry) {
		job.Every(r, time.Second, tick{}, func(context.Context) error { runs <- struct{}{}; return nil })
	})
	for range 3 {
		receive(t, runs)
	}
}

// A job exists exactly when its transaction commits, and runs again when it fails.
func TestJobsBelongToTheirTransaction(t *testing.T) {
	t.Parallel()
	worked := make(chan int, 100)
	failed := false
	d, queue := start(t, func(r *job.Registry) {
		job.Handle(r, func(_ context.Context, n note) error {
			if n.Number == 2 && !failed {
				failed = true
				return errors.New("once")
			}
			worked <- n.Number
			return nil
		})
	})
	refused := errors.New("refused")
	enqueue := func(number int, result error) error {
		return d.Tx(t.Context(), func(tx *db.Tx) error {
			return errors.Join(queue.EnqueueTx(t.Context(), tx, note{number}), result)
		})
	}
	if err := enqueue(1, refused); !errors.Is(err, refused) {
		t.Fatal(err)
	}
	if err := enqueue(2, nil); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, worked); got != 2 {
		t.Errorf("job %d ran", got)
	}
}
