package share

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"gaung/internal/caption"
	"gaung/internal/id"
)

// card is a live content as everybody gets it, encoded once for each version. What is one person's own is
// written into its two gaps.
type card struct {
	id        id.Content
	published int64         // Unix microseconds
	ends      int64         // the same; 0: never
	weight    time.Duration // what speaks for it whoever reads it; see rank.go
	topic     string
	captions  []int  // those that rotate where no network is chosen
	head      []byte // up to the suggested caption
	tail      []byte // behind the turn, up to the acts
	nodes     []id.Agency
	sum       uint64 // of all of the above: another card, another sum
}

// newer is the order in which contents are kept, and of the feed below its ranked part: newest first.
// mine_feed.sql says the same.
func newer(a, b *card) int {
	return cmp.Or(cmp.Compare(b.published, a.published), cmp.Compare(b.id, a.id))
}

// The gaps of a card, as encoding/json writes them for nobody. A quote inside a text is escaped, so these
// can only be the fields themselves.
const (
	gapSuggested = `"suggested":`
	gapTurn      = `,"turn":`
	gapActs      = `"acts":`
	gapEnd       = `[],"skipped":false,"saved":false}` + "\n"
)

func newCard(item Item, nodes []id.Agency) (*card, error) {
	item.Suggested, item.Turn, item.Acts, item.Skipped, item.Saved = 0, 0, []Act{}, false, false
	text, err := encode(item)
	if err != nil {
		return nil, err
	}
	head, rest, foundHead := bytes.Cut(text, []byte(gapSuggested+"0"+gapTurn+"0"))
	tail, end, foundTail := bytes.Cut(rest, []byte(gapActs))
	if !foundHead || !foundTail || string(end) != gapEnd {
		return nil, fmt.Errorf("share: the gaps of content %d are not where they should be", item.ID)
	}
	c := &card{id: item.ID, published: item.PublishedAt.UnixMicro(), weight: weight(item.Kind, item.Mandate), topic: item.Topic, captions: caption.Anywhere(item.Written), nodes: nodes,
		head: append(bytes.Clone(head), gapSuggested...), tail: append(bytes.Clone(tail), gapActs...)}
	if item.EndsAt != nil {
		c.ends = item.EndsAt.UnixMicro()
	}
	hash := sha256.New()
	_, _ = hash.Write(text)                                                                                                   // never fails
	_, _ = hash.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(c.published)), uint64(c.ends))) // never fails
	c.sum = binary.BigEndian.Uint64(hash.Sum(nil))
	return c, nil
}

// encode writes JSON as the edge does.
func encode(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return text.Bytes(), err
}

// over tells that the content's end has come, whether or not the job got to it.
func (c *card) over(now time.Time) bool { return c.ends != 0 && c.ends <= now.UnixMicro() }
