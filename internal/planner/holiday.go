package planner

import (
	"context"
	"fmt"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Holiday is a day on which the offices of a node, or of the whole country, do not work.
type Holiday struct {
	ID         int64      `json:"id"`
	Day        period.Day `json:"day"`
	Name       string     `json:"name"`
	Kind       string     `json:"kind" enum:"national,leave,local"`
	AgencyID   id.Agency  `json:"agency_id" doc:"Whose; 0: the whole country's"`
	AgencyName string     `json:"agency_name"`
	Mine       bool       `json:"mine" doc:"Whether the caller may take it away"`
}

const longestHoliday = 120

// Holidays lists the days that concern the actor: the country's, those of the nodes above them, and those of
// their subtree.
func (s *Service) Holidays(ctx context.Context, actor org.Actor, from, to period.Day) ([]Holiday, error) {
	return db.All[Holiday](ctx, s.db, `
		SELECT h.id, h.day, h.name, h.kind, coalesce(h.agency_id, 0) AS agency_id, coalesce(a.name, '') AS agency_name,
		       coalesce(a.path && @admin::int4[], false) AS mine
		FROM holiday AS h LEFT JOIN agency AS a ON a.id = h.agency_id
		WHERE h.day BETWEEN @from AND @to
		  AND (h.agency_id IS NULL OR a.path && @roots::int4[] OR h.agency_id = ANY(@own::int4[])
		       OR EXISTS (SELECT FROM agency AS r WHERE r.id = ANY(@roots::int4[]) AND h.agency_id = ANY(r.path)))
		ORDER BY h.day, h.agency_id NULLS FIRST`,
		db.Args{"roots": actor.Roots(content.Readers()...), "admin": actor.Roots(org.Admin), "own": actor.Path, "from": from, "to": to})
}

// AddHoliday gives a node, with all below it, a day off. At the top of the tree this is how the country's own
// days come in that a year's joint decree has named since.
func (s *Service) AddHoliday(ctx context.Context, actor org.Actor, made Holiday) (Holiday, error) {
	made.Name = strings.TrimSpace(made.Name)
	var f errs.Faults
	if made.Name == "" {
		f.Add("name", "Nama hari libur wajib diisi.")
	}
	f.Length("name", "Nama hari libur", made.Name, longestHoliday)
	if err := f.Err(); err != nil {
		return Holiday{}, err
	}
	if made.AgencyID == 0 {
		made.AgencyID = actor.Agency
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		rows, err := db.All[Holiday](ctx, tx, `INSERT INTO holiday (agency_id, day, name, kind)
			SELECT id, $2, $3, $4 FROM agency WHERE id = $1::int4 AND path && $5::int4[] RETURNING id`,
			made.AgencyID, made.Day, made.Name, made.Kind, actor.Roots(org.Admin))
		switch {
		case db.Broken(err, "holiday_day_key"):
			return errs.New(errs.Conflict, "Hari itu sudah tercatat sebagai hari libur instansi ini.")
		case err != nil:
			return err
		case len(rows) == 0:
			return errs.New(errs.NotFound, "Instansi tidak ditemukan.")
		}
		made.ID, made.Mine = rows[0].ID, true
		return noteHoliday(ctx, tx, actor, made, "holiday.add")
	})
	return made, err
}

// DropHoliday takes such a day away again. The country's own stay.
func (s *Service) DropHoliday(ctx context.Context, actor org.Actor, holiday int64) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		gone, err := db.All[Holiday](ctx, tx, `DELETE FROM holiday AS h USING agency AS a
			WHERE h.id = $1 AND a.id = h.agency_id AND a.path && $2::int4[] RETURNING h.id, h.day, h.agency_id`, holiday, actor.Roots(org.Admin))
		if err != nil {
			return err
		}
		if len(gone) == 0 {
			return errs.New(errs.NotFound, "Hari libur tidak ditemukan di wilayah kewenangan Anda.")
		}
		return noteHoliday(ctx, tx, actor, gone[0], "holiday.drop")
	})
}

func noteHoliday(ctx context.Context, tx *db.Tx, actor org.Actor, h Holiday, action string) error {
	return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: h.AgencyID, Action: action,
		Subject: fmt.Sprintf("holiday/%d", h.ID), Detail: map[string]any{"day": h.Day.String()}})
}

// Workdays are the days on which the offices of a path of the tree work: Monday to Friday without holidays.
func Workdays(ctx context.Context, tx *db.Tx, path []id.Agency) (period.Workdays, error) {
	rows, err := db.All[Holiday](ctx, tx, `SELECT day FROM holiday WHERE agency_id IS NULL OR agency_id = ANY($1::int4[])`, path)
	if err != nil {
		return nil, err
	}
	off := make(map[period.Day]bool, len(rows))
	for _, row := range rows {
		off[row.Day] = true
	}
	return func(day period.Day) bool { return period.Weekdays(day) && !off[day] }, nil
}
