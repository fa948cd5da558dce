package org

import (
	"context"
	"strings"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
)

// MaxOpening is how long the opening of a report may be, in characters.
const MaxOpening = 300

// SetReportOpening keeps how the agency's report to its leader begins ("Yth. Bapak Gubernur, izin
// melaporkan …"); empty: the usual form.
func (s *Service) SetReportOpening(ctx context.Context, actor Actor, node id.Agency, opening string) error {
	opening = strings.Join(strings.Fields(opening), " ")
	if len([]rune(opening)) > MaxOpening {
		return errs.InvalidField("report_opening", "Pembuka laporan paling banyak %d karakter.", MaxOpening)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		changed, err := find(ctx, tx, actor.Roots(Admin), node)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE agency SET report_opening = $2 WHERE id = $1`, node, opening); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: node, Action: "agency.report_opening", Subject: changed.subject()})
	})
}
