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

// WriteFaults writes all of them as CSV, for the table in which the file is mended.
func (d *Desk) WriteFaults(ctx context.Context, actor org.Actor, roster int64, to io.Writer) error {
	if _, err := d.Roster(ctx, actor, roster); err != nil {
		return err
	}
	buffered := bufio.NewWriter(to)
	if _, err := buffered.WriteString("\ufeff"); err != nil { // Excel reads UTF-8 only with the mark
		return err
	}
	w := csv.NewWriter(buffered)
	w.Comma = ';'
	err := w.Write([]string{"Baris", "Kolom", "Alasan", "NIP"})
	for line, seq := 0, 0; err == nil; {
		rows, readErr := db.All[RosterFault](ctx, d.db, faultColumns, roster, line, seq, batchRows)
		if readErr != nil || len(rows) == 0 {
			err = readErr
			break
		}
		for _, f := range rows {
			line, seq = f.Line, f.Seq
			err = errors.Join(err, w.Write([]string{fmt.Sprint(f.Line), fieldNames[f.Field], f.Reason, f.Mask}))
		}
	}
	w.Flush()
	return errors.Join(err, w.Error(), buffered.Flush())
}
