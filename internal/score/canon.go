package score

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/period"
)

var (
	//go:embed sql/canon_ledger.sql
	canonLedgerSQL string
	//go:embed sql/canon_facts.sql
	canonFactsSQL string
	//go:embed sql/canon_differ.sql
	canonDifferSQL string
)

// The canonical form of a season's ledger is CSV without a head, a line for whatever is left after all that was
// taken back, in the order of its fields:
//
//	day,kind,user,content or module,network,amount
//
// Its hash is SHA-256. The same bytes come out of the ledger as it is kept and out of the facts it was made of.

// canonical writes a day, line by line.
func canonical(ctx context.Context, tx *db.Tx, statement string, day period.Day, upto int64, to io.Writer) error {
	rows, err := tx.Pgx().Query(ctx, statement+" ORDER BY 1, 2, 3, 4", db.Args{"day": day.String(), "upto": upto})
	if err != nil {
		return db.Error(err)
	}
	var kind string
	var user, content int32
	var channel int16
	var amount int64
	_, err = pgx.ForEachRow(rows, []any{&kind, &user, &content, &channel, &amount}, func() error {
		_, err := fmt.Fprintf(to, "%s,%s,%d,%d,%d,%d\n", day, kind, user, content, channel, amount)
		return err
	})
	return db.Error(err)
}

// daysOf are the days of a season that the ledger has entries of.
func daysOf(ctx context.Context, c db.Conn, season Season) ([]period.Day, error) {
	found, err := db.All[struct{ Day period.Day }](ctx, c, `SELECT d::date AS day FROM (
			SELECT greatest(min(day), $1::date) AS first, least(max(day), $2::date) AS last FROM ledger WHERE day BETWEEN $1::date AND $2::date
			HAVING count(*) > 0 -- greatest and least pass over what is null
		) AS l, generate_series(l.first, l.last, interval '1 day') AS d ORDER BY 1`, season.From.String(), season.lastDay())
	var days []period.Day
	for _, one := range found {
		days = append(days, one.Day)
	}
	return days, err
}

// hashLedger hashes a season's ledger up to an entry, and writes it to somebody who wants to see it.
func (s *Service) hashLedger(ctx context.Context, season Season, upto int64, also io.Writer) ([]byte, error) {
	sum := sha256.New()
	to := io.Writer(sum)
	if also != nil {
		to = io.MultiWriter(sum, also)
	}
	days, err := daysOf(ctx, s.db, season)
	if err != nil {
		return nil, err
	}
	for _, day := range days {
		if err := s.longRead(ctx, func(tx *db.Tx) error { return canonical(ctx, tx, canonLedgerSQL, day, upto, to) }); err != nil {
			return nil, err
		}
	}
	return sum.Sum(nil), nil
}

// longRead sees one state of the database for as long as it takes.
func (s *Service) longRead(ctx context.Context, read func(tx *db.Tx) error) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, statement := range []string{`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`, `SET LOCAL statement_timeout = '30min'`} {
			if _, err := tx.Pgx().Exec(ctx, statement); err != nil {
				return db.Error(err)
			}
		}
		return read(tx)
	})
}

// Ledger is what a season's ledger says of itself.
type Ledger struct {
	Hash     []byte      // of what is kept
	Facts    []byte      // of what the facts give; nil where they were not asked
	Sealed   []byte      // as it was when the season closed; nil while it has not
	Differs  []Different // what is kept otherwise than the facts say, at most mostNamed
	Differed int64       // how much that is
}

// Different is one line that the ledger keeps otherwise than the facts tell.
type Different struct {
	Day                period.Day
	Kind               string
	User, Content      int32
	Channel            int16
	Amount, FactAmount int64
}

const (
	mostNamed = 50
	rawDays   = 400 // for so long raw clicks are kept
)

// Ledger gives the hash of a season's ledger and writes its canonical form to somebody who wants it. A closed
// season's is that of its close. With facts it is made anew from them, and each difference is named; raw clicks
// are kept for 400 days, so that is for seasons whose clicks are still there.
func (s *Service) Ledger(ctx context.Context, number int32, facts bool, csv io.Writer) (l Ledger, err error) {
	season, err := db.Get[closingSeason](ctx, s.db, `SELECT id, from_day AS "from", to_day AS "to", rulebook_version AS rulebook, state, coalesce(ledger_upto, $2::int8) AS upto,
		ledger_hash AS sealed FROM season WHERE id = $1`, number, everything)
	if errors.Is(err, db.ErrNoRow) {
		return l, noSeason()
	}
	if err != nil {
		return l, err
	}
	l.Sealed = season.Sealed
	if !facts {
		l.Hash, err = s.hashLedger(ctx, season.Season, season.Upto, csv)
		return l, err
	}
	return l, s.compareFacts(ctx, season, csv, &l)
}

// compareFacts hashes both sides day by day, each day in one state of the database, while clicks are shipped.
func (s *Service) compareFacts(ctx context.Context, season closingSeason, csv io.Writer, l *Ledger) error {
	days, err := daysOf(ctx, s.db, season.Season)
	if err != nil {
		return err
	}
	// A fact may lie on a day of which the ledger has nothing.
	first, last := max(season.From, s.today().Add(-rawDays)), s.today().Add(1)
	if len(days) > 0 {
		first = max(season.From, min(first, days[0]))
	}
	if season.To != nil {
		last = min(last, *season.To)
	}
	kept, told := sha256.New(), sha256.New()
	to := io.Writer(told)
	if csv != nil {
		to = io.MultiWriter(told, csv)
	}
	for day := first; day <= last; day++ {
		err := s.longRead(ctx, func(tx *db.Tx) error {
			if err := errors.Join(canonical(ctx, tx, canonLedgerSQL, day, season.Upto, kept), canonical(ctx, tx, canonFactsSQL, day, season.Upto, to)); err != nil {
				return err
			}
			if string(kept.Sum(nil)) == string(told.Sum(nil)) {
				return nil
			}
			return l.name(ctx, tx, day, season.Upto)
		})
		if err != nil {
			return err
		}
	}
	l.Hash, l.Facts = kept.Sum(nil), told.Sum(nil)
	return nil
}

// differ is the statement that begins with what is compared.
func differ(rest string) string {
	query := strings.Replace(canonDifferSQL, "({ledger}\n", "("+canonLedgerSQL, 1)
	return strings.Replace(query, "({facts}\n", "("+canonFactsSQL, 1) + rest
}

// name lists what differs on a day.
func (l *Ledger) name(ctx context.Context, tx *db.Tx, day period.Day, upto int64) error {
	rows, err := tx.Pgx().Query(ctx, differ(`SELECT kind, user_id, content_id, channel, kept, told FROM compared WHERE kept <> told ORDER BY 1, 2, 3, 4`),
		db.Args{"day": day.String(), "upto": upto})
	if err != nil {
		return db.Error(err)
	}
	one := Different{Day: day}
	_, err = pgx.ForEachRow(rows, []any{&one.Kind, &one.User, &one.Content, &one.Channel, &one.Amount, &one.FactAmount}, func() error {
		if l.Differed++; len(l.Differs) < mostNamed {
			l.Differs = append(l.Differs, one)
		}
		return nil
	})
	return db.Error(err)
}
