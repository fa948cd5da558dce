package content_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"gaung/internal/content"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// The scheduled item goes live by its job and ends by its job, once the clock has come to each time.
func TestScheduledItemGoesLiveByItsJob(t *testing.T) {
	t.Parallel()
	var clock atomic.Int64 // the database's clock, moved by hand; River keeps the real one
	clock.Store(time.Now().UnixNano())
	d := testdb.Open(t, testdb.FreshURL(t), func() time.Time { return time.Unix(0, clock.Load()) })
	k := testkit.On(t, d)
	registry := job.NewRegistry()
	queue, err := job.New(d, registry, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	service := content.New(d, queue)
	service.Work(registry)
	job.Handle(registry, func(context.Context, content.NewsJob) error { return nil })
	author, approver, publisher := k.Staff(org.Author), k.Staff(org.Approver), k.Staff(org.Publisher)
	ends := time.Now().Add(2 * time.Second)
	made, err := service.Create(t.Context(), author, content.Outline{EndsAt: &ends}, testkit.Text("Terjadwal lalu berakhir"))
	for _, step := range []func() (content.Content, error){
		func() (content.Content, error) { return service.Submit(t.Context(), author, made.ID) },
		func() (content.Content, error) {
			return service.Approve(t.Context(), approver, made.ID, content.Seen{Version: 1, Step: 1}, "")
		},
		func() (content.Content, error) {
			return service.Schedule(t.Context(), publisher, made.ID, time.Now().Add(time.Second))
		},
	} {
		if err == nil {
			made, err = step()
		}
	}
	if err != nil || made.State != content.Scheduled {
		t.Fatal(made.State, err)
	}
	if err := queue.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = queue.Stop(5 * time.Second) })
	clock.Store(time.Now().Add(1500 * time.Millisecond).UnixNano())
	await(t, func() bool {
		got, err := service.Get(t.Context(), author, made.ID)
		return err == nil && got.State == content.Live && got.Slug != "" && got.PublishAt == nil
	})
	clock.Store(ends.Add(time.Second).UnixNano())
	await(t, func() bool {
		got, err := service.Get(t.Context(), author, made.ID)
		return err == nil && got.State == content.Ended
	})
}

// await polls a condition; the jobs run in their own time.
func await(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !done(); <-time.After(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it did not happen within 30 s")
		}
	}
}
