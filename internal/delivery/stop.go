package delivery

import (
	"context"
	"errors"
	"fmt"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
)

// Where a letter is stopped, and what its links are sealed for.
const (
	stopPath  = "/berhenti/laporan/"
	stopPlace = "report/stop"
)

// stopLink is the address that stops a subscription, for whoever holds a letter of it.
func (s *Service) stopLink(person id.User, subscription int64) string {
	return s.writer.site + stopPath + s.links.Token(fmt.Appendf(nil, "%d %d", person, subscription), stopPlace)
}

// stopped reads a link of ours; any other is not found.
func (s *Service) stopped(token string) (person id.User, subscription int64, err error) {
	unknown := errs.New(errs.NotFound, "Tautan ini tidak berlaku. Atur langganan Anda di halaman Laporan.")
	if s.links == nil {
		return 0, 0, unknown
	}
	opened, err := s.links.OpenToken(token, stopPlace)
	if err != nil {
		return 0, 0, unknown
	}
	_, err = fmt.Sscanf(string(opened), "%d %d", &person, &subscription)
	return person, subscription, err
}

// Stopping is what the link of a letter stops, and whether it has.
type Stopping struct {
	Name string // of the node; empty: the subscription is gone
	Pace Pace
	Lang string // of the person: "id" or "en"
	Done bool
}

// StopAsked tells what a link of a letter would stop. It changes nothing.
func (s *Service) StopAsked(ctx context.Context, token string) (Stopping, error) {
	person, subscription, err := s.stopped(token)
	if err != nil {
		return Stopping{}, err
	}
	found, err := db.Get[Stopping](ctx, s.db, `SELECT n.name, s.pace, u.lang, s.ended <> '' AS done FROM report_subscription AS s JOIN agency AS n ON n.id = s.node_id
		JOIN app_user AS u ON u.id = s.user_id WHERE s.user_id = $1 AND s.id = $2`, person, subscription)
	if errors.Is(err, db.ErrNoRow) { // deleted since: nothing comes any more
		return Stopping{Lang: "id", Done: true}, nil
	}
	return found, err
}

// Stop ends the subscription of a letter for whom it went to. Twice is once.
func (s *Service) Stop(ctx context.Context, token string) (Stopping, error) {
	person, subscription, err := s.stopped(token)
	if err != nil {
		return Stopping{}, err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE report_subscription SET ended = $3, due_at = NULL, sample_due = NULL WHERE user_id = $1 AND id = $2 AND ended = ''`,
			person, subscription, endedLink)
		return err
	})
	if err != nil {
		return Stopping{}, err
	}
	return s.StopAsked(ctx, token)
}
