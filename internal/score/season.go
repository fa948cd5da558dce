package score

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/period"
)

// seasonKeyBase keeps seasons apart from months and weeks in one column.
const seasonKeyBase = 2_000_000

// Season is a stretch of days with one rulebook.
type Season struct {
	ID       int32       `json:"id"`
	Name     string      `json:"name"`
	From     period.Day  `json:"from"`
	To       *period.Day `json:"to" doc:"The last day; null while it is not fixed"`
	Rulebook int32       `json:"rulebook" doc:"Version of the rules"`
	State    string      `json:"-"`
}

// Current is the season that runs, with its rules in words and what the actor has in it.
type Current struct {
	Season
	Rules []string `json:"rules" nullable:"false" doc:"The rulebook in words"`
	Me    Tally    `json:"me"`
}

// Tally is what a person has in a season.
type Tally struct {
	PeopleReached int64 `json:"people_reached" doc:"Over all networks: what the board ranks"`
	Points        int64 `json:"points" doc:"By the rulebook: only over networks that allow it"`
}

const seasonsSQL = `SELECT id, name, from_day AS "from", to_day AS "to", rulebook_version AS rulebook, state FROM season`

// key is the season's number among the periods.
func (s Season) key() int32 { return seasonKeyBase + s.ID }

func (s Season) holds(day period.Day) bool { return s.From <= day && (s.To == nil || day <= *s.To) }

// openSeasons are those that still take what is counted.
func openSeasons(ctx context.Context, c db.Conn) ([]Season, error) {
	return db.All[Season](ctx, c, seasonsSQL+` WHERE state = 'open'`)
}

// Check reads every rulebook, so that a program that does not know a rule does not start.
func (s *Service) Check(ctx context.Context) error {
	books, err := db.All[struct {
		Version int32
		Rules   string
	}](ctx, s.db, `SELECT version, rules::text AS rules FROM rulebook`)
	for _, book := range books {
		if _, wrong := parseRules([]byte(book.Rules)); wrong != nil {
			err = errors.Join(err, fmt.Errorf("rulebook %d: %w", book.Version, wrong))
		}
	}
	return err
}

// Current reads the season that runs today.
func (s *Service) Current(ctx context.Context, actor org.Actor) (Current, error) {
	season, err := s.season(ctx, "season", period.LocalDay(s.db.Now(), zoneOf(actor)))
	if err != nil {
		return Current{}, err
	}
	text, err := db.Get[struct{ Rules string }](ctx, s.db, `SELECT rules::text AS rules FROM rulebook WHERE version = $1`, season.Rulebook)
	if err != nil {
		return Current{}, err
	}
	book, err := parseRules([]byte(text.Rules))
	if err != nil {
		return Current{}, err
	}
	me, err := db.Get[Tally](ctx, s.db, `SELECT coalesce(sum(amount), 0)::int8 AS people_reached,
			-- What was reached before the network was kept gave no points, so taking it back takes none.
			(greatest(sum(amount) FILTER (WHERE channel = ANY ($4::int2[])), 0) * $5::int4)::int8 AS points
		FROM ledger WHERE user_id = $1 AND kind = 'people_reached' AND day >= $2::date AND ($3::date IS NULL OR day <= $3::date)`,
		actor.User, season.From, season.To, book.channels(), book.PeopleReached.Points)
	return Current{season, book.words(), me}, err
}

func zoneOf(actor org.Actor) *time.Location {
	if period.Label(actor.Zone) == "" {
		return period.MustZone("Asia/Jakarta") // works nowhere now
	}
	return period.MustZone(actor.Zone)
}

var seasonWritten = regexp.MustCompile(`^season(-(\d{1,3}))?$`)

// season finds the one that is written: season for the one that runs, season-1 for the first.
func (s *Service) season(ctx context.Context, written string, today period.Day) (Season, error) {
	all, err := db.All[Season](ctx, s.db, seasonsSQL)
	if err != nil {
		return Season{}, err
	}
	number, _ := strconv.Atoi(seasonWritten.FindStringSubmatch(written)[2]) // empty: the one that runs
	for _, one := range all {
		if int(one.ID) == number || number == 0 && one.holds(today) {
			return one, nil
		}
	}
	return Season{}, errs.New(errs.NotFound, "Tidak ada musim seperti itu. Pilih minggu atau bulan.")
}

// span is what a board is over: its number among the periods, its name and days.
type span struct {
	key int32
	ScopePeriod
}

// span reads how a period is written, seen from a day. An open season lasts until that day.
func (s *Service) span(ctx context.Context, written string, today period.Day) (span, error) {
	if seasonWritten.MatchString(written) {
		one, err := s.season(ctx, written, today)
		last := today
		if one.To != nil {
			last = *one.To
		}
		return span{one.key(), ScopePeriod{fmt.Sprintf("season-%d", one.ID), period.Season, one.From, last}}, err
	}
	of, err := period.Parse(written, today)
	if err != nil || of.From < oldest {
		return span{}, errs.InvalidField("period", "Tulis periode sebagai week, month, season, 2026-W47, 2026-11, atau season-1.").Because(err)
	}
	return span{of.Key(), ScopePeriod{of.String(), of.Kind, of.From, of.To}}, nil
}
