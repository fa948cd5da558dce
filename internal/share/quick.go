package share

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io"
	"slices"
	"sort"
	"strconv"
	"time"

	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

// Quick is a page of the feed out of memory, ready to be sent.
type Quick struct {
	Tag       string // another page has another tag; so has the same page of another person
	Unchanged bool   // the asker has it already: there is nothing to send
	person    id.User
	cards     []*card
	did       deeds
	next      string
	withdrawn []id.Content
}

// Quick makes a page of the whole feed out of memory and what the person did; turn is how far that is.
// known tells whether the asker has a page with a tag. It gives false when memory cannot tell the page,
// and SQL must: before the lists are there, below what they hold, and for a pointer that is none.
func (s *Service) Quick(ctx context.Context, actor org.Actor, turn int64, ask page.Ask, known func(tag string) bool) (Quick, bool, error) {
	now := s.db.Now()
	here, err := s.current(ctx, now)
	if err != nil || here == nil {
		return Quick{}, false, err
	}
	from, err := placeOf(ask)
	if err != nil {
		return Quick{}, false, nil // SQL's side says why
	}
	q := Quick{person: actor.User, withdrawn: here.withdrawn(actor.Path, now)}
	q.Tag = here.tag(actor, turn, now, q.withdrawn)
	if q.Unchanged = known(q.Tag); q.Unchanged {
		return q, true, nil
	}
	rest := here.after(actor.Path, from.below())
	ranked := rest.takeTo(from)
	rows, err := s.chooseRanked(ctx, &q, ranked, from, actor.Path)
	if err != nil {
		return Quick{}, false, err
	}
	if rows, err = s.choose(ctx, &q, rows, rest, ask.Size()); err != nil {
		return Quick{}, false, err
	}
	if (len(rows) <= ask.Size() || rest.floor.published == 0) && here.goesOn(actor.Path) {
		return Quick{}, false, nil
	}
	list := page.Of(ask, rows, func(row placed) []string { return row.key(rest.floor) })
	q.next = list.Next
	for _, row := range list.Items {
		if !row.over(now) {
			q.cards = append(q.cards, row.card)
		}
	}
	return q, true, nil
}

// chooseRanked gives what the page may take of the ranked part.
func (s *Service) chooseRanked(ctx context.Context, q *Quick, cards []*card, from place, path []id.Agency) ([]placed, error) {
	if len(cards) == 0 {
		return nil, nil
	}
	did, err := s.did.Ask(ctx, some{q.person, cards})
	if err != nil {
		return nil, err
	}
	q.did = did
	return did.keep(from.behind(rank(cards, path, did))), nil
}

// keep leaves out what the person put aside.
func (d deeds) keep(list []placed) []placed {
	return slices.DeleteFunc(list, func(one placed) bool { return d.marked(one.id, Skip) })
}

// choose goes on by time until there is one more than a page holds, or nothing is left.
func (s *Service) choose(ctx context.Context, q *Quick, rows []placed, rest *walk, size int) ([]placed, error) {
	const spare = 8 // put aside among them, without another question
	for chunk := size + 1 + spare; len(rows) <= size; chunk *= 2 {
		found := rest.take(chunk)
		if len(found) == 0 {
			return rows, nil
		}
		did, err := s.did.Ask(ctx, some{q.person, found})
		if err != nil {
			return nil, err
		}
		q.did = append(q.did, did...)
		for _, c := range found {
			if !did.marked(c.id, Skip) {
				rows = append(rows, placed{card: c})
			}
		}
	}
	return rows[:size+1], nil
}

// walk goes through the feeds of several nodes as if they were one.
type walk struct {
	lists [][]*card
	floor *card // where the ranked part ends
}

// takeTo takes the ranked part as it was on the first page; a page below it has none.
func (w *walk) takeTo(from place) (cards []*card) {
	if w.floor = from.floor; !from.after.ranked {
		return nil
	}
	for next := w.peek(); next != nil; next = w.peek() {
		if from.floor == nil && len(cards) == rankedFirst || from.floor != nil && newer(next, from.floor) > 0 {
			break
		}
		cards = append(cards, next)
		w.drop(next)
	}
	if from.floor == nil {
		w.floor = floorOf(cards)
	}
	return cards
}

// floorOf is where the ranked part ends; the zero card when nothing is below it.
func floorOf(cards []*card) *card {
	if len(cards) < rankedFirst {
		return &card{}
	}
	return cards[len(cards)-1]
}

// after begins behind a card, or with nil at the newest.
func (l *lists) after(path []id.Agency, from *card) *walk {
	w := &walk{}
	for _, number := range path {
		n := l.nodes[number]
		if n == nil {
			continue
		}
		begin := 0
		if from != nil {
			begin = sort.Search(len(n.cards), func(i int) bool { return newer(from, n.cards[i]) < 0 })
		}
		w.lists = append(w.lists, n.cards[begin:])
	}
	return w
}

// take gives the next cards, each once although it may be meant for several nodes.
func (w *walk) take(count int) []*card {
	taken := make([]*card, 0, count)
	for len(taken) < count {
		first := w.peek()
		if first == nil {
			break
		}
		w.drop(first)
		taken = append(taken, first)
	}
	return taken
}

// peek is the next card; nil: there is none.
func (w *walk) peek() (first *card) {
	for _, list := range w.lists {
		if len(list) > 0 && (first == nil || newer(list[0], first) < 0) {
			first = list[0]
		}
	}
	return first
}

func (w *walk) drop(first *card) {
	for i, list := range w.lists {
		if len(list) > 0 && list[0] == first {
			w.lists[i] = list[1:]
		}
	}
}

// goesOn tells that the feed has contents that are too old for memory.
func (l *lists) goesOn(path []id.Agency) bool {
	return slices.ContainsFunc(path, func(number id.Agency) bool { return l.older[number] })
}

// mostWithdrawn is how many withdrawn contents an answer names.
const mostWithdrawn = 200

func (l *lists) withdrawn(path []id.Agency, now time.Time) []id.Content {
	since := now.Add(-remembered).UnixMicro()
	var found []id.Content
	for _, number := range path {
		if n := l.nodes[number]; n != nil {
			for _, w := range n.gone {
				if w.at > since {
					found = append(found, w.id)
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b id.Content) int { return int(b - a) })
	found = slices.Compact(found)
	return found[:min(len(found), mostWithdrawn)]
}

// tag names everything that an answer is made of: whose it is, how far their own part is, what is in the
// feeds of their path, and which of that is over by now.
func (l *lists) tag(actor org.Actor, turn int64, now time.Time, gone []id.Content) string {
	text := make([]byte, 0, 256)
	add := func(n int64) { text = binary.BigEndian.AppendUint64(text, uint64(n)) }
	add(int64(actor.User))
	add(turn)
	for _, number := range actor.Path {
		add(int64(number))
		if n := l.nodes[number]; n != nil {
			over := sort.Search(len(n.ends), func(i int) bool { return n.ends[i] > now.UnixMicro() })
			add(int64(n.sum))
			add(int64(over))
		}
	}
	for _, item := range gone {
		add(int64(item))
	}
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:15])
}

// Send writes the page as JSON, byte for byte as a Feed is encoded.
func (q Quick) Send(w io.Writer) error {
	text := append(make([]byte, 0, 256), `{"items":[`...) // what stands between the large pieces
	for i, c := range q.cards {
		if i > 0 {
			text = append(text, ',')
		}
		if err := send(w, text, c.head); err != nil {
			return err
		}
		turn := turnOf(q.person, c.id)
		text = strconv.AppendInt(text[:0], int64(pick(c.captions, turn)), 10)
		text = strconv.AppendInt(append(text, gapTurn...), int64(turn), 10)
		if err := send(w, text, c.tail); err != nil {
			return err
		}
		text = append(text[:0], '[', ']')
		if acts := q.did.acts(c.id); len(acts) > 0 {
			told, err := encode(acts)
			if err != nil {
				return err
			}
			text = append(text[:0], told[:len(told)-1]...) // without its end of line
		}
		text = append(text, `,"skipped":`...)
		text = strconv.AppendBool(text, q.did.marked(c.id, Skip))
		text = append(text, `,"saved":`...)
		text = strconv.AppendBool(text, q.did.marked(c.id, Save))
		text = append(text, '}')
	}
	text = append(text, `],"next":"`...)
	text = append(text, q.next...) // base64url needs no escape
	text = append(text, `","withdrawn":[`...)
	for i, item := range q.withdrawn {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, int64(item), 10)
	}
	text = append(text, "]}\n"...)
	_, err := w.Write(text)
	return err
}

func send(w io.Writer, pieces ...[]byte) error {
	for _, piece := range pieces {
		if _, err := w.Write(piece); err != nil {
			return err
		}
	}
	return nil
}
