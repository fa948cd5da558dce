package user

import (
	"context"
	"errors"
	"fmt"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/period"
)

// parser turns lines into staged rows and faults.
type parser struct {
	desk   *Desk
	roster rosterRow
	units  units
	today  period.Day
	count  int
	rows   [][]any
	faults [][]any
}

func (d *Desk) parser(ctx context.Context, tx *db.Tx, roster rosterRow) (*parser, error) {
	known, err := unitsOf(ctx, tx, roster.Agency)
	if err != nil {
		return nil, err
	}
	at, err := db.Get[struct{ Zone string }](ctx, tx, `SELECT zone FROM agency WHERE id = $1`, int64(roster.Agency))
	if err != nil {
		return nil, err
	}
	return &parser{desk: d, roster: roster, units: known, today: period.LocalDay(tx.Now, period.MustZone(at.Zone))}, nil
}

// line is one row while it is read.
type line struct {
	number int
	mask   string
	faults []errs.Field
}

func (l *line) fault(field, reason string) {
	l.faults = append(l.faults, errs.Field{Field: field, Message: reason})
}

// add reads one line. A line whose cells have shifted is not looked at any further.
func (p *parser) add(ctx context.Context, tx *db.Tx, row sheetRow) error {
	l := &line{number: row.line}
	if reason := p.shifted(row); reason != "" {
		l.fault("row", reason)
		p.note(l)
		return nil
	}
	m := p.roster.Mapping
	nip, err := ParseNIP(cell(row.cells, m.NIP), p.today)
	l.mask = nip.Mask()
	hashes, sealed := [][]byte{}, []byte(nil)
	var refusal *errs.Error
	switch {
	case errors.As(err, &refusal):
		l.fault("nip", refusal.Message)
		l.mask = maskTail(cell(row.cells, m.NIP))
	default:
		hashes = p.desk.users.hashes(nip.digits)
		sealed = p.desk.users.nips.Seal([]byte(nip.digits), stagedPlace(p.roster.ID, row.line))
	}
	name, email := cleanText(cell(row.cells, m.Name)), cleanEmail(cell(row.cells, m.Email))
	position, grade := cleanText(cell(row.cells, m.Position)), cleanText(cell(row.cells, m.Grade))
	l.faults = append(l.faults, personFaults(name, email, position, grade)...)
	emails := [][]byte{}
	if validEmail(email) {
		emails = p.desk.users.hashes(email)
	}
	unit, reason, err := p.units.find(ctx, tx, cell(row.cells, m.Unit))
	if err != nil {
		return err
	}
	if reason != "" {
		l.fault("unit", reason)
	}
	day := p.day(l, cell(row.dates, m.From))
	p.note(l)
	if len(l.faults) > 0 { // kept for finding doubles; its texts may not fit
		name, email, position, grade = "", "", "", ""
	}
	p.rows = append(p.rows, []any{p.roster.ID, row.line, hashes, sealed, nip.Last3(), name, email, emails, position, grade, day,
		none(int64(unit)), none(int64(p.units.agency[unit]))})
	return nil
}

func (p *parser) shifted(row sheetRow) string {
	width := len(p.roster.Header)
	switch {
	case row.fault != "":
		return row.fault
	case len(row.cells) > width && !blank(row.cells[width:]), p.roster.Format == "csv" && len(row.cells) < width:
		return fmt.Sprintf("Baris ini memuat %d kolom, padahal judulnya %d. Periksa tanda pemisah dan tanda kutip.", len(row.cells), width)
	}
	return ""
}

func (p *parser) day(l *line, text string) period.Day {
	if cleanText(text) == "" {
		return p.roster.From
	}
	day, ok := rosterDay(text)
	if !ok {
		l.fault("from", "Tanggal tidak dikenal. Tulis seperti 2026-11-22 atau 22/11/2026.")
		return p.roster.From
	}
	if err := withinReach(day, p.today); err != nil {
		l.fault("from", fmt.Sprintf("Tanggal berlaku paling lama satu tahun yang lalu dan paling jauh %d hari ke depan.", daysAhead))
		return p.roster.From
	}
	return day
}

// none is NULL for zero.
func none(number int64) any {
	if number == 0 {
		return nil
	}
	return number
}

// maskTail shows the end of a number that is no valid NIP, so that its line can be recognised.
func maskTail(text string) string {
	digits := normaliseNIP(text)
	if len(digits) < 12 {
		return ""
	}
	for _, r := range digits[len(digits)-nipShown:] {
		if r < '0' || r > '9' {
			return ""
		}
	}
	return maskOf(digits[len(digits)-nipShown:])
}

func stagedPlace(roster int64, line int) string { return fmt.Sprintf("roster_row/%d/%d", roster, line) }

func (p *parser) note(l *line) {
	for i, f := range l.faults {
		p.faults = append(p.faults, []any{p.roster.ID, l.number, i, f.Field, f.Message, l.mask})
	}
}

// flush copies what was gathered.
func (p *parser) flush(ctx context.Context, tx *db.Tx) error {
	err := copyRows(ctx, tx, "roster_row", []string{"roster_id", "line", "nip_hashes", "nip_sealed", "last3", "name", "email", "email_hashes",
		"position", "grade", "day", "unit_id", "agency_id"}, p.rows)
	if err == nil {
		err = copyRows(ctx, tx, "roster_fault", []string{"roster_id", "line", "seq", "field", "reason", "mask"}, p.faults)
	}
	p.rows, p.faults = p.rows[:0], p.faults[:0]
	return err
}
