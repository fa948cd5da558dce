package main

import (
	"io"
	"testing"
	"time"

	"gaung/internal/campaign"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/learn"
)

// What one service tells reaches the others, through the queue of the whole program: a module passed becomes a fact
// of the ledger, a changed campaign its board, and a season that closes the list of its raffle.
func TestWhatOneTellsReachesTheOthers(t *testing.T) {
	t.Parallel()
	env := demoEnv(t)
	env["GAUNG_PUBLIC_URL"] = "http://gaung.example"
	w, err := open(process{t.Context(), func(name string) string { return env[name] }, nil, io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.close)
	known, err := db.Get[struct{ Person, Campaign int64 }](t.Context(), w.db, `SELECT (SELECT user_id FROM learn_result WHERE passed_at IS NOT NULL ORDER BY user_id LIMIT 1) AS person,
		(SELECT period - 3000000 FROM score WHERE period > 3000000 AND points > 0 ORDER BY period LIMIT 1) AS campaign`)
	if err != nil || known.Person == 0 || known.Campaign == 0 {
		t.Fatalf("the world has none of it: %+v %v", known, err)
	}
	reads := map[string]struct {
		tells job.Args // nil: the calendar does
		empty string   // takes away what must come anew
		read  string
	}{
		"a module passed": {learn.PassedJob{Person: id.User(known.Person)}, `DELETE FROM ledger WHERE kind = 'learned' AND user_id = $1`,
			`SELECT count(*) AS n FROM ledger WHERE kind = 'learned' AND user_id = $1`},
		"a changed campaign": {campaign.ChangedJob{Campaign: id.Campaign(known.Campaign)}, `DELETE FROM score WHERE period = 3000000 + $2`,
			`SELECT count(*) AS n FROM score WHERE period = 3000000 + $2`},
		"a season that closes": {nil, ``, `SELECT count(*) AS n FROM raffle_entry WHERE season_id = 2`},
	}
	for name, one := range reads {
		if one.empty == "" {
			continue
		}
		err := w.db.Tx(t.Context(), func(tx *db.Tx) error {
			if _, err := db.Exec(t.Context(), tx, one.empty+` AND $1::int8 + $2::int8 > 0`, known.Person, known.Campaign); err != nil {
				return err
			}
			return w.queue.EnqueueTx(t.Context(), tx, one.tells)
		})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if err := w.queue.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := w.queue.Stop(20 * time.Second); err != nil {
			t.Error(err)
		}
	}()
	for name, one := range reads {
		for began := time.Now(); ; <-time.After(50 * time.Millisecond) {
			got, err := db.Get[struct{ N int }](t.Context(), w.db, one.read+` AND $1::int8 + $2::int8 > 0`, known.Person, known.Campaign)
			if err != nil || time.Since(began) > 2*time.Minute { // a busy machine
				t.Errorf("%s: %+v %v", name, got, err)
				break
			}
			if got.N > 0 {
				break
			}
		}
	}
}
