package click

import (
	"context"
	_ "embed"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// ownWithin is how long after a share any browser at the sharer's address is taken for the sharer's own:
// they look whether the link works, in the app that they shared it to.
const ownWithin = time.Minute

// NoteSharerTx remembers for the visitor day where a person was, and with which browser, when they passed
// a link on. Address and browser are kept as hashes that nobody can make again once the day is over. An
// invalid address is noted nowhere.
func (s *Service) NoteSharerTx(ctx context.Context, tx *db.Tx, person id.User, at time.Time, address netip.Addr, agent string) error {
	if !address.IsValid() {
		return nil
	}
	hash := s.salts.address(ctx, at, address)
	browser := cleanAgent(agent)
	known := hashOf(browser)
	_, err := db.Exec(ctx, tx, `INSERT INTO click_sharer AS known (user_id, day, address, visitor, at, agent) VALUES ($1, $2::date, $3, $4, $5, $6)
		ON CONFLICT ON CONSTRAINT click_sharer_user_id_pkey DO UPDATE SET at = greatest(known.at, excluded.at)`,
		person, period.VisitorDay(at).String(), hash, s.judge.visitors.visitor(hash, browser), at, known[:])
	return err
}

// sharers are the places from where people passed links on.
type sharers map[sharerPlace][]sharerThere

type sharerPlace struct {
	user    id.User
	day     period.Day
	address int64
}

// sharerThere is one browser at the place.
type sharerThere struct {
	visitor int32
	at      time.Time // of the last share with it
}

// own tells whether a click on a person's own link comes from where they were themselves: the same browser
// at the same address on that day, or any at that address in the minute after a share.
func (s sharers) own(r judgment) bool {
	for _, there := range s[sharerPlace{r.User, r.day(), r.Address}] {
		if since := r.At.Sub(there.at); there.visitor == r.Visitor || since >= 0 && since <= ownWithin {
			return true
		}
	}
	return false
}

//go:embed sql/sharer.sql
var sharerSQL string

// readSharers reads where the owners of a batch's links were at the days and addresses of its records.
func readSharers(ctx context.Context, tx *db.Tx, batch []record) (sharers, error) {
	asked := map[sharerPlace]bool{}
	var users []int32
	var days []period.Day
	var addresses []int64
	for _, r := range batch {
		if at := (sharerPlace{r.User, r.day(), r.Address}); !asked[at] {
			asked[at] = true
			users, days, addresses = append(users, int32(at.user)), append(days, at.day), append(addresses, at.address)
		}
	}
	rows, err := tx.Pgx().Query(ctx, sharerSQL, users, days, addresses)
	if err != nil {
		return nil, db.Error(err)
	}
	found := sharers{}
	var at sharerPlace
	var day time.Time
	var there sharerThere
	_, err = pgx.ForEachRow(rows, []any{&at.user, &day, &at.address, &there.visitor, &there.at}, func() error {
		at.day = period.DayOf(day.Date())
		found[at] = append(found[at], there)
		return nil
	})
	return found, db.Error(err)
}
