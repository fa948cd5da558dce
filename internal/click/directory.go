package click

import (
	"context"
	_ "embed"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/network"
)

// directory is what a link needs to be followed, in memory: every content that was ever published, who
// exists, and which links are blocked. It goes on answering when the database does not. What it holds is
// never changed, only replaced.
type directory struct {
	db        *db.DB
	publicURL string
	refresh   sync.Mutex // one refresh at a time
	mark      db.Mark    // changes at or after it are still to be read
	newest    id.User    // people up to here were read
	rows      map[id.Content]contentRow
	now       atomic.Pointer[contents]
	people    known
}

// contents is one state of the directory.
type contents struct {
	of      []*Destination // by content
	blocked map[Link]bool  // a zero content or channel stands for all of them
}

// contentRow is what the database says of a published content.
type contentRow struct {
	ID           id.Content
	State        string
	Slug         string
	LandingURL   string
	RecallReason string
	CorrectionID id.Content
}

func newDirectory(d *db.DB, publicURL string) *directory {
	c := &directory{db: d, publicURL: publicURL, rows: map[id.Content]contentRow{}}
	c.now.Store(&contents{})
	return c
}

//go:embed sql/published.sql
var publishedSQL string

// Refresh reads what changed since the last time; the first time, everything.
func (c *directory) Refresh(ctx context.Context) error {
	c.refresh.Lock()
	defer c.refresh.Unlock()
	mark, err := c.db.Mark(ctx)
	if err != nil {
		return err
	}
	rows, err := c.db.Pool().Query(ctx, publishedSQL, max(c.mark, "0"))
	if err != nil {
		return db.Error(err)
	}
	changed, err := pgx.CollectRows(rows, pgx.RowToStructByPos[contentRow])
	if err != nil {
		return db.Error(err)
	}
	blocked, err := readBlocked(ctx, c.db)
	if err != nil {
		return err
	}
	if err := c.readPeople(ctx); err != nil {
		return err
	}
	c.replace(changed, blocked)
	c.mark = mark
	return nil
}

// replace swaps in a state with the changed rows. Corrections of corrections make one change reach
// others, so all recalled ones are looked at again.
func (c *directory) replace(changed []contentRow, blocked map[Link]bool) {
	before := c.now.Load()
	next := &contents{of: before.of, blocked: blocked}
	if len(changed) > 0 {
		next.of = slices.Clone(before.of)
		for _, row := range changed {
			c.rows[row.ID] = row
			for int(row.ID) >= len(next.of) {
				next.of = append(next.of, nil)
			}
			next.of[row.ID] = c.lead(row)
		}
		for _, row := range c.rows {
			if row.State == "recalled" {
				next.of[row.ID] = c.lead(row)
			}
		}
	}
	c.now.Store(next)
}

// maxHops is how many corrections of corrections are followed.
const maxHops = 4

// lead tells where links to a content lead: to itself, or when it was recalled to its correction.
func (c *directory) lead(row contentRow) *Destination {
	to, at := &Destination{withdrawn: row.State == "recalled"}, row
	for range maxHops {
		next, there := c.rows[at.CorrectionID]
		if at.State != "recalled" || !there {
			break
		}
		at = next
	}
	if at.State == "recalled" {
		to.gone = row.RecallReason
		return to
	}
	to.URL = c.landing(at)
	return to
}

// landing is the official address, or our own public page where there is none or where it draws no
// preview for whoever is not signed in there.
func (c *directory) landing(row contentRow) string {
	if row.LandingURL != "" {
		if to, err := url.Parse(row.LandingURL); err == nil && network.DrawsPreview(to.Hostname()) {
			return row.LandingURL
		}
	}
	return c.publicURL + "/k/" + row.Slug
}

// find gives where a content's links lead; nil when it was never published.
func (c *contents) find(content id.Content) *Destination {
	if int(content) >= len(c.of) || content < 0 {
		return nil
	}
	return c.of[content]
}

// blocks tells whether a link was blocked, by itself or with all links of its person.
func (c *contents) blocks(link Link) bool {
	return len(c.blocked) > 0 && (c.blocked[link] || c.blocked[Link{User: link.User}])
}

// readPeople adds who is new. Numbers are given before a transaction commits, so one may appear late; it
// is then looked up by itself (knows).
func (c *directory) readPeople(ctx context.Context) error {
	rows, err := c.db.Pool().Query(ctx, `SELECT id FROM app_user WHERE id > $1 ORDER BY id`, c.newest)
	if err != nil {
		return db.Error(err)
	}
	var person id.User
	_, err = pgx.ForEachRow(rows, []any{&person}, func() error {
		c.people.add(person)
		c.newest = person
		return nil
	})
	return db.Error(err)
}

// knows tells whether a person exists. Without a database a stranger is believed: the code held under
// our key and its content exists, and a click of nobody's is credited to nobody.
func (c *directory) knows(ctx context.Context, person id.User) bool {
	if c.people.has(person) {
		return true
	}
	var there bool
	err := c.db.Pool().QueryRow(ctx, `SELECT EXISTS (SELECT FROM app_user WHERE id = $1)`, person).Scan(&there)
	if err == nil && there {
		c.people.add(person)
	}
	return there || err != nil
}

// known is a set of numbers from a sequence: one bit each, in pages that are made when they are needed.
type known struct {
	lock  sync.Mutex // adding
	pages atomic.Pointer[[]*page]
}

const pageBits = 1 << 16

type page [pageBits / 64]atomic.Uint64

func (p *known) has(person id.User) bool {
	pages, at := p.pages.Load(), int(person)/pageBits
	if pages == nil || at >= len(*pages) || person < 0 {
		return false
	}
	word := (*pages)[at]
	return word != nil && word[int(person)%pageBits/64].Load()&(1<<(uint(person)%64)) != 0
}

func (p *known) add(person id.User) {
	p.lock.Lock()
	defer p.lock.Unlock()
	var pages []*page
	if old := p.pages.Load(); old != nil {
		pages = *old
	}
	at := int(person) / pageBits
	if at >= len(pages) || pages[at] == nil {
		pages = append(slices.Clone(pages), make([]*page, max(0, at+1-len(pages)))...)
		pages[at] = new(page)
		p.pages.Store(&pages)
	}
	pages[at][int(person)%pageBits/64].Or(1 << (uint(person) % 64))
}
