package share

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
)

// memory is every live content of the last months, encoded, and which node's feed it is in. Readers take
// the lists as they are; one writer at a time makes new ones and puts them in their place.
type memory struct {
	lists  atomic.Pointer[lists]
	wanted atomic.Uint64 // moved by each change that this process made itself
	fewest int           // contents that are in memory however old they are
	fresh  atomic.Int64  // Unix microseconds at which the lists were last known to be true

	mu    sync.Mutex // what follows is the writer's
	mark  db.Mark
	seen  map[id.Content]string // the changes at the mark or after it that the lists hold
	floor time.Time
	cards map[id.Content]*card
	gone  map[id.Content]withdrawn
}

// lists are what readers see. Nothing in them changes.
type lists struct {
	taken uint64 // what wanted was before they were read
	nodes map[id.Agency]*node
	older map[id.Agency]bool // nodes with live contents that are too old to be here
	gone  []withdrawn        // of all nodes, newest first
}

// node is the feed of one node of the tree.
type node struct {
	cards []*card     // in the order of the feed
	ends  []int64     // of those that have one, ascending
	gone  []withdrawn // highest id first
	sum   uint64      // of the cards
}

// withdrawn is a recalled content whose copies clients must remove.
type withdrawn struct {
	id    id.Content
	at    int64 // Unix microseconds
	nodes []id.Agency
}

const (
	window       = 90 * 24 * time.Hour // how far back the contents in memory reach; older pages come by SQL
	fewestCards  = 20_000              // contents that are in memory however old they are
	refreshEvery = time.Second
	reloadEvery  = 10 * time.Minute // for what the rows of contents do not tell, such as an agency's new name
	staleAfter   = 30 * time.Second // lists that could not be refreshed for so long are not read any more
)

// Follow keeps the lists true until the context ends, and tells when that begins to fail. Load must have
// been called.
func (s *Service) Follow(ctx context.Context, failed func(error)) {
	tick := time.NewTicker(refreshEvery)
	defer tick.Stop()
	well, loaded := true, time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		look := s.Refresh
		if due := time.Since(loaded) >= reloadEvery; due {
			look, loaded = s.Load, time.Now()
		}
		bounded, cancel := context.WithTimeout(ctx, staleAfter)
		err := look(bounded)
		cancel()
		if err != nil && well && ctx.Err() == nil {
			failed(err)
		}
		well = err == nil
	}
}

// Changed says that a content was published or withdrawn by this process: the next reader takes it in.
func (s *Service) Changed() { s.memory.wanted.Add(1) }

// Load reads everything anew.
func (s *Service) Load(ctx context.Context) error {
	m := &s.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	taken, now := m.wanted.Load(), s.db.Now()
	mark, err := s.db.Mark(ctx)
	if err != nil {
		return err
	}
	floor, err := s.readFloor(ctx, now.Add(-window))
	if err != nil {
		return err
	}
	cards, gone, err := s.readCards(ctx, floor, nil)
	if err != nil {
		return err
	}
	older, err := s.readOlder(ctx, floor)
	if err != nil {
		return err
	}
	m.mark, m.seen, m.floor, m.cards, m.gone = mark, nil, floor, cards, gone
	m.lists.Store(&lists{taken: taken, older: older, nodes: build(cards, gone), gone: newestGone(gone)})
	m.fresh.Store(now.UnixMicro())
	return nil
}

// Refresh takes in what changed since the last look; without a change it is two cheap queries.
func (s *Service) Refresh(ctx context.Context) error {
	m := &s.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	old := m.lists.Load()
	if old == nil {
		return nil
	}
	taken, now := m.wanted.Load(), s.db.Now()
	mark, err := s.db.Mark(ctx)
	if err != nil {
		return err
	}
	seen, err := s.readChanged(ctx, m.mark)
	if err != nil {
		return err
	}
	var changed []id.Content
	for item, at := range seen {
		if m.seen[item] != at {
			changed = append(changed, item)
		}
	}
	nodes, recalled := old.nodes, old.gone
	if len(changed) > 0 {
		cards, gone, err := s.readCards(ctx, m.floor, changed)
		if err != nil {
			return err
		}
		nodes = m.replace(nodes, changed, cards, gone)
		recalled = newestGone(m.gone)
	}
	m.mark, m.seen = mark, seen
	if len(changed) > 0 || taken != old.taken {
		m.lists.Store(&lists{taken: taken, older: old.older, nodes: nodes, gone: recalled})
	}
	m.fresh.Store(now.UnixMicro())
	return nil
}

// current gives the lists, with everything in them that this process changed before; nil: there are none.
func (s *Service) current(ctx context.Context, now time.Time) (*lists, error) {
	m := &s.memory
	found := m.lists.Load()
	if found == nil {
		return nil, nil
	}
	if found.taken != m.wanted.Load() {
		if err := s.Refresh(ctx); err != nil {
			return nil, err
		}
		found = m.lists.Load()
	}
	if now.UnixMicro()-m.fresh.Load() > staleAfter.Microseconds() {
		return nil, nil
	}
	return found, nil
}

// now gives the lists when they are known to be true and hold what this process changed; otherwise nil.
func (m *memory) now(at time.Time) *lists {
	found := m.lists.Load()
	if found == nil || found.taken != m.wanted.Load() || at.UnixMicro()-m.fresh.Load() > staleAfter.Microseconds() {
		return nil
	}
	return found
}

// replace takes the changed contents out of their nodes and puts what they are now in their place.
func (m *memory) replace(nodes map[id.Agency]*node, changed []id.Content, cards map[id.Content]*card, gone map[id.Content]withdrawn) map[id.Agency]*node {
	touched := map[id.Agency]bool{}
	touch := func(of []id.Agency) {
		for _, node := range of {
			touched[node] = true
		}
	}
	isChanged := map[id.Content]bool{}
	for _, item := range changed {
		isChanged[item] = true
		if was := m.cards[item]; was != nil {
			touch(was.nodes)
		}
		touch(m.gone[item].nodes)
		delete(m.cards, item)
		delete(m.gone, item)
	}
	for _, c := range cards {
		touch(c.nodes)
	}
	for _, w := range gone {
		touch(w.nodes)
	}
	maps.Copy(m.cards, cards)
	maps.Copy(m.gone, gone)
	added := build(cards, gone)
	nodes = maps.Clone(nodes)
	for number := range touched {
		next := &node{}
		if was := nodes[number]; was != nil {
			next.cards = slices.DeleteFunc(slices.Clone(was.cards), func(c *card) bool { return isChanged[c.id] })
			next.gone = slices.DeleteFunc(slices.Clone(was.gone), func(w withdrawn) bool { return isChanged[w.id] })
		}
		if more := added[number]; more != nil {
			next.cards, next.gone = append(next.cards, more.cards...), append(next.gone, more.gone...)
		}
		next.settle()
		nodes[number] = next
	}
	return nodes
}

// build sorts contents into the feeds of their nodes.
func build(cards map[id.Content]*card, gone map[id.Content]withdrawn) map[id.Agency]*node {
	nodes := map[id.Agency]*node{}
	at := func(number id.Agency) *node {
		if nodes[number] == nil {
			nodes[number] = &node{}
		}
		return nodes[number]
	}
	for _, c := range cards {
		for _, number := range c.nodes {
			n := at(number)
			n.cards = append(n.cards, c)
		}
	}
	for _, w := range gone {
		for _, number := range w.nodes {
			n := at(number)
			n.gone = append(n.gone, w)
		}
	}
	for _, n := range nodes {
		n.settle()
	}
	return nodes
}

// settle brings a node into order after its contents were put into it.
func (n *node) settle() {
	slices.SortFunc(n.cards, newer)
	slices.SortFunc(n.gone, func(a, b withdrawn) int { return int(b.id - a.id) })
	n.ends, n.sum = nil, 0
	for _, c := range n.cards {
		if n.sum += c.sum; c.ends != 0 {
			n.ends = append(n.ends, c.ends)
		}
	}
	slices.Sort(n.ends)
}
