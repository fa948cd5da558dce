package score

import (
	"context"
	"errors"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// SeasonPlan is what an administrator says of a season.
type SeasonPlan struct {
	Name     string     `json:"name" maxLength:"160"`
	From     period.Day `json:"from" doc:"Local days of each person's agency"`
	To       period.Day `json:"to" doc:"The last day"`
	Rulebook int32      `json:"rulebook" minimum:"1" maximum:"1000000" doc:"Version of the rules; frozen once the season has begun"`
}

const (
	longestName   = 80
	longestSeason = 366 // raw clicks are kept for 400 days: a season can be proven from them until it closes
)

// Planners plan seasons, at a root of the tree: a season is everybody's.
func Planners() []org.Role { return []org.Role{org.Admin} }

// Seasons are all there are, newest first, with what the actor had in those that are closed.
type Seasons struct {
	page.Page[SeasonTold]
	MayPlan bool `json:"may_plan"`
}

// SeasonTold is a season as everybody may read it.
type SeasonTold struct {
	Season
	Rules      RuleWords    `json:"rules" gorm:"-" doc:"The rulebook in words"`
	People     *int64       `json:"people" doc:"How many have a result; null until it is closed"`
	LedgerHash string       `json:"ledger_hash" doc:"SHA-256 of its ledger in the canonical form; empty until it is closed"`
	Mine       *SeasonFinal `json:"mine" gorm:"-" doc:"What I had when it closed; null: nothing, or not closed"`

	MyPeople *int64 `json:"-"`
	MyPoints *int64 `json:"-"`
}

// SeasonFinal is what a person had when a season closed.
type SeasonFinal struct {
	PeopleReached int64 `json:"people_reached"`
	Points        int64 `json:"points"`
	Qualified     bool  `json:"qualified"`
}

// Rulebook is a version of the rules, in words.
type Rulebook struct {
	Version int32     `json:"version"`
	Rules   RuleWords `json:"rules"`
}

// Rulebooks are the versions that a season may be planned with, newest first.
func (s *Service) Rulebooks(ctx context.Context, _ org.Actor) (page.Page[Rulebook], error) {
	rows, err := db.All[struct {
		Version int32
		Rules   string
	}](ctx, s.db, `SELECT version, rules::text AS rules FROM rulebook ORDER BY version DESC LIMIT 100`)
	list := page.Page[Rulebook]{Items: []Rulebook{}}
	for _, row := range rows {
		book, wrong := parseRules([]byte(row.Rules))
		err = errors.Join(err, wrong)
		list.Items = append(list.Items, Rulebook{row.Version, book.words()})
	}
	return list, err
}

// Seasons lists them for everybody.
func (s *Service) Seasons(ctx context.Context, actor org.Actor) (Seasons, error) {
	rows, err := db.All[SeasonTold](ctx, s.db, `SELECT s.id, s.name, s.from_day AS "from", s.to_day AS "to", s.rulebook_version AS rulebook, s.state,
			s.people, coalesce(encode(s.ledger_hash, 'hex'), '') AS ledger_hash, f.people AS my_people, f.points AS my_points
		FROM season AS s LEFT JOIN season_final AS f ON f.user_id = $1 AND f.season_id = s.id ORDER BY s.from_day DESC LIMIT 100`, actor.User)
	if err != nil {
		return Seasons{}, err
	}
	today := period.LocalDay(s.db.Now(), zoneOf(actor))
	for i := range rows {
		one := &rows[i]
		book, err := bookOf(ctx, s.db, one.Rulebook)
		if err != nil {
			return Seasons{}, err
		}
		one.Season, one.Rules = one.Season.seen(today), book.words()
		if one.State == closed && one.MyPoints != nil {
			one.Mine = &SeasonFinal{*one.MyPeople, *one.MyPoints, book.Qualify.Points > 0 && *one.MyPoints >= book.Qualify.Points}
		}
	}
	may, err := s.plans(ctx, actor)
	return Seasons{page.Page[SeasonTold]{Items: rows}, may}, err
}

// plans tells whether the actor administers a root of the tree.
func (s *Service) plans(ctx context.Context, actor org.Actor) (bool, error) {
	found, err := db.All[struct{ ID int64 }](ctx, s.db, `SELECT id FROM agency WHERE parent_id IS NULL AND id = ANY ($1::int4[]) LIMIT 1`, actor.Roots(Planners()...))
	return len(found) > 0, err
}

// MustPlan refuses who does not administer a root of the tree.
func (s *Service) MustPlan(ctx context.Context, actor org.Actor) error {
	may, err := s.plans(ctx, actor)
	if err == nil && !may {
		err = errs.New(errs.Forbidden, "Musim berlaku untuk semua, jadi hanya administrator di simpul paling atas yang dapat merencanakannya.")
	}
	return err
}

// PlanSeason adds a season. Its rules freeze the day before it begins.
func (s *Service) PlanSeason(ctx context.Context, actor org.Actor, plan SeasonPlan) (Season, error) {
	var made Season
	err := s.changing(ctx, actor, plan, func(tx *db.Tx, args db.Args) error {
		if err := plan.begins(tx); err != nil {
			return err
		}
		found, err := db.Get[Season](ctx, tx, `INSERT INTO season (id, name, from_day, to_day, rulebook_version, state)
			SELECT 1 + coalesce(max(id), 0), @name, @from::date, @to::date, @book, 'planned' FROM season
			RETURNING id, name, from_day AS "from", to_day AS "to", rulebook_version AS rulebook, state`, args)
		if err != nil {
			return err
		}
		made = found
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Action: "season.plan", Subject: seasonSubject(made.ID), Detail: plan})
	})
	return made.seen(s.today()), err
}

// ChangeSeason changes what has not begun; of one that runs, its name and its end, which may not lie in the past.
func (s *Service) ChangeSeason(ctx context.Context, actor org.Actor, number int32, plan SeasonPlan) (Season, error) {
	var now Season
	err := s.changing(ctx, actor, plan, func(tx *db.Tx, args db.Args) error {
		was, err := LockSeason(ctx, tx, number)
		if err != nil {
			return err
		}
		if err := plan.allowed(tx, was); err != nil {
			return err
		}
		args["id"] = number
		now, err = db.Get[Season](ctx, tx, `UPDATE season SET name = @name, from_day = @from::date, to_day = @to::date, rulebook_version = @book WHERE id = @id
			RETURNING id, name, from_day AS "from", to_day AS "to", rulebook_version AS rulebook, state`, args)
		for _, may := range s.needs {
			if err == nil {
				err = may(ctx, tx, number)
			}
		}
		if err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Action: "season.change", Subject: seasonSubject(number), Detail: plan})
	})
	return now.seen(s.today()), err
}

// DropSeason takes a season back that has not begun.
func (s *Service) DropSeason(ctx context.Context, actor org.Actor, number int32) error {
	if err := s.MustPlan(ctx, actor); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		was, err := LockSeason(ctx, tx, number)
		if err != nil {
			return err
		}
		if was.Begun(tx.Now) {
			return errs.New(errs.Conflict, "Musim ini sudah dimulai atau segera dimulai, jadi tidak dapat dibatalkan. Yang masih dapat diatur adalah hari terakhirnya.")
		}
		if _, err := db.Exec(ctx, tx, `DELETE FROM season WHERE id = $1`, number); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Action: "season.drop", Subject: seasonSubject(number)})
	})
}

// changing checks the plan and who makes it, holds what is counted still, and puts what breaks into words.
func (s *Service) changing(ctx context.Context, actor org.Actor, plan SeasonPlan, change func(*db.Tx, db.Args) error) error {
	plan.Name = strings.TrimSpace(strings.ReplaceAll(plan.Name, "\x00", ""))
	if err := s.MustPlan(ctx, actor); err != nil {
		return err
	}
	if err := plan.check(); err != nil {
		return err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := standStill(ctx, tx); err != nil {
			return err
		}
		return change(tx, db.Args{"name": plan.Name, "from": plan.From.String(), "to": plan.To.String(), "book": plan.Rulebook})
	})
	switch {
	case db.Broken(err, "season_from_day_excl"):
		err = errs.InvalidField("from", "Pada hari-hari ini sudah ada musim lain. Tetapkan dahulu hari terakhir musim itu, atau pilih hari lain.").Because(err)
	case db.Broken(err, "season_rulebook_version_fkey"):
		err = errs.InvalidField("rulebook", "Buku aturan ini tidak ada. Pilih salah satu dari daftar.").Because(err)
	}
	return err
}

// LockSeason holds a season still for the transaction of whoever plans something with it.
func LockSeason(ctx context.Context, tx *db.Tx, number int32) (Season, error) {
	found, err := db.Get[Season](ctx, tx, seasonsSQL+` WHERE id = $1 FOR UPDATE`, number)
	if errors.Is(err, db.ErrNoRow) {
		err = errs.New(errs.NotFound, "Musim tidak ditemukan.")
	}
	return found, err
}

func (p SeasonPlan) check() error {
	var f errs.Faults
	if p.Name == "" {
		f.Add("name", "Nama musim wajib diisi.")
	}
	f.Length("name", "Nama", p.Name, longestName)
	switch {
	case p.To < p.From:
		f.Add("to", "Hari terakhir tidak boleh mendahului hari pertama.")
	case p.From < oldest:
		f.Add("from", "Hari pertama terlalu lama berlalu.")
	}
	return f.Err()
}

// east is today where the day begins first.
func east(tx *db.Tx) period.Day { return eastOf(tx.Now) }

func eastOf(now time.Time) period.Day { return period.LocalDay(now, period.MustZone("Asia/Jayapura")) }

func (s *Service) today() period.Day {
	return period.LocalDay(s.db.Now(), period.MustZone("Asia/Jakarta"))
}

// Begun tells whether a season has its rules frozen at a moment, or is about to.
func (s Season) Begun(now time.Time) bool {
	return s.State != planned || s.From <= eastOf(now).Add(opensAhead)
}

// begins refuses a first day that is too near: what is counted on it must find the season there.
func (p SeasonPlan) begins(tx *db.Tx) error {
	first := east(tx).Add(opensAhead + 1)
	if p.From < first {
		return errs.InvalidField("from", "Musim paling cepat dimulai pada %s, supaya aturannya dapat dibaca sebelumnya.", first.Words())
	}
	if p.To-p.From >= longestSeason {
		return errs.InvalidField("to", "Musim paling lama %d hari.", longestSeason)
	}
	return nil
}

// allowed tells what of a season may still be changed.
func (p SeasonPlan) allowed(tx *db.Tx, was Season) error {
	if !was.Begun(tx.Now) {
		return p.begins(tx)
	}
	if was.State == closing || was.State == closed || was.To != nil && *was.To < east(tx) {
		return errs.New(errs.Conflict, "Musim ini sudah berakhir, jadi tidak dapat diubah lagi.")
	}
	if p.From != was.From || p.Rulebook != was.Rulebook {
		return errs.InvalidField("rulebook", "Musim ini sudah dimulai: hari pertama dan aturannya beku. Yang masih dapat diubah adalah nama dan hari terakhirnya.")
	}
	if p.To < east(tx) {
		return errs.InvalidField("to", "Hari terakhir paling cepat hari ini, %s.", east(tx).Words())
	}
	if was.From != firstSeason && p.To-p.From >= longestSeason {
		return errs.InvalidField("to", "Musim paling lama %d hari.", longestSeason)
	}
	return nil
}
