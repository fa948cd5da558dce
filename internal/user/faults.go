package user

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/page"
)

// RosterFault is what is wrong in one line of a file.
type RosterFault struct {
	Line   int    `json:"line"`
	Field  string `json:"field" enum:"nip,name,unit,email,position,grade,from,row"`
	Reason string `json:"reason"`
	Mask   string `json:"nip_mask" doc:"The end of the line's NIP; empty when it cannot be read"`
	Seq    int    `json:"-"`
}

const faultColumns = `SELECT line, seq, field, reason, mask FROM roster_fault WHERE roster_id = $1 AND (line, seq) > ($2, $3) ORDER BY line, seq LIMIT $4`

// Faults lists what is wrong in a roster, by line.
func (d *Desk) Faults(ctx context.Context, actor org.Actor, roster int64, ask page.Ask) (page.Page[RosterFault], error) {
	none := page.Page[RosterFault]{}
	if _, err := d.Roster(ctx, actor, roster); err != nil {
		return none, err
	}
	key, more, err := ask.Key(2)
	if err != nil {
		return none, err
	}
	line, seq := 0, 0
	if more {
		var lineErr, seqErr error
		line, lineErr = strconv.Atoi(key[0])
		seq, seqErr = strconv.Atoi(key[1])
		if errors.Join(lineErr, seqErr) != nil {
			return none, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
		}
	}
	rows, err := db.All[RosterFault](ctx, d.db, faultColumns, roster, line, seq, ask.Size()+1)
	if err != nil {
		return none, err
	}
	return page.Of(ask, rows, func(f RosterFault) []string { return []string{strconv.Itoa(f.Line), strconv.Itoa(f.Seq)} }), nil
}

// mostWritten bounds a CSV of faults, which is made in memory. Nobody mends more by hand.
const mostWritten = 20_000

// WriteFaults writes them as CSV, for the table in which the file is mended; past 20,000, its last line
// tells how many more there are.
func (d *Desk) WriteFaults(ctx context.Context, actor org.Actor, roster int64, to io.Writer) error {
	found, err := d.Roster(ctx, actor, roster)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(to)
	if _, err := buffered.WriteString("\ufeff"); err != nil { // Excel reads UTF-8 only with the mark
		return err
	}
	w := csv.NewWriter(buffered)
	w.Comma = ';'
	err = w.Write([]string{"Baris", "Kolom", "Alasan", "NIP"})
	written, line, seq := 0, 0, 0
	for err == nil && written < mostWritten {
		rows, readErr := db.All[RosterFault](ctx, d.db, faultColumns, roster, line, seq, batchRows)
		if readErr != nil || len(rows) == 0 {
			err = readErr
			break
		}
		for _, f := range rows {
			line, seq = f.Line, f.Seq
			err = errors.Join(err, w.Write([]string{fmt.Sprint(f.Line), fieldNames[f.Field], f.Reason, f.Mask}))
		}
		written += len(rows)
	}
	if more := found.Counts.Faults - written; err == nil && more > 0 {
		err = w.Write([]string{"", "", fmt.Sprintf("Masih ada %d kesalahan lain. Perbaiki yang di atas, lalu unggah lagi.", more), ""})
	}
	w.Flush()
	return errors.Join(err, w.Error(), buffered.Flush())
}
