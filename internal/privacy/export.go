package privacy

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// DataExport is a copy of everything about a person that they asked for.
type DataExport struct {
	ID       int64      `json:"id"`
	WithNIP  bool       `json:"with_nip" gorm:"column:with_nip" doc:"The NIP stands in it in full"`
	AskedAt  time.Time  `json:"asked_at"`
	ReadyAt  *time.Time `json:"ready_at,omitempty" doc:"Null: it is being made"`
	EndsAt   time.Time  `json:"ends_at" doc:"It is deleted then"`
	Bytes    int64      `json:"bytes"`
	RowCount int        `json:"rows" gorm:"column:rows" doc:"Entries in it"`
}

const (
	exportLife = 7 * 24 * time.Hour
	exportDead = time.Hour // one that is not ready by then has failed: the person may ask again
	mostADay   = 5
	partBytes  = 256 << 10
)

type exportJob struct {
	User id.User `json:"user"`
	ID   int64   `json:"id"`
}

// Kind and Patience make it a job that may read for long.
func (exportJob) Kind() string            { return "data_export" }
func (exportJob) Patience() time.Duration { return 10 * time.Minute }

type forgetJob struct{}

// Kind names the job.
func (forgetJob) Kind() string { return "privacy_forget" }

const exportColumns = `id, with_nip, asked_at, ready_at, asked_at + interval '7 days' AS ends_at, bytes, rows`

// Exports lists the actor's copies, newest first.
func (s *Service) Exports(ctx context.Context, actor org.Actor) ([]DataExport, error) {
	return db.All[DataExport](ctx, s.db, `SELECT `+exportColumns+` FROM data_export WHERE user_id = $1 ORDER BY id DESC`, actor.User)
}

// AskExport begins a copy. Whoever wants the whole NIP in it has proven their password before.
func (s *Service) AskExport(ctx context.Context, actor org.Actor, withNIP bool) (made DataExport, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		today, err := db.Get[struct{ Running, Lately int }](ctx, tx, `SELECT count(*) FILTER (WHERE ready_at IS NULL) AS running,
			count(*) FILTER (WHERE asked_at > $2) AS lately FROM data_export WHERE user_id = $1`, actor.User, tx.Now.Add(-24*time.Hour))
		switch {
		case err != nil:
			return err
		case today.Running > 0:
			return exportRuns()
		case today.Lately >= mostADay:
			return errs.New(errs.TooMany, "Anda sudah meminta %d salinan dalam 24 jam. Unduh salinan yang ada, atau coba lagi besok.", mostADay)
		}
		made, err = db.Get[DataExport](ctx, tx, `INSERT INTO data_export (user_id, with_nip, asked_at) VALUES ($1, $2, $3) RETURNING `+exportColumns,
			actor.User, withNIP, tx.Now)
		if db.Broken(err, "data_export_running_key") {
			return exportRuns()
		}
		if err != nil {
			return err
		}
		if err := s.queue.EnqueueTx(ctx, tx, exportJob{actor.User, made.ID}); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "privacy.export", Subject: userSubject(actor.User), Detail: map[string]bool{"nip": withNIP}})
	})
	return made, err
}

func exportRuns() error {
	return errs.New(errs.Conflict, "Salinan data Anda sedang disiapkan. Tunggu sampai selesai.")
}

func userSubject(person id.User) string { return fmt.Sprintf("user/%d", person) }

func partPlace(person id.User, export int64, n int) string {
	return fmt.Sprintf("data_export/%d/%d/%d", person, export, n)
}

// makeExport makes a copy that was asked for, unless it is there already or nobody waits for it any more.
func (s *Service) makeExport(ctx context.Context, j exportJob) error {
	nip, err := s.users.WholeNIP(ctx, j.User)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		asked, err := db.Get[DataExport](ctx, tx, `SELECT `+exportColumns+` FROM data_export WHERE user_id = $1 AND id = $2 AND ready_at IS NULL FOR UPDATE`, j.User, j.ID)
		if errors.Is(err, db.ErrNoRow) {
			return nil
		}
		if err != nil {
			return err
		}
		file, rows, err := s.copyOf(ctx, tx, j.User, nip, asked.WithNIP)
		if err != nil {
			return err
		}
		for n := 0; n*partBytes < len(file); n++ {
			piece := file[n*partBytes : min((n+1)*partBytes, len(file))]
			if _, err := db.Exec(ctx, tx, `INSERT INTO data_export_part (user_id, export_id, n, sealed) VALUES ($1, $2, $3, $4)`,
				j.User, j.ID, n, s.box.Seal(piece, partPlace(j.User, j.ID, n))); err != nil {
				return err
			}
		}
		_, err = db.Exec(ctx, tx, `UPDATE data_export SET ready_at = $3, bytes = $4, rows = $5 WHERE user_id = $1 AND id = $2`, j.User, j.ID, tx.Now, len(file), rows)
		return err
	})
}

// copyOf is the file with everything about a person.
func (s *Service) copyOf(ctx context.Context, tx *db.Tx, person id.User, nip string, withNIP bool) ([]byte, int, error) {
	lang, err := db.Get[struct{ Lang string }](ctx, tx, `SELECT lang FROM app_user WHERE id = $1`, person)
	if err != nil {
		return nil, 0, err
	}
	parts, rows, err := s.gather(ctx, tx, person, lang.Lang)
	if err != nil {
		return nil, 0, err
	}
	seen, err := s.seenList(ctx, tx, person)
	if err != nil {
		return nil, 0, err
	}
	parts[len(parts)-1].Lists = append(parts[len(parts)-1].Lists, seen)
	head := map[string]any{"made_at": tx.Now, "notice_version": newest(tx.Now).version}
	if withNIP && nip != "" {
		head["nip"] = nip
	}
	file, err := pack(head, parts)
	return file, rows + len(seen.Rows), err
}

// Download reads a copy of the actor's: the ZIP, or the JSON alone.
func (s *Service) Download(ctx context.Context, actor org.Actor, export int64, asJSON bool) ([]byte, error) {
	pieces, err := db.All[struct {
		N      int
		Sealed []byte
	}](ctx, s.db, `SELECT p.n, p.sealed FROM data_export_part AS p JOIN data_export AS e ON e.user_id = p.user_id AND e.id = p.export_id
		WHERE p.user_id = $1 AND p.export_id = $2 AND e.asked_at > $3 ORDER BY p.n`, actor.User, export, s.db.Now().Add(-exportLife))
	if err != nil {
		return nil, err
	}
	if len(pieces) == 0 {
		return nil, errs.New(errs.NotFound, "Salinan ini tidak ada, belum selesai, atau sudah dihapus setelah 7 hari. Minta salinan baru.")
	}
	var file []byte
	for _, piece := range pieces {
		plain, err := s.box.Open(piece.Sealed, partPlace(actor.User, export, piece.N))
		if err != nil {
			return nil, err
		}
		file = append(file, plain...)
	}
	if !asJSON {
		return file, nil
	}
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	entry, err := archive.Open("data.json")
	if err != nil {
		return nil, err
	}
	defer func() { _ = entry.Close() }() // it is in memory
	return io.ReadAll(entry)
}

// forget deletes copies after a week, those that never became ready, and who looked after a year.
func (s *Service) forget(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM data_export WHERE asked_at < $1 OR ready_at IS NULL AND asked_at < $2`,
			tx.Now.Add(-exportLife), tx.Now.Add(-exportDead)); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `DELETE FROM person_view WHERE day < $1`, tx.Now.AddDate(-1, 0, 0))
		return err
	})
}
