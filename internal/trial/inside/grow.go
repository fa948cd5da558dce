package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"gaung/internal/click"
	"gaung/internal/config"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/journal"
	"gaung/internal/score"
	"gaung/internal/share"
)

const (
	pace    = 4000   // clicks a second by the clock that they are dated with
	portion = 40_000 // that are written into the journal before they are shipped: several transactions
	writers = 256    // requests at once
)

// grow brings so many clicks through the journal into the database, all within one visitor day, and prints
// for each transaction how many there were before, how many it brought and how long it took in microseconds.
func grow(ctx context.Context, c config.Config, events int) error {
	var made atomic.Int64
	begin := time.Now().UTC().Truncate(24 * time.Hour)
	clock := func() time.Time { return begin.Add(time.Duration(made.Load()) * time.Second / pace) }
	all, err := openClicks(ctx, c, clock)
	if err != nil {
		return err
	}
	root, err := journal.OpenRoot(c.DataDir+"/journal", journal.Options{})
	if err != nil {
		return err
	}
	defer root.Close()
	shipper := all.service.KeepIn(root, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	all.service.OnShip(share.LiftGrades)
	all.service.OnShip(score.Post)
	codes, err := all.codes(ctx)
	if err != nil {
		return err
	}
	for total := 0; total < events; {
		if err := all.visit(ctx, codes, min(portion, events-total), &made); err != nil {
			return err
		}
		for {
			began := time.Now()
			shipped, err := shipper.Ship(ctx, true)
			if err != nil {
				return err
			}
			if shipped == 0 {
				break
			}
			fmt.Printf("%d %d %d\n", total, shipped, time.Since(began).Microseconds())
			total += shipped
		}
	}
	return nil
}

// codes are the links of everybody to everything that is live.
func (all clicks) codes(ctx context.Context) (codes []string, err error) {
	links, err := db.All[struct {
		Content id.Content
		User    id.User
	}](ctx, all.db, `SELECT c.id AS content, u.id AS "user" FROM app_user u CROSS JOIN (SELECT id FROM content WHERE state = 'live' ORDER BY id LIMIT 20) c
		WHERE EXISTS (SELECT FROM placement p WHERE p.user_id = u.id) ORDER BY c.id * 7919 % 101, u.id * 7919 % 10007`)
	if err == nil && len(links) == 0 {
		err = errors.New("nothing is live")
	}
	encode := click.NewCodes(all.ring)
	for _, l := range links {
		codes = append(codes, encode.Encode(click.Link{Content: l.Content, User: l.User, Channel: click.WhatsApp}))
	}
	return codes, err
}

// visit follows links, each from another address; one of forty is the one before who comes again.
func (all clicks) visit(ctx context.Context, codes []string, n int, made *atomic.Int64) error {
	var wait sync.WaitGroup
	faults := make([]error, writers)
	var taken atomic.Int64
	for w := range writers {
		wait.Go(func() {
			for taken.Add(1) <= int64(n) && faults[w] == nil {
				i := made.Add(1)
				v := i
				if i%40 == 0 {
					v--
				}
				code := codes[int(v)%len(codes)]
				at := uint32(11<<24 + v)
				_, faults[w] = all.service.Visit(ctx, click.Visit{Code: code, Address: netip.AddrFrom4([4]byte{byte(at >> 24), byte(at >> 16), byte(at >> 8), byte(at)}),
					UserAgent: fmt.Sprintf("Mozilla/5.0 (Linux; Android 1%d; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.%d.0 Mobile Safari/537.36", v%5, 110+v%30, v%13)})
			}
		})
	}
	wait.Wait()
	return errors.Join(faults...)
}
