package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gaung/internal/auth"
	"gaung/internal/config"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/learn"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/seal"
	"gaung/internal/share"
	"gaung/internal/user"
)

const (
	batch       = 10_000
	newPassword = "gaung-demo-2026" // of the demo world, and public
	history     = 3                 // acts of each person before today
)

// cheap is what a password costs that is only typed to prepare: what is measured is typed at the standard cost.
var cheap = auth.Cost{MemoryKiB: 64, Iterations: 1}

// fill makes the demo's province one of so many people, who have learned what comes before a share and have shared
// before. The last tenth of them has passwords of the standard cost: they type theirs while it is measured.
func fill(ctx context.Context, c config.Config, total int) error {
	ring, err := seal.ParseRing(c.Keys)
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, c.DatabaseURL, time.Now)
	if err != nil {
		return err
	}
	defer d.Close()
	people := user.New(d, ring, org.New(d))
	made, err := addPeople(ctx, d, people, total)
	if err != nil {
		return err
	}
	typed := len(made) / 10
	for cost, who := range map[auth.Cost][]id.User{cheap: made[:len(made)-typed], auth.StandardCost(): made[len(made)-typed:]} {
		if err := auth.New(d, ring, people, c.PublicURL, cost).SetPasswords(ctx, who, newPassword); err != nil {
			return err
		}
	}
	if err := addHistory(ctx, c, d, made); err != nil {
		return err
	}
	return errors.Join(people.Snapshot(ctx), d.Analyze(ctx))
}

// addPeople adds those that are missing, spread evenly over the province's units.
func addPeople(ctx context.Context, d *db.DB, people *user.Service, total int) (made []id.User, err error) {
	there, err := db.Get[struct{ N int }](ctx, d, `SELECT count(*) AS n FROM app_user WHERE active`)
	if err != nil {
		return nil, err
	}
	units, err := db.All[struct{ ID id.Agency }](ctx, d, `SELECT u.id FROM agency AS u JOIN agency AS p ON p.id = ANY (u.path)
		WHERE p.code = '99' AND u.kind = 'unit' ORDER BY u.id`)
	if err != nil {
		return nil, err
	}
	var drafts []user.Draft
	for i := range total - there.N {
		drafts = append(drafts, user.Draft{Name: fmt.Sprintf("Pegawai %d", i), Email: emailOf(i), Unit: units[i%len(units)].ID,
			From: period.DayOf(2025, time.January, 1)})
		if len(drafts) == batch || i == total-there.N-1 {
			more, err := people.CreateAll(ctx, drafts)
			if err != nil {
				return nil, err
			}
			made, drafts = append(made, more...), drafts[:0]
		}
	}
	return made, nil
}

func emailOf(n int) string { return fmt.Sprintf("pegawai%d@uji.example", n) }

// addHistory lets people have learned what comes before a share, and have shared a few older contents.
func addHistory(ctx context.Context, c config.Config, d *db.DB, who []id.User) error {
	if err := learn.New(d, nil, c.PublicURL).Vouch(ctx, who...); err != nil {
		return err
	}
	contents, err := db.All[struct {
		ID          id.Content
		PublishedAt time.Time
	}](ctx, d, `SELECT id, published_at FROM content WHERE state = 'live' ORDER BY id`)
	if err != nil {
		return err
	}
	var past []share.Past
	for i, person := range who {
		for k := range history {
			one := contents[(i*7+k*5)%len(contents)]
			past = append(past, share.Past{User: person, Content: one.ID, Network: "facebook", Kind: share.ShareKind, At: one.PublishedAt.Add(time.Hour)})
		}
	}
	_, err = share.New(d, nil, c.PublicURL).RecordAll(ctx, past)
	return err
}
