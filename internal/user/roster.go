package user

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// Roster is a file of people on its way into a node.
type Roster struct {
	ID         int64        `json:"id"`
	Agency     id.Agency    `json:"agency_id"`
	AgencyName string       `json:"agency_name"`
	Name       string       `json:"name"`
	Format     string       `json:"format" enum:"csv,xlsx"`
	Bytes      int64        `json:"bytes"`
	State      string       `json:"state" enum:"uploaded,checking,checked,applying,applied,failed"`
	Trouble    string       `json:"trouble,omitempty" doc:"Why it failed, for the person"`
	Progress   int          `json:"progress" doc:"Percent of the step under way; 0 as well where it is not known"`
	HeaderLine int          `json:"header_line"`
	Header     []string     `json:"header" gorm:"-" nullable:"false"`
	Preview    [][]string   `json:"preview" gorm:"-" nullable:"false" doc:"The first lines; long numbers are masked"`
	Mapping    Mapping      `json:"mapping" gorm:"-"`
	From       period.Day   `json:"from" gorm:"column:from_day" doc:"The first local day on which it holds"`
	Complete   bool         `json:"complete" doc:"Who is not in it has left"`
	Counts     RosterCounts `json:"counts" gorm:"-"`
	CreatedAt  time.Time    `json:"created_at"`
	AppliedAt  *time.Time   `json:"applied_at,omitempty"`
}

// RosterCounts are what a roster would change, or has changed.
type RosterCounts struct {
	Rows    int  `json:"rows"`
	Faults  int  `json:"faults" doc:"Faults; with one of them nothing is applied"`
	Joins   int  `json:"joins"`
	Moves   int  `json:"moves"`
	Stays   int  `json:"stays"`
	Changed int  `json:"changed" doc:"Another name, position, grade or e-mail"`
	Leaves  int  `json:"leaves"`
	Present int  `json:"present" doc:"How many work there before"`
	TooMany bool `json:"too_many_leave" doc:"More than 20 percent would leave: that must be confirmed"`
}

// changes tells whether applying changes a placement.
func (c RosterCounts) places() bool { return c.Joins+c.Moves+c.Leaves > 0 }

type rosterRow struct {
	Roster
	HeaderText    string
	PreviewText   string
	MappingText   string
	CountsText    string
	Roots         db.IDs[id.Agency]
	BeatAt        time.Time
	AcceptLeaving bool
	ByUser        id.User
}

const rosterColumns = `r.id, r.node_id AS agency, a.name AS agency_name, r.name, r.format, r.bytes, r.state, r.trouble, r.progress, r.header_line,
	r.header::text AS header_text, r.preview::text AS preview_text, r.mapping::text AS mapping_text, r.counts::text AS counts_text,
	r.from_day, r.complete, r.created_at, r.applied_at, r.roots::text AS roots, r.beat_at, r.accept_leaving, r.by_user
	FROM roster AS r JOIN agency AS a ON a.id = r.node_id`

func (r *rosterRow) unfold() error {
	r.Header, r.Preview = []string{}, [][]string{}
	return errors.Join(json.Unmarshal([]byte(r.HeaderText), &r.Header), json.Unmarshal([]byte(r.PreviewText), &r.Preview),
		json.Unmarshal([]byte(r.MappingText), &r.Mapping), json.Unmarshal([]byte(r.CountsText), &r.Counts))
}

// Upload keeps a file for a node that the actor may import into, and guesses what stands where.
func (d *Desk) Upload(ctx context.Context, actor org.Actor, node id.Agency, name string, file *os.File) (Roster, error) {
	at, err := nodeOf(ctx, d.db, actor.Roots(DeskRoles()...), node)
	if err != nil {
		return Roster{}, err
	}
	look, err := d.look(file)
	if err != nil {
		return Roster{}, err
	}
	var made struct{ ID int64 }
	err = d.db.Tx(ctx, func(tx *db.Tx) error {
		if err := roomFor(ctx, tx, actor); err != nil {
			return err
		}
		today := period.LocalDay(tx.Now, period.MustZone(at.Zone))
		made, err = db.Get[struct{ ID int64 }](ctx, tx, `INSERT INTO roster (node_id, by_user, roots, name, format, bytes, state, beat_at, header, preview, header_line, mapping, from_day, created_at)
			VALUES ($1, $2, $3::int4[], $4, $5, $6, 'uploaded', $7, $8::jsonb, $9::jsonb, $10, $11::jsonb, $12, $7) RETURNING id`,
			node, int64(actor.User), actor.Roots(DeskRoles()...), fileName(name), look.format, look.bytes, tx.Now,
			asJSON(look.header), asJSON(look.preview), look.headerLine, asJSON(look.mapping), today)
		if err != nil {
			return err
		}
		if err := d.keep(ctx, tx, made.ID, file); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: node, Action: "roster.upload", Subject: rosterSubject(made.ID)})
	})
	if err != nil {
		return Roster{}, err
	}
	return d.Roster(ctx, actor, made.ID)
}

// mostKept is how many files one person may have waiting: each is up to 32 MB for a day.
const mostKept = 10

func roomFor(ctx context.Context, tx *db.Tx, actor org.Actor) error {
	kept, err := db.Get[struct{ N int }](ctx, tx, `SELECT count(*) AS n FROM roster WHERE by_user = $1 AND state <> 'applied'`, int64(actor.User))
	if err == nil && kept.N >= mostKept {
		err = errs.New(errs.Conflict, "Sudah ada %d impor Anda yang belum diterapkan. Terapkan atau hapus sebagian lebih dahulu.", kept.N)
	}
	return err
}

func rosterSubject(roster int64) string { return fmt.Sprintf("roster/%d", roster) }

func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // strings and numbers only
	}
	return string(text)
}

// fileName is what a file is called in lists; a name that holds a long number could hold a NIP.
func fileName(name string) string {
	name = cleanText(strings.ReplaceAll(strings.ToValidUTF8(name, ""), "\x00", ""))
	if masked := hidden(name); strings.HasPrefix(masked, "•") {
		name = masked
	}
	if runes := []rune(name); len(runes) > 200 {
		name = string(runes[:200])
	}
	if name == "" {
		return "daftar pegawai"
	}
	return name
}

func tooWide() error {
	return unreadableFile("Berkas memuat lebih dari %d kolom. Hapus kolom yang tidak diperlukan, lalu unggah lagi.", mostWide)
}

// look is the first lines of a file.
type look struct {
	format     string
	bytes      int64
	header     []string
	headerLine int
	preview    [][]string
	mapping    Mapping
}

const (
	searched  = 10 // lines in which the headings may stand
	previewed = 5
	mostWide  = 1000 // columns, as in a Mapping
)

func (d *Desk) look(file *os.File) (found look, err error) {
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		return found, err
	}
	rows, format, err := openSheet(file, d.dir)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, rows.close()) }()
	found.format = format
	if found.bytes, err = file.Seek(0, io.SeekEnd); err != nil {
		return found, err
	}
	var first []sheetRow
	for len(first) < searched+previewed {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return found, err
		}
		row.cells = row.kept() // the reader uses them again
		first = append(first, row)
	}
	found.read(first)
	if len(found.header) > mostWide {
		return found, tooWide()
	}
	if len(found.preview) == 0 {
		return found, unreadableFile("Berkas tidak memuat baris pegawai. Baris pertama berisi judul kolom, baris berikutnya satu pegawai per baris.")
	}
	return found, nil
}

// kept is a copy of the beginnings of the cells, which is all that is looked at.
func (r sheetRow) kept() []string {
	cells := make([]string, min(len(r.cells), mostWide+1))
	for i := range cells {
		cells[i] = strings.Clone(r.cells[i][:min(len(r.cells[i]), 400)])
	}
	return cells
}

// read finds the headings in the first lines, and previews what follows.
func (l *look) read(first []sheetRow) {
	at, most := 0, 0
	for i, row := range first[:min(searched, len(first))] {
		if mapping, known := guess(row.cells); known > most {
			at, most, l.mapping = i, known, mapping
		}
	}
	if len(first) == 0 {
		return
	}
	l.headerLine = first[at].line
	l.header = maskedCells(first[at].cells)
	for _, row := range first[at+1 : min(at+1+previewed, len(first))] {
		l.preview = append(l.preview, maskedCells(row.cells[:min(len(row.cells), len(l.header))]))
	}
}

func maskedCells(cells []string) []string {
	masked := make([]string, len(cells))
	for i, text := range cells {
		masked[i] = hidden(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", ""))
	}
	return masked
}

const partSize = 1 << 20

func partPlace(roster int64, part int) string { return fmt.Sprintf("roster_part/%d/%d", roster, part) }

// keep seals the file piece by piece into the database, so that any replica can go on with it.
func (d *Desk) keep(ctx context.Context, tx *db.Tx, roster int64, file *os.File) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	piece := make([]byte, partSize)
	for part := 0; ; part++ {
		n, err := io.ReadFull(file, piece)
		if n > 0 {
			if _, err := db.Exec(ctx, tx, `INSERT INTO roster_part (roster_id, part, sealed) VALUES ($1, $2, $3)`,
				roster, part, d.parts.Seal(piece[:n], partPlace(roster, part))); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// fetch writes the kept file into a temporary one.
func (d *Desk) fetch(ctx context.Context, c db.Conn, roster int64, into *os.File) error {
	w := bufio.NewWriter(into)
	for part := 0; ; part++ {
		piece, err := db.Get[struct{ Sealed []byte }](ctx, c, `SELECT sealed FROM roster_part WHERE roster_id = $1 AND part = $2`, roster, part)
		if errors.Is(err, db.ErrNoRow) {
			return w.Flush()
		}
		if err != nil {
			return err
		}
		plain, err := d.parts.Open(piece.Sealed, partPlace(roster, part))
		if err != nil {
			return err
		}
		if _, err := w.Write(plain); err != nil {
			return err
		}
	}
}

// Roster reads one that the actor may see.
func (d *Desk) Roster(ctx context.Context, actor org.Actor, roster int64) (Roster, error) {
	found, err := d.roster(ctx, d.db, actor.Roots(DeskRoles()...), roster, "")
	return found.Roster, err
}

func (d *Desk) roster(ctx context.Context, c db.Conn, roots []id.Agency, roster int64, lock string) (rosterRow, error) {
	found, err := db.Get[rosterRow](ctx, c, `SELECT `+rosterColumns+` WHERE r.id = $1 AND a.path && $2::int4[] `+lock, roster, roots)
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Impor tidak ditemukan. Impor yang tidak diterapkan dihapus setelah 24 jam.")
	}
	if err != nil {
		return found, err
	}
	return found, found.unfold()
}

// Rosters lists those of a node and below it, newest first.
func (d *Desk) Rosters(ctx context.Context, actor org.Actor, node id.Agency, ask page.Ask) (page.Page[Roster], error) {
	key, more, err := ask.Key(1)
	if err != nil {
		return page.Page[Roster]{}, err
	}
	before := int64(1<<31 - 1)
	if more {
		if before, more = id.Parse[int64](key[0]); !more {
			return page.Page[Roster]{}, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
		}
	}
	if node != 0 {
		if _, err := nodeOf(ctx, d.db, actor.Roots(DeskRoles()...), node); err != nil {
			return page.Page[Roster]{}, err
		}
	}
	rows, err := db.All[rosterRow](ctx, d.db, `SELECT `+rosterColumns+`
		WHERE a.path && $1::int4[] AND ($2 = 0 OR a.path @> ARRAY[$2]::int4[]) AND r.id < $3 ORDER BY r.id DESC LIMIT $4`,
		actor.Roots(DeskRoles()...), int64(node), before, ask.Size()+1)
	if err != nil {
		return page.Page[Roster]{}, err
	}
	list := make([]Roster, len(rows))
	for i := range rows {
		if err := rows[i].unfold(); err != nil {
			return page.Page[Roster]{}, err
		}
		rows[i].Preview = [][]string{} // a list needs none
		list[i] = rows[i].Roster
	}
	return page.Of(ask, list, func(r Roster) []string { return []string{fmt.Sprint(r.ID)} }), nil
}

// Discard forgets a roster and everything that was kept of it. One that was applied stays as a record.
func (d *Desk) Discard(ctx context.Context, actor org.Actor, roster int64) error {
	return d.db.Tx(ctx, func(tx *db.Tx) error {
		found, err := d.roster(ctx, tx, actor.Roots(DeskRoles()...), roster, "FOR UPDATE OF r")
		if err != nil {
			return err
		}
		if found.State == "applying" || found.State == "applied" {
			return errs.New(errs.Conflict, "Impor yang sedang atau sudah diterapkan tidak dapat dihapus.")
		}
		if err := forget(ctx, tx, roster); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `DELETE FROM roster WHERE id = $1`, roster); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: found.Agency, Action: "roster.discard", Subject: rosterSubject(roster)})
	})
}

// forget deletes the file and the rows.
func forget(ctx context.Context, tx *db.Tx, roster int64) error {
	for _, statement := range []string{`DELETE FROM roster_part WHERE roster_id = $1`, `DELETE FROM roster_row WHERE roster_id = $1`, `DELETE FROM roster_fault WHERE roster_id = $1`} {
		if _, err := db.Exec(ctx, tx, statement, roster); err != nil {
			return err
		}
	}
	return nil
}
