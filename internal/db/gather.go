package db

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// Gather asks one question for many callers in one statement: while one statement runs, the next callers
// gather, so that nobody waits for a timer and a busy server asks far less often than it is asked. Each
// answer is read by a statement that began after its caller had asked.
type Gather[K, V any] struct {
	ask     func(ctx context.Context, keys []K) ([]V, error)
	mu      sync.Mutex
	waiting []*question[K, V]
	running int
	begun   time.Time // when the last statement began
}

type question[K, V any] struct {
	key    K
	answer V
	err    error
	done   chan struct{}
}

const (
	gatherMost     = 128                   // callers of one statement
	gatherEnough   = 16                    // so many are worth a statement beside the one that runs
	gatherSlow     = 50 * time.Millisecond // a statement that takes longer holds up nobody else:
	gatherAside    = 4                     // so many may run beside each other then
	gatherPatience = 5 * time.Second
)

// NewGather makes one over a question that gives one answer for each key, in their order. It gives the
// driver's own errors, and it only reads.
func NewGather[K, V any](ask func(ctx context.Context, keys []K) ([]V, error)) *Gather[K, V] {
	return &Gather[K, V]{ask: ask}
}

// Ask waits for the answer to one key. A caller that gives up does not disturb the others.
func (g *Gather[K, V]) Ask(ctx context.Context, key K) (answer V, err error) {
	q := &question[K, V]{key: key, done: make(chan struct{})}
	g.mu.Lock()
	g.waiting = append(g.waiting, q)
	if g.running == 0 || g.running < gatherAside && (len(g.waiting) >= gatherEnough || time.Since(g.begun) > gatherSlow) {
		g.running++
		g.begun = time.Now()
		go g.work()
	}
	g.mu.Unlock()
	select {
	case <-q.done:
		return q.answer, q.err
	case <-ctx.Done():
		return answer, Error(ctx.Err())
	}
}

// work asks until nobody waits.
func (g *Gather[K, V]) work() {
	for {
		runtime.Gosched() // who is about to ask comes along
		g.mu.Lock()
		batch := g.waiting[:min(len(g.waiting), gatherMost)]
		g.waiting = g.waiting[len(batch):]
		if len(batch) == 0 {
			g.waiting = nil
			g.running--
			g.mu.Unlock()
			return
		}
		g.begun = time.Now()
		g.mu.Unlock()
		g.tell(batch)
	}
}

var errAnswers = errors.New("db: a gathered question has not as many answers as keys")

// tell answers one batch. The statement belongs to all of them, so it has a deadline of its own.
func (g *Gather[K, V]) tell(batch []*question[K, V]) {
	ctx, cancel := context.WithTimeout(context.Background(), gatherPatience)
	defer cancel()
	keys := make([]K, len(batch))
	for i, q := range batch {
		keys[i] = q.key
	}
	answers, err := g.askSafely(ctx, keys)
	if err != nil && lost(err) { // a connection that died in the pool; a question only reads, so it may be asked again
		answers, err = g.askSafely(ctx, keys)
	}
	err = Error(err)
	for i, q := range batch {
		if q.err = err; err == nil {
			q.answer = answers[i]
		}
		close(q.done)
	}
}

// askSafely turns a panic into an error: it would end the process, not one request.
func (g *Gather[K, V]) askSafely(ctx context.Context, keys []K) (answers []V, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("db: gathered question: panic: %v", cause)
		}
	}()
	answers, err = g.ask(ctx, keys)
	if err == nil && len(answers) != len(keys) {
		err = errAnswers
	}
	return answers, err
}
