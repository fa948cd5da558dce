package user

import (
	"context"
	"errors"
	"slices"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// RoleOf is a role that a person holds, with the node's name.
type RoleOf struct {
	Role       org.Role  `json:"role"`
	AgencyID   id.Agency `json:"agency_id"`
	AgencyName string    `json:"agency_name"`
}

// granted are the roles that can be given; everybody is an ASN without being told so.
var granted = []org.Role{org.Author, org.Approver, org.Publisher, org.Operator, org.Leader, org.DPO, org.Auditor, org.Admin, org.Trainer}

// Roles lists what a person holds within the subtree that the actor administers.
func (d *Desk) Roles(ctx context.Context, actor org.Actor, person id.User) ([]RoleOf, error) {
	if _, err := d.person(ctx, d.db, actor, person, org.Admin); err != nil {
		return nil, err
	}
	return db.All[RoleOf](ctx, d.db, `SELECT g.role, g.agency_id, a.name AS agency_name FROM user_role AS g JOIN agency AS a ON a.id = g.agency_id
		WHERE g.user_id = $1 AND a.path && $2::int4[] ORDER BY a.path, g.role`, int64(person), actor.Roots(org.Admin))
}

// Grant gives a role on a node that the actor administers. Nobody changes their own roles.
func (d *Desk) Grant(ctx context.Context, actor org.Actor, person id.User, grant org.Grant) ([]RoleOf, error) {
	if !slices.Contains(granted, grant.Role) {
		return nil, errs.InvalidField("role", "Peran ini tidak dikenal.")
	}
	return d.changeRoles(ctx, actor, person, grant, "user.grant",
		`INSERT INTO user_role (user_id, agency_id, role, granted_at) VALUES (@person, @agency, @role, @now) ON CONFLICT DO NOTHING`)
}

// Revoke takes a role away.
func (d *Desk) Revoke(ctx context.Context, actor org.Actor, person id.User, grant org.Grant) ([]RoleOf, error) {
	return d.changeRoles(ctx, actor, person, grant, "user.revoke",
		`DELETE FROM user_role WHERE user_id = @person AND agency_id = @agency AND role = @role`)
}

func (d *Desk) changeRoles(ctx context.Context, actor org.Actor, person id.User, grant org.Grant, action, statement string) ([]RoleOf, error) {
	if person == actor.User {
		return nil, errs.New(errs.Forbidden, "Peran sendiri tidak dapat diubah. Mintalah administrator lain.")
	}
	err := d.db.Tx(ctx, func(tx *db.Tx) error {
		// Held like that by a reset: one of the two sees what the other has done.
		if _, err := db.Exec(ctx, tx, `SELECT FROM app_user WHERE id = $1 FOR UPDATE`, int64(person)); err != nil {
			return err
		}
		_, personErr := d.person(ctx, tx, actor, person, org.Admin)
		_, nodeErr := nodeOf(ctx, tx, actor.Roots(org.Admin), grant.Agency)
		if err := errors.Join(personErr, nodeErr); err != nil {
			return err
		}
		changed, err := db.Exec(ctx, tx, statement, db.Args{"person": int64(person), "agency": int64(grant.Agency), "role": string(grant.Role), "now": tx.Now})
		if err != nil || changed == 0 {
			return err
		}
		if grant.Role == org.Leader { // leaders stand on a board of their own
			if err := d.queue.EnqueueTx(ctx, tx, PlacedJob{}); err != nil {
				return err
			}
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: grant.Agency, Action: action, Subject: userSubject(person),
			Detail: map[string]string{"role": string(grant.Role)}})
	})
	if err != nil {
		return nil, err
	}
	return d.Roles(ctx, actor, person)
}
