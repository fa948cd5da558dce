package privacy_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/testdb"
)

// In the copy a person reads words, not the numbers of the database, the address that they gave themselves, and only
// the day on which somebody opened their link.
func TestTheCopyIsReadable(t *testing.T) {
	t.Parallel()
	w := worldOn(t, testdb.FreshURL(t)) // it adds a partition
	who := w.Staff()
	item := fmt.Sprint(w.Live("Kabar").ID)
	w.privacy.Open(func(_ context.Context, _ *db.Tx, person id.User) (map[int64]string, error) {
		found, err := db.Get[struct{ ID int64 }](t.Context(), w.DB, `SELECT id FROM claim WHERE user_id = $1`, person)
		return map[int64]string{found.ID: "https://x.com/orang/status/77"}, err
	})
	for _, statement := range []string{
		`CREATE TABLE IF NOT EXISTS click_rest PARTITION OF click DEFAULT`,
		`INSERT INTO click (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule)
			VALUES ('2026-11-23 05:06:07.891Z', 1, ` + item + `, $1, 1, 0, 1::"char", 5::"char", 40::"char", 1::"char"),
			('2026-11-23 20:06:07.891Z', 2, ` + item + `, $1, 1, 0, 1::"char", 1::"char", 1::"char", 1::"char")`,
		`INSERT INTO ledger (user_id, kind, content_id, amount, day, at) VALUES ($1, 'people_reached', ` + item + `, 1, '2026-11-23', '2026-11-23 05:06:07.891Z')`,
		`INSERT INTO claim (user_id, place, content_id, network, address, hash, state, at) VALUES ($1, 'x', ` + item + `, 1, '\x00', '\x01', 'checking', now())`,
	} {
		args := []any{}
		if strings.Contains(statement, "$1") {
			args = append(args, who.User)
		}
		ok(t, w.write(t.Context(), statement, args...))
	}
	files, whole := w.copyOf(who, false)
	for _, want := range []string{`"perangkat Anda sendiri"`, `"dibuka sendiri"`, `"pembaca"`, `"WhatsApp"`, `"2026-11-24"`, `"https://x.com/orang/status/77"`} {
		if !strings.Contains(whole, want) {
			t.Errorf("the JSON lacks %s", want)
		}
	}
	if !strings.Contains(files["reach/click.csv"], "2026-11-23,"+item+",1,WhatsApp,dibuka sendiri,perangkat Anda sendiri\n") {
		t.Errorf("%q", files["reach/click.csv"])
	}
	if !strings.Contains(files["proof/claim.csv"], ",https://x.com/orang/status/77\n") {
		t.Errorf("%q", files["proof/claim.csv"])
	}
	if strings.Contains(whole, "05:06:07") || strings.ContainsAny(whole, "\x01\x05") || strings.Contains(whole, `\u00`) {
		t.Error("it tells to the second when somebody opened a link, or holds control characters")
	}
}
