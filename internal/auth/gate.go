package auth

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

//go:embed sql/gate.sql
var gateSQL string

// Caller is who an access token belongs to.
type Caller struct {
	Actor   org.Actor
	Session id.Session
	Pending Pending
	Turn    int64 // how far the person's own part of the feed is: another number, another part
}

// ask is what an access token proves: a person's session. Whether it is still open, the database says.
type ask struct {
	person  id.User
	session id.Session
}

// standing is what the database says of a session and its person at this moment.
type standing struct {
	Open, MustChange, Outgrown, TOTP bool
	Actor                            org.Actor
	Turn                             int64
}

// Owner is whom an access token was made for, by its signature alone: enough to leave somebody's own clicks
// out of the count, and for nothing else. 0: nobody.
func (s *Service) Owner(access string) id.User {
	person, _, err := s.signer.verify(access)
	if err != nil {
		return 0
	}
	return person
}

// Verify reads an access token and gives who it belongs to. What was committed before the request came
// holds for it: a session that was ended, an account that was closed, a role, a move.
func (s *Service) Verify(ctx context.Context, access string) (Caller, error) {
	person, number, err := s.signer.verify(access)
	if err != nil {
		return Caller{}, err
	}
	found, err := s.gate.Ask(ctx, ask{person, number})
	switch {
	case err != nil:
		return Caller{}, err
	case !found.Open || found.Outgrown:
		return Caller{}, ended()
	case found.Actor.Unit == 0: // not active, or placed nowhere today
		_, err := s.user.Actor(ctx, person)
		if err == nil { // activated or placed since
			err = ended()
		}
		return Caller{}, errors.Join(err, s.endInactive(ctx, person, err))
	}
	caller := Caller{Actor: found.Actor, Session: number, Turn: found.Turn}
	switch {
	case found.MustChange:
		caller.Pending = ChangePassword
	case !found.TOTP && !s.relaxed && len(caller.Actor.Roots(compulsory()...)) > 0:
		caller.Pending = EnrolTOTP
	}
	return caller, nil
}

// endInactive ends the sessions of somebody whose account was closed, so that none of them lives again
// when it is opened again.
func (s *Service) endInactive(ctx context.Context, person id.User, reason error) error {
	if errs.CodeOf(reason) != errs.Unauthenticated {
		return nil
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := revoke(ctx, tx, person, 0)
		return err
	})
}

// standings asks for many sessions in one statement.
func standings(d *db.DB) func(context.Context, []ask) ([]standing, error) {
	return func(ctx context.Context, asked []ask) ([]standing, error) {
		users, sessions := make([]int32, len(asked)), make([]int64, len(asked))
		for i, a := range asked {
			users[i], sessions[i] = int32(a.person), int64(a.session)
		}
		rows, err := d.Pool().Query(ctx, gateSQL, users, sessions, d.Now())
		if err != nil {
			return nil, err
		}
		found := make([]standing, len(asked))
		var (
			no            int32
			one           standing
			unit, agency  int32
			zone          string
			path, granted []int32
			roles         []string
		)
		_, err = pgx.ForEachRow(rows, []any{&no, &one.Open, &one.MustChange, &one.Outgrown, &one.TOTP, &unit, &agency, &zone, &path, &roles, &granted, &one.Turn}, func() error {
			one.Actor = org.Actor{User: asked[no-1].person, Unit: id.Agency(unit), Agency: id.Agency(agency), Zone: zone,
				Path: make([]id.Agency, len(path)), Grants: make([]org.Grant, len(roles))}
			for i, node := range path {
				one.Actor.Path[i] = id.Agency(node)
			}
			for i, role := range roles {
				one.Actor.Grants[i] = org.Grant{Role: org.Role(role), Agency: id.Agency(granted[i])}
			}
			slices.SortFunc(one.Actor.Grants, func(a, b org.Grant) int {
				return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Agency, b.Agency))
			})
			one.Actor.Grants = slices.Compact(one.Actor.Grants) // what a deputy holds for another, they may hold themselves
			found[no-1] = one
			return nil
		})
		return found, err
	}
}
