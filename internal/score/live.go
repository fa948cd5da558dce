package score

import (
	"context"
	"sync"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// lookEvery is how often a process asks what changed, as long as somebody watches; a watcher is told no more often.
const lookEvery = 5 * time.Second

// live tells those who watch a board that it may have changed. However many there are, the database is asked once.
type live struct {
	db    *db.DB
	every time.Duration

	mu       sync.Mutex
	watchers map[*watcher]bool
	looking  bool
	turns    map[id.Agency]int64 // by node, as they were last seen; nil: not yet
}

type watcher struct {
	node    id.Agency
	changed chan struct{}
}

func newLive(d *db.DB) *live { return &live{db: d, every: lookEvery, watchers: map[*watcher]bool{}} }

// Watch gives a channel that is told when the board may have changed. stop ends it.
func (s *Service) Watch(ctx context.Context, actor org.Actor, q Query) (changed <-chan struct{}, stop func(), err error) {
	on, _, over, err := s.open(ctx, actor, q, org.Publisher, org.Admin)
	if err != nil {
		return nil, nil, err
	}
	if over.closed || over.To < s.today() && over.Kind != period.Season {
		return nil, nil, errs.InvalidField("period", "Papan periode ini tidak berubah lagi, jadi tidak perlu dipantau.")
	}
	// The turn is kept by agency: those who watch a unit hear of its agency.
	at, err := db.Get[struct{ ID id.Agency }](ctx, s.db, `SELECT coalesce((SELECT above.id FROM agency AS above WHERE above.id = ANY (a.path) AND above.kind = 'agency'
		ORDER BY cardinality(above.path) DESC LIMIT 1), a.id) AS id FROM agency AS a WHERE a.id = $1`, on.ID)
	if err != nil {
		return nil, nil, err
	}
	if on.Kind != org.Unit {
		at.ID = on.ID
	}
	w := &watcher{at.ID, make(chan struct{}, 1)}
	s.live.add(w)
	return w.changed, func() { s.live.drop(w) }, nil
}

func (l *live) add(w *watcher) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.watchers[w] = true
	if !l.looking {
		l.looking, l.turns = true, nil
		go l.look()
	}
}

func (l *live) drop(w *watcher) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.watchers, w)
}

// look asks until nobody watches any more. The first watcher after that lets it begin again.
func (l *live) look() {
	tick := time.NewTicker(l.every)
	defer tick.Stop()
	for {
		if l.idle() {
			return
		}
		if turns, err := l.read(); err == nil { // the database is away: the next look tells
			l.tell(turns)
		}
		<-tick.C
	}
}

// idle tells whether nobody watches; then the looking ends.
func (l *live) idle() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.looking = len(l.watchers) > 0
	return !l.looking
}

func (l *live) read() (map[id.Agency]int64, error) {
	ctx, cancel := context.WithTimeout(context.Background(), l.every)
	defer cancel()
	rows, err := db.All[struct {
		Node id.Agency
		Turn int64
	}](ctx, l.db, `SELECT above.id AS node, sum(t.turn)::int8 AS turn FROM score_turn AS t JOIN agency AS body ON body.id = t.agency_id
		CROSS JOIN LATERAL unnest(body.path) AS above (id) GROUP BY above.id`)
	turns := map[id.Agency]int64{}
	for _, row := range rows {
		turns[row.Node] = row.Turn
	}
	return turns, err
}

// tell passes on what moved since the last look.
func (l *live) tell(turns map[id.Agency]int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for w := range l.watchers {
		if l.turns == nil || turns[w.node] == l.turns[w.node] {
			continue
		}
		select {
		case w.changed <- struct{}{}:
		default: // it has not taken the last word yet
		}
	}
	l.turns = turns
}
