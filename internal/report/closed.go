package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Closed lists the closed reports of a node in the reader's subtree, the newest days first. What moved stands in
// each report.
func (s *Service) Closed(ctx context.Context, actor org.Actor, agency id.Agency) ([]Closing, error) {
	r, err := s.asked(ctx, actor, Query{Agency: agency})
	if err != nil {
		return nil, err
	}
	return db.All[Closing](ctx, s.db, `SELECT id, from_day, to_day, compare, version, why, closed_at, inputs, hash, '[]' AS moved FROM report_closed WHERE node_id = $1 ORDER BY to_day DESC, from_day, compare, version DESC LIMIT 200`, r.Agency.ID)
}

// ClosedReport reads a report as it was closed. What the reader would not see of it live, they do not see here.
func (s *Service) ClosedReport(ctx context.Context, actor org.Actor, number int64) (Report, error) {
	kept, live, err := s.closing(ctx, actor, number)
	if err != nil {
		return Report{}, err
	}
	r, err := kept.read()
	if err != nil {
		return Report{}, err
	}
	r.Path, r.Agency, r.Closed = live.Path, live.Agency, &kept.Closing
	return s.seenBy(ctx, r)
}

// closing finds a closed report in the reader's subtree, and its question as the reader would ask it.
func (s *Service) closing(ctx context.Context, actor org.Actor, number int64) (latest, Report, error) {
	none := errs.New(errs.NotFound, "Laporan yang ditutup ini tidak ditemukan.")
	kept, err := db.Get[latest](ctx, s.db, `SELECT `+closedColumns+`, body FROM report_closed WHERE id = $1`, number)
	if errors.Is(err, db.ErrNoRow) {
		err = none
	}
	if err != nil {
		return latest{}, Report{}, err
	}
	live, err := s.asked(ctx, actor, Query{Agency: kept.NodeID, From: kept.From.String(), To: kept.To.String(), Compare: kept.Compare})
	if errs.CodeOf(err) == errs.NotFound {
		err = none
	}
	return kept, live, err
}

// read is the report of a version; one that was changed since is not shown.
func (l latest) read() (r Report, err error) {
	if hashOf([]byte(l.Body)) != l.Hash {
		return Report{}, fmt.Errorf("report: version %d of %d is not what was closed", l.Version, l.ID)
	}
	return r, json.Unmarshal([]byte(l.Body), &r)
}

// seenBy leaves out what the path of the reader withholds: beside its neighbours a group may be one that must not
// be shown.
func (s *Service) seenBy(ctx context.Context, r Report) (Report, error) {
	now, before := spanOver(r, r.From, r.To, nil), spanOver(r, r.PreviousFrom, r.PreviousTo, nil)
	var err error
	for _, days := range []*span{&now, &before} {
		if days.hidden, err = s.withheld(ctx, *days); err != nil {
			return Report{}, err
		}
	}
	if !now.known() {
		r.Metrics = valued(figures{}, figures{})
		r.Days, r.Evidence, r.Networks, r.Units, r.Contents = []DayRow{}, []GradeRow{}, []Network{}, []Child{}, []Published{}
		r.Closed.Moved = []Moved{}
		r.Story, r.Next = story(r), steps(r)
		return r, nil
	}
	for i, u := range r.Units {
		if now.hidden[u.ID] {
			r.Units[i] = Child{ID: u.ID, Name: u.Name, ShortName: u.ShortName, Kind: u.Kind}
		}
	}
	if !before.known() {
		withoutPast(&r)
	}
	return r, nil
}

// withoutPast takes out what tells of the days before.
func withoutPast(r *Report) {
	for i := range r.Metrics {
		r.Metrics[i].Previous, r.Metrics[i].SmallBase = nil, false
	}
	for i := range r.Networks {
		r.Networks[i].Previous = nil
	}
	for i := range r.Units {
		r.Units[i].Previous = nil
	}
	for i := range r.Contents {
		r.Contents[i].Previous = nil
	}
	r.Closed.Moved = slices.DeleteFunc(r.Closed.Moved, func(m Moved) bool { return m.Past })
	r.Next = steps(*r)
}

// Recount is what counting a closed report anew found.
type Recount struct {
	Equal   bool    `json:"equal" doc:"The same rows and the same figures"`
	Moved   []Moved `json:"moved" nullable:"false" doc:"The figures that differ"`
	Closing Closing `json:"closing" doc:"The newest version: the correction, where there was one to make"`
}

// CountAgain counts a closed report anew and compares it with its newest version. Where rows or figures differ, the
// new count is kept as another version; nothing is overwritten.
func (s *Service) CountAgain(ctx context.Context, actor org.Actor, number int64) (Recount, error) {
	kept, live, err := s.closing(ctx, actor, number)
	if err != nil {
		return Recount{}, err
	}
	if err := s.mayClose(ctx, actor, kept.NodeID); err != nil {
		return Recount{}, err
	}
	newest, err := db.Get[latest](ctx, s.db, `SELECT `+closedColumns+`, body FROM report_closed WHERE node_id = $1 AND from_day = $2::date AND to_day = $3::date AND compare = $4
		ORDER BY version DESC LIMIT 1`, kept.NodeID, kept.From.String(), kept.To.String(), kept.Compare)
	if err != nil {
		return Recount{}, err
	}
	was, err := newest.read()
	if err != nil {
		return Recount{}, err
	}
	is, err := s.forItself(ctx, kept.NodeID, Query{From: kept.From.String(), To: kept.To.String(), Compare: kept.Compare})
	if err != nil {
		return Recount{}, err
	}
	moved := movedBetween(was, is)
	if len(moved) == 0 && was.Inputs == is.Inputs {
		return Recount{true, moved, newest.Closing}, nil
	}
	made, err := s.keep(ctx, actor.User, is, newest.Version+1, "correction", moved)
	if err != nil {
		return Recount{}, err
	}
	live.Closed = &made
	seen, err := s.seenBy(ctx, live) // what this reader's path withholds is not told by what moved
	return Recount{false, seen.Closed.Moved, made}, err
}
