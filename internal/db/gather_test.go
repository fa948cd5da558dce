package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"gaung/internal/db"
)

// Everybody gets the answer to their own question, from a statement that began after they had asked; those
// who ask while one runs share the next.
func TestGatheredQuestionsAreAnsweredEachAndTogether(t *testing.T) {
	t.Parallel()
	entered, leave := make(chan int, 100), make(chan struct{})
	g := db.NewGather(func(_ context.Context, keys []int) ([]int, error) {
		entered <- len(keys)
		<-leave
		answers := make([]int, len(keys))
		for i, key := range keys {
			answers[i] = key * 2
		}
		return answers, nil
	})
	var all sync.WaitGroup
	ask := func(key int) {
		all.Go(func() {
			if got, err := g.Ask(t.Context(), key); err != nil || got != key*2 {
				t.Errorf("%d: %d %v", key, got, err)
			}
		})
	}
	ask(1)
	asked := <-entered // the first statement runs, with whoever asked before it began
	for key := 2; key <= 60; key++ {
		ask(key)
	}
	statements := 1
	close(leave)
	all.Wait()
	for len(entered) > 0 {
		asked += <-entered
		statements++
	}
	if asked != 60 || statements > 30 {
		t.Errorf("%d questions in %d statements", asked, statements)
	}
}

// One who gives up, a failure and a panic reach those whom they concern, and the next question is asked.
func TestGatherOutlivesFaults(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	g := db.NewGather(func(ctx context.Context, keys []int) ([]int, error) {
		switch keys[0] {
		case 1:
			return nil, broken
		case 2:
			panic("a fault")
		case 3:
			return nil, nil
		}
		return keys, nil
	})
	for key := 1; key <= 3; key++ {
		if _, err := g.Ask(t.Context(), key); err == nil || key == 1 && !errors.Is(err, broken) {
			t.Errorf("%d: %v", key, err)
		}
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := g.Ask(over, 4); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got, err := g.Ask(t.Context(), 5); got != 5 || err != nil {
		t.Error(got, err)
	}
}
