package score_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"gaung/internal/click"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/score"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// raw stores valid clicks as the shipper would, and posts them.
func (w *world) raw(actor org.Actor, unit id.Agency, content id.Content, channel click.Channel, at string, times int) {
	w.t.Helper()
	w.exec(`INSERT INTO click (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule)
		SELECT $1::timestamptz, n, $2, $3, $4, 0, ($5::int4)::"char", 1::"char", 1::"char", 2::"char" FROM generate_series(1, $6) AS n`, at, int64(content), int64(actor.User), int64(unit), int16(channel), times)
	day := today
	if strings.HasPrefix(at, "2026-11-21") {
		day = today.Add(-1)
	}
	batch := clicks(actor, day, times)
	for i := range batch {
		batch[i].Content, batch[i].Channel, batch[i].Unit = content, channel, unit
	}
	w.post(batch)
}

// away takes clicks of a person back, or lets them count again: the verdict and the ledger change together.
func (w *world) away(actor org.Actor, content id.Content, channel click.Channel, times int, delta int32) {
	w.t.Helper()
	from, to := 1, 7
	if delta > 0 {
		from, to = to, from
	}
	w.exec(`UPDATE click SET verdict = ($5::int4)::"char" WHERE ctid IN (SELECT ctid FROM click WHERE user_id = $1 AND content_id = $2 AND channel::int4 = $3 AND verdict::int4 = $4 LIMIT $6)`,
		int64(actor.User), int64(content), int16(channel), from, to, times)
	batch := clicks(actor, today, times)
	for i := range batch {
		batch[i].Content, batch[i].Channel, batch[i].Delta = content, channel, delta
	}
	w.post(batch)
}

// Out of the clicks and the results of quizzes come the very bytes that the ledger keeps: with clicks that were
// judged again, taken back, restored in parts, of people who move and leave, over several networks. One row
// that somebody changed is named.
func TestTheLedgerComesOutOfTheFactsToTheByte(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	w.exec(`CREATE TABLE click_any PARTITION OF click DEFAULT`)
	body := k.Agency(k.Region, org.Body)
	there := k.Agency(body, org.Unit)
	facebook, _ := click.ChannelNamed("facebook")
	mover, leaver, plain := k.Staff(), k.Staff(), k.Staff()
	const early, late = "2026-11-21 10:00+08", "2026-11-22 00:30+08" // one instant is another day in Jakarta
	w.raw(mover, k.Unit.ID, 1, click.WhatsApp, early, 5)
	w.raw(mover, k.Unit.ID, 2, facebook, late, 3)
	w.raw(leaver, k.Unit.ID, 1, click.WhatsApp, late, 4)
	w.raw(plain, k.Unit.ID, 1, click.WhatsApp, late, 9)
	w.raw(plain, k.Unit.ID, 1, facebook, late, 2)
	w.away(plain, 1, click.WhatsApp, 6, -1)
	w.away(plain, 1, click.WhatsApp, 2, 1)
	w.away(plain, 1, facebook, 2, -1)
	w.move(mover, there.ID)
	w.move(leaver, 0)
	w.raw(mover, there.ID, 1, click.WhatsApp, late, 1)
	w.exec(`INSERT INTO module (agency_id, lesson, created_at, updated_at) VALUES ($1, '{}', now(), now())`, k.Dinas.ID)
	w.exec(`INSERT INTO module_version (module_id, no, lesson, published_at) SELECT max(id), n, '{}', now() FROM module, generate_series(1, 2) AS n GROUP BY n`)
	for version, at := range []string{"2026-11-21 23:30+07", "2026-11-22 09:00+07"} { // the second edition gives nothing new
		w.exec(`INSERT INTO learn_result (user_id, module_id, version, best, questions, attempts, passed_at, at) SELECT $1, max(id), $2, 5, 5, 1, $3::timestamptz, now() FROM module`, plain.User, version+1, at)
		for range 2 {
			if err := w.score.Learned(t.Context(), plain.User); err != nil {
				t.Fatal(err)
			}
		}
	}
	var kept, told bytes.Buffer
	ledger, err := w.score.Ledger(t.Context(), 1, false, &kept)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := w.score.Ledger(t.Context(), 1, true, &told)
	if err != nil || kept.String() != told.String() || !bytes.Equal(ledger.Hash, facts.Facts) || !bytes.Equal(facts.Hash, facts.Facts) || facts.Differed != 0 {
		t.Fatalf("%v %+v\nkept\n%s\ntold\n%s", err, facts, &kept, &told)
	}
	for _, want := range []string{fmt.Sprintf("2026-11-21,people_reached,%d,1,1,5\n", mover.User), fmt.Sprintf("2026-11-22,people_reached,%d,1,1,5\n", plain.User), fmt.Sprintf("2026-11-21,learned,%d,", plain.User)} {
		if !strings.Contains(kept.String(), want) {
			t.Errorf("%q is not in\n%s", want, &kept)
		}
	}
	if got := strings.Count(kept.String(), "learned"); got != 1 {
		t.Errorf("one module counts %d times", got)
	}
	w.exec(`UPDATE ledger SET amount = amount + 1 WHERE user_id = $1 AND content_id = 2`, mover.User)
	facts, err = w.score.Ledger(t.Context(), 1, true, nil)
	want := score.Different{Day: today, Kind: "people_reached", User: int32(mover.User), Content: 2, Channel: int16(facebook), Amount: 4, FactAmount: 3}
	if err != nil || facts.Differed != 1 || len(facts.Differs) != 1 || facts.Differs[0] != want || bytes.Equal(facts.Hash, facts.Facts) {
		t.Errorf("%+v %v", facts, err)
	}
	if err := w.score.Prove(t.Context()); err != nil {
		t.Fatal(err)
	}
	if proof, err := w.score.Proof(t.Context()); err != nil || proof.Ledger != 0 { // today is not over yet
		t.Errorf("%+v %v", proof, err)
	}
	w.exec(`DELETE FROM ledger WHERE user_id = $1 AND kind = 'learned'`, plain.User)
	if err := w.score.Prove(t.Context()); err != nil {
		t.Fatal(err)
	}
	if proof, err := w.score.Proof(t.Context()); err != nil || proof.Ledger != 1 {
		t.Errorf("a module that the ledger forgot: %+v %v", proof, err)
	}
}
