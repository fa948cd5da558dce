package report

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Closers close reports of their subtree and have closed ones counted anew.
func Closers() []org.Role { return []org.Role{org.Publisher, org.Admin} }

// Closing is a report that was closed: it is kept as it was, and counted anew it becomes another version.
type Closing struct {
	ID       int64      `json:"id"`
	From     period.Day `json:"from" gorm:"column:from_day"`
	To       period.Day `json:"to" gorm:"column:to_day"`
	Compare  Compare    `json:"compare" enum:"previous,year"`
	Version  int        `json:"version"`
	Why      string     `json:"why" enum:"month,asked,correction"`
	ClosedAt time.Time  `json:"closed_at"`
	Inputs   string     `json:"inputs" doc:"SHA-256 of all rows that were counted"`
	Hash     string     `json:"hash" doc:"SHA-256 of the report as it is kept"`
	Moved    []Moved    `json:"moved" nullable:"false" gorm:"serializer:json" doc:"The figures that differ from the version before"`
}

// latest is a closed report with what it says.
type latest struct {
	Closing `gorm:"embedded"`
	NodeID  id.Agency
	Body    string
}

const closedColumns = `id, node_id, from_day, to_day, compare, version, why, closed_at, inputs, hash, moved::text AS moved`

// forItself reads a node's report as its own head does: what a closed report says must not hang on who closed it.
func (s *Service) forItself(ctx context.Context, node id.Agency, q Query) (Report, error) {
	q.Agency = node
	return s.Engagement(ctx, org.Actor{Agency: node, Grants: []org.Grant{{Role: org.Leader, Agency: node}}}, q)
}

// Close closes a report whose days are over. One that is closed already is not closed again: it is counted anew.
func (s *Service) Close(ctx context.Context, actor org.Actor, q Query) (Closing, error) {
	r, err := s.asked(ctx, actor, q)
	if err != nil {
		return Closing{}, err
	}
	if err := s.mayClose(ctx, actor, r.Agency.ID); err != nil {
		return Closing{}, err
	}
	if r.To >= period.LocalDay(s.db.Now(), period.MustZone(r.Agency.Zone)) {
		return Closing{}, errs.InvalidField("to", "Periode ini belum selesai. Tutup laporan sesudah hari terakhirnya lewat.")
	}
	return s.close(ctx, actor.User, r.Agency.ID, Query{From: r.From.String(), To: r.To.String(), Compare: r.Compare}, "asked")
}

// mayClose refuses who only reads the node's reports.
func (s *Service) mayClose(ctx context.Context, actor org.Actor, node id.Agency) error {
	found, err := db.Get[struct{ Path db.IDs[id.Agency] }](ctx, s.db, `SELECT path::text AS path FROM agency WHERE id = $1`, node)
	if err == nil && !actor.Holds(found.Path, Closers()...) {
		err = errs.New(errs.Forbidden, "Laporan ditutup dan dihitung ulang oleh humas penerbit atau administrator instansi ini.")
	}
	return err
}

// close keeps the first version of a report.
func (s *Service) close(ctx context.Context, by id.User, node id.Agency, q Query, why string) (Closing, error) {
	made, err := s.forItself(ctx, node, q)
	if err != nil {
		return Closing{}, err
	}
	if made.hidden() {
		return Closing{}, errs.New(errs.Conflict, "Laporan kelompok di bawah %d orang tidak ditutup: angkanya tidak ditampilkan.", org.SmallestGroup)
	}
	kept, err := s.keep(ctx, by, made, 1, why, []Moved{})
	if errs.CodeOf(err) == errs.Conflict {
		err = errs.New(errs.Conflict, "Laporan periode ini sudah ditutup. Hitung ulang untuk membuat versi koreksi.")
	}
	return kept, err
}

// keep writes a version. Two at once: the second finds the version taken.
func (s *Service) keep(ctx context.Context, by id.User, r Report, version int, why string, moved []Moved) (kept Closing, err error) {
	body, err := json.Marshal(r)
	if err != nil {
		return Closing{}, err
	}
	differ, err := json.Marshal(moved)
	if err != nil {
		return Closing{}, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		kept, err = db.Get[Closing](ctx, tx, `INSERT INTO report_closed (node_id, from_day, to_day, compare, version, why, closed_at, inputs, hash, moved, body)
			VALUES ($1, $2::date, $3::date, $4, $5, $6, $7, $8, $9, $10::jsonb, $11)
			ON CONFLICT ON CONSTRAINT report_closed_version_key DO NOTHING RETURNING `+closedColumns,
			r.Agency.ID, r.From.String(), r.To.String(), r.Compare, version, why, tx.Now, r.Inputs, hashOf(body), string(differ), string(body))
		if errors.Is(err, db.ErrNoRow) {
			return errs.New(errs.Conflict, "Versi ini baru saja dibuat orang lain. Muat ulang.")
		}
		if err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: by, Agency: r.Agency.ID, Action: "report.close", Subject: fmt.Sprintf("report/%d", kept.ID),
			Detail: map[string]any{"from": r.From, "to": r.To, "version": version, "why": why, "hash": kept.Hash}})
	})
	return kept, err
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// hidden tells whether a report shows no figures: a group under the limit.
func (r Report) hidden() bool { return metricsOf(r)["people_reached"].Value == nil }

// lateDays is how many days after a month evidence may still come in: a journal of clicks may be shipped so late
// (the proof of clicks looks back as far), and what a phone sends when it is online again.
const lateDays = 3

const (
	closeEvery = time.Hour
	closeTime  = 50 * time.Minute
)

type closeJob struct{}

func (closeJob) Kind() string { return "report_close" }

// Patience lets a nation's months be closed in one run.
func (closeJob) Patience() time.Duration { return closeTime }

// Work registers the job that closes months.
func (s *Service) Work(r *job.Registry) { job.Every(r, closeEvery, closeJob{}, s.closeMonths) }

// closeMonths closes the last month of each agency, region and ministry, in its own zone. Units are closed when
// somebody asks: there are very many, and their figures stand in the report above them.
func (s *Service) closeMonths(ctx context.Context) error {
	nodes, err := db.All[struct {
		ID   id.Agency
		Zone string
	}](ctx, s.db, `SELECT a.id, a.zone FROM agency AS a WHERE a.kind <> 'unit'
		AND (SELECT e.people FROM eligible_day AS e WHERE e.node_id = a.id ORDER BY e.day DESC LIMIT 1) >= $1 ORDER BY cardinality(a.path) DESC, a.id`, org.SmallestGroup)
	if err != nil {
		return err
	}
	var failed error
	for _, node := range nodes {
		today := period.LocalDay(s.db.Now(), period.MustZone(node.Zone))
		month := period.MonthOf(period.MonthOf(today).From.Add(-1))
		if today <= month.To.Add(lateDays) {
			continue
		}
		done, err := db.Get[struct{ Closed bool }](ctx, s.db, `SELECT EXISTS (SELECT FROM report_closed
			WHERE node_id = $1 AND from_day = $2::date AND to_day = $3::date AND compare = $4) AS closed`, node.ID, month.From.String(), month.To.String(), DaysBefore)
		if err == nil && !done.Closed {
			_, err = s.close(ctx, 0, node.ID, Query{From: month.From.String(), To: month.To.String(), Compare: DaysBefore}, "month")
		}
		if errs.CodeOf(err) == errs.Conflict { // small then, or closed meanwhile
			err = nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		failed = errors.Join(failed, err) // one node's fault holds up no other
	}
	return failed
}
