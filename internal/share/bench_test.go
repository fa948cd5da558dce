package share_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/org"
	"gaung/internal/share"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// crowd is a unit whose people share some contents over four networks.
func crowd(b *testing.B, people int) (*linked, []org.Actor, []content.Content) {
	b.Helper()
	c := &clock{now: testdb.Now}
	kit := testkit.On(b, testdb.Open(b, testdb.FreshURL(b), c.Now))
	clicks := click.New(kit.DB, kit.Ring, publicURL)
	w := &linked{&world{kit, nil, share.New(kit.DB, clicks, publicURL)}, c, clicks}
	var items []content.Content
	for n := range 40 {
		items = append(items, w.Live(fmt.Sprint("Kabar ", n)))
	}
	var actors []org.Actor
	for range people {
		actors = append(actors, w.Staff())
	}
	return w, actors, items
}

// BenchmarkShare records shares, one after the other, and by eight people of one unit at a time.
func BenchmarkShare(b *testing.B) {
	w, actors, items := crowd(b, 100)
	networks := []string{"whatsapp", "telegram", "copy", "email"}
	var next atomic.Int64
	one := func() error {
		n := int(next.Add(1))
		_, err := w.share.Share(b.Context(), actors[n%100], items[n/400%40].ID, share.Request{Channel: networks[n/100%4]})
		return err
	}
	b.Run("alone", func(b *testing.B) {
		for b.Loop() {
			if err := one(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("eight", func(b *testing.B) {
		b.SetParallelism(4)
		b.RunParallel(func(p *testing.PB) {
			for p.Next() {
				if err := one(); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

// BenchmarkLift is what a batch of 2,000 first clicks on as many shares costs the transaction that counts them.
func BenchmarkLift(b *testing.B) {
	w, actors, items := crowd(b, 500)
	networks := []string{"whatsapp", "telegram", "copy", "email"}
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		var acts []share.Past
		var counted []click.Counted
		on, _ := click.ChannelNamed(networks[n/10%4])
		for _, actor := range actors {
			for i := range 4 {
				item := items[(n*4+i)%40]
				at := testdb.Now.Add(time.Duration(i) * time.Minute)
				acts = append(acts, share.Past{User: actor.User, Content: item.ID, Kind: share.ShareKind, Network: networks[n/10%4], At: at})
				counted = append(counted, click.Counted{Verdict: click.Valid, Delta: 1, At: at, User: actor.User, Content: item.ID, Channel: on})
			}
		}
		if added, err := w.share.RecordAll(b.Context(), acts); err != nil || added != int64(len(acts)) {
			b.Fatal(added, err)
		}
		b.StartTimer()
		if err := w.DB.Tx(b.Context(), func(tx *db.Tx) error { return share.LiftGrades(b.Context(), tx, counted) }); err != nil {
			b.Fatal(err)
		}
	}
}
