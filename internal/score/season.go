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

// Months are written as they are, weeks from a million on; seasons and campaigns follow in the same column.
const (
	seasonKeyBase   = 2_000_000
	campaignKeyBase = 3_000_000
)

// graceDays is how long after its last day a season takes what comes late: journals that waited, clicks that
// are judged again, objections. It closes on the day after.
const graceDays = 3

// The states of a season.
const (
	planned = "planned"
	open    = "open"
	closing = "closing" // nothing counts any more, and the results are being written down
	closed  = "closed"
)

// Season is a stretch of days with one rulebook.
type Season struct {
	ID       int32       `json:"id"`
	Name     string      `json:"name"`
	From     period.Day  `json:"from"`
	To       *period.Day `json:"to" doc:"The last day; null while it is not fixed"`
	Rulebook int32       `json:"rulebook" doc:"Version of the rules"`
	Phase    string      `json:"phase" gorm:"-" enum:"planned,running,waiting,closed" doc:"waiting: over, and open for corrections until it is closed"`
	Closes   *period.Day `json:"closes" gorm:"-" doc:"The day on which it closes; null while its end is not fixed"`
	State    string      `json:"-"`
}

// Current is the season that runs, with its rules in words and what the actor has in it.
type Current struct {
	Season
	Rules RuleWords `json:"rules" doc:"The rulebook in words"`
	Me    Tally     `json:"me"`
}

const seasonsSQL = `SELECT id, name, from_day AS "from", to_day AS "to", rulebook_version AS rulebook, state FROM season`

// key is the season's number among the periods.
func (s Season) key() int32 { return seasonKeyBase + s.ID }

func (s Season) holds(day period.Day) bool { return s.From <= day && (s.To == nil || day <= *s.To) }

// lastDay is its last day as SQL reads it; a season without an end has all days before it.
func (s Season) lastDay() string {
	if s.To == nil {
		return "infinity"
	}
	return s.To.String()
}

// seen fills in what follows from the day.
func (s Season) seen(today period.Day) Season {
	if s.To != nil {
		closes := s.To.Add(graceDays + 1)
		s.Closes = &closes
	}
	switch {
	case s.State == closed:
		s.Phase = "closed"
	case s.To != nil && *s.To < today || s.State == closing:
		s.Phase = "waiting"
	case s.From > today:
		s.Phase = "planned"
	default:
		s.Phase = "running"
	}
	return s
}

// openSeasons are those that take what is counted. A planned one takes its days, too: the job that opens it may
// be late.
func openSeasons(ctx context.Context, c db.Conn) ([]Season, error) {
	return db.All[Season](ctx, c, seasonsSQL+` WHERE state IN ('planned', 'open')`)
}

// bookOf reads the rules of a version.
func bookOf(ctx context.Context, c db.Conn, version int32) (rules, error) {
	text, err := db.Get[struct{ Rules string }](ctx, c, `SELECT rules::text AS rules FROM rulebook WHERE version = $1`, version)
	if err != nil {
		return rules{}, err
	}
	return parseRules([]byte(text.Rules))
}

// Threshold is how many points qualify in a season; 0: its rulebook has no threshold.
func Threshold(ctx context.Context, c db.Conn, season int32) (int64, error) {
	text, err := db.Get[struct{ Rules string }](ctx, c, `SELECT b.rules::text AS rules FROM season AS s JOIN rulebook AS b ON b.version = s.rulebook_version WHERE s.id = $1`, season)
	if err != nil {
		return 0, err
	}
	book, err := parseRules([]byte(text.Rules))
	return book.Qualify.Points, err
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
	today := period.LocalDay(s.db.Now(), zoneOf(actor))
	season, err := s.season(ctx, "season", today)
	if err != nil {
		return Current{}, err
	}
	now := Current{Season: season.seen(today)}
	return now, s.db.Tx(ctx, func(tx *db.Tx) error {
		book, err := bookOf(ctx, tx, season.Rulebook)
		if err != nil {
			return err
		}
		facts, err := factsOf(ctx, tx, season, []int32{int32(actor.User)}, everything)
		now.Rules, now.Me = book.words(), book.tally(facts[actor.User], today)
		return err
	})
}

func zoneOf(actor org.Actor) *time.Location {
	if period.Label(actor.Zone) == "" {
		return period.MustZone("Asia/Jakarta") // works nowhere now
	}
	return period.MustZone(actor.Zone)
}

var seasonWritten = regexp.MustCompile(`^season(-(\d{1,3}))?$`)

func noSeason() error {
	return errs.New(errs.NotFound, "Tidak ada musim seperti itu. Pilih minggu atau bulan.")
}

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
	return Season{}, noSeason()
}

// span is what a board is over: its number among the periods, its name and days.
type span struct {
	key    int32
	closed bool // its results are written down
	ScopePeriod
}

// span reads how a period is written, seen from a day. An open season lasts until that day.
func (s *Service) span(ctx context.Context, actor org.Actor, written string, today period.Day) (span, error) {
	if seasonWritten.MatchString(written) {
		one, err := s.season(ctx, written, today)
		last := today
		if one.To != nil {
			last = *one.To
		}
		one = one.seen(today)
		return span{one.key(), one.State == closed, ScopePeriod{fmt.Sprintf("season-%d", one.ID), one.Name, one.Phase, period.Season, one.From, last}}, err
	}
	if campaignWritten.MatchString(written) {
		return s.campaignSpan(ctx, actor, written)
	}
	of, err := period.Parse(written, today)
	if err != nil || of.From < oldest {
		return span{}, errs.InvalidField("period", "Tulis periode sebagai week, month, season, 2026-W47, 2026-11, season-1, atau campaign-12.").Because(err)
	}
	return span{of.Key(), false, ScopePeriod{Name: of.String(), Kind: of.Kind, From: of.From, To: of.To}}, nil
}
