package share

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"time"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/page"
	"gaung/internal/trust"
)

// The order of the feed. A content has a score, which is a moment: when it was published, moved later by what
// speaks for it and earlier by what the person has done with it. A moment does not age, so the order stays as it
// is until something happens, and a page may be asked for again. Only the newest contents are ordered so; below
// them the feed goes on by time. The text `order_*` of the feed tells the same to the person.
const (
	rankedFirst = 200 // contents, the newest of the person's path
	clarifies   = 36 * time.Hour
	mandated    = 12 * time.Hour
	nearer      = 2 * time.Hour // for each step down the tree at which it is aimed at the person
	wished      = 24 * time.Hour
	unwished    = -24 * time.Hour
	doneShare   = -72 * time.Hour
	doneLike    = -12 * time.Hour
)

const clarification = "klarifikasi" // the kind of a content

// weight is what speaks for a content whoever reads it. It is computed once, when the content is published or
// changed.
func weight(kind string, mandate *trust.Mandate) time.Duration {
	sum := time.Duration(0)
	if kind == clarification {
		sum += clarifies
	}
	if mandate != nil {
		sum += mandated
	}
	return sum
}

// placed is a card at its place in a feed.
type placed struct {
	*card
	score  int64 // Unix microseconds; of the ranked part only
	ranked bool
}

// rank brings cards into the order of one person's feed.
func rank(cards []*card, path []id.Agency, did deeds) []placed {
	moved := did.moves()
	list := make([]placed, len(cards))
	for i, c := range cards {
		sum := c.weight + time.Duration(c.depth(path))*nearer + moved[c.id]
		switch did.wish(c.topic) {
		case 1:
			sum += wished
		case -1:
			sum += unwished
		}
		list[i] = placed{c, c.published + sum.Microseconds(), true}
	}
	slices.SortFunc(list, higher)
	return list
}

// higher is the order of the ranked part: the highest score first.
func higher(a, b placed) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.id, a.id)) }

// depth is the lowest step of the path that the content is aimed at; 0: the root.
func (c *card) depth(path []id.Agency) int {
	for i := len(path) - 1; i > 0; i-- {
		if slices.Contains(c.nodes, path[i]) {
			return i
		}
	}
	return 0
}

// moves is how far acts move a content: the one that counts most, not their sum.
func (d deeds) moves() map[id.Content]time.Duration {
	moved := map[id.Content]time.Duration{}
	for _, one := range d {
		switch {
		case one.mark != "":
		case one.act.Kind == ShareKind:
			moved[one.content] = doneShare
		case moved[one.content] == 0:
			moved[one.content] = doneLike
		}
	}
	return moved
}

// wish is what the person wants of a topic: 1 more, -1 less, 0 nothing said.
func (d deeds) wish(topic string) int {
	for _, one := range d {
		if one.mark == wishMark && one.topic == topic {
			return one.wish
		}
	}
	return 0
}

// place is where a page begins.
type place struct {
	after placed // the last card of the page before; its card is nil on the first page
	floor *card  // where the ranked part ended on the first page; nil there. The zero card: it held everything
}

// below is the card behind which a page begins that lies below the ranked part; nil for a page within it.
func (p place) below() *card {
	if p.after.ranked {
		return nil
	}
	return p.floor
}

// behind leaves what comes after the place, of a ranked list.
func (p place) behind(list []placed) []placed {
	if p.after.card == nil {
		return list
	}
	at := 0
	for at < len(list) && higher(list[at], p.after) <= 0 {
		at++
	}
	return list[at:]
}

// placeOf reads where a page begins. Below the ranked part a place is a time and a number; within it, a score, a
// number, and where that part ends: what is published meanwhile moves nothing out of it.
func placeOf(ask page.Ask) (place, error) {
	if ask.After == "" {
		return place{after: placed{ranked: true}}, nil
	}
	if key, _, err := ask.Key(4); err == nil {
		last, errLast := spot(key[0], key[1])
		floor, errFloor := spot(key[2], key[3])
		return place{placed{last, last.published, true}, floor}, errors.Join(errLast, errFloor)
	}
	key, _, err := ask.Key(2)
	if err != nil {
		return place{}, err
	}
	last, err := spot(key[0], key[1])
	return place{placed{card: last}, last}, err
}

// spot is a card by its time and number alone.
func spot(micros, number string) (*card, error) {
	at, errAt := strconv.ParseInt(micros, 10, 64)
	no, errNo := strconv.ParseInt(number, 10, 32)
	if errAt != nil || errNo != nil || no < 0 || at < 0 || at > lastMoment {
		return &card{}, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
	}
	return &card{published: at, id: id.Content(no)}, nil
}

// lastMoment is more than any time that a feed can hold: the year 9999, in Unix microseconds.
const lastMoment = 253_402_300_799_000_000

// key is the place after a row of the feed.
func (p placed) key(floor *card) []string {
	if !p.ranked {
		return p.card.spot()
	}
	return append([]string{strconv.FormatInt(p.score, 10), strconv.FormatInt(int64(p.id), 10)}, floor.spot()...)
}

func (c *card) spot() []string {
	return []string{strconv.FormatInt(c.published, 10), strconv.FormatInt(int64(c.id), 10)}
}
