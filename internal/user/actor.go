package user

import (
	"context"
	"errors"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Actor loads who asks, as of now. It is what every other read is given, so it takes only the number
// that sign-in has proven.
func (s *Service) Actor(ctx context.Context, person id.User) (org.Actor, error) {
	type placed struct {
		UnitID, AgencyID id.Agency
		Zone             string
	}
	now, err := db.Get[placed](ctx, s.db, `SELECT p.unit_id, p.agency_id, a.zone
		FROM placement AS p JOIN agency AS a ON a.id = p.agency_id JOIN app_user AS u ON u.id = p.user_id
		WHERE p.user_id = $1 AND u.active
		  AND p.from_day <= ($2::timestamptz AT TIME ZONE a.zone)::date
		  AND (p.until_day IS NULL OR p.until_day > ($2::timestamptz AT TIME ZONE a.zone)::date)`, person, s.db.Now())
	if errors.Is(err, db.ErrNoRow) {
		return org.Actor{}, errs.New(errs.Unauthenticated, "Akun ini tidak aktif. Hubungi operator unit Anda.")
	}
	if err != nil {
		return org.Actor{}, err
	}
	actor := org.Actor{User: person, Unit: now.UnitID, Agency: now.AgencyID, Zone: now.Zone}
	path, err := db.All[struct{ ID id.Agency }](ctx, s.db,
		`SELECT unnest(path) AS id FROM agency WHERE id = $1`, now.UnitID)
	if err != nil {
		return org.Actor{}, err
	}
	for _, node := range path {
		actor.Path = append(actor.Path, node.ID)
	}
	// A deputy approves where the represented person does, as long as the appointment lasts.
	actor.Grants, err = db.All[org.Grant](ctx, s.db, `SELECT role, agency_id AS agency FROM user_role WHERE user_id = $1
		UNION SELECT g.role, g.agency_id FROM deputy AS d JOIN user_role AS g ON g.user_id = d.user_id AND g.role = 'approver'
		WHERE d.deputy_id = $1 AND d.starts_at <= $2 AND d.ends_at > $2 AND d.ended_at IS NULL
		ORDER BY role, agency`, person, s.db.Now())
	return actor, err
}

// Me is what a person sees of themselves.
type Me struct {
	ID         id.User     `json:"id"`
	Name       string      `json:"name"`
	Email      string      `json:"email" doc:"Empty: none is known"`
	NIPMask    string      `json:"nip_mask" gorm:"-" doc:"Only the last three digits; empty: none is known"`
	Employment string      `json:"employment" gorm:"-" doc:"As the NIP tells"`
	Position   string      `json:"position" doc:"Jabatan"`
	Grade      string      `json:"grade" doc:"Golongan"`
	Lang       string      `json:"lang" enum:"id,en"`
	Unit       org.Agency  `json:"unit" gorm:"-"`
	Agency     org.Agency  `json:"agency" gorm:"-"`
	Roles      []org.Grant `json:"roles" gorm:"-" nullable:"false"`
}

// Me reads the actor's own record.
func (s *Service) Me(ctx context.Context, actor org.Actor) (Me, error) {
	me, err := db.Get[Me](ctx, s.db, `SELECT id, name, email, lang, position, grade FROM app_user WHERE id = $1`, actor.User)
	if err != nil {
		return me, err
	}
	nip, err := s.nipOf(ctx, actor.User)
	if err != nil {
		return me, err
	}
	me.NIPMask, me.Employment = nip.Mask(), nip.Employment()
	if me.Unit, err = s.org.Get(ctx, actor, actor.Unit); err != nil {
		return me, err
	}
	me.Agency, err = s.org.Get(ctx, actor, actor.Agency)
	me.Roles = actor.Grants
	return me, err
}

// nipOf opens a person's own NIP; empty when none is known.
func (s *Service) nipOf(ctx context.Context, person id.User) (NIP, error) {
	row, err := db.Get[struct{ Sealed []byte }](ctx, s.db, `SELECT sealed FROM user_nip WHERE user_id = $1`, person)
	if errors.Is(err, db.ErrNoRow) {
		return NIP{}, nil
	}
	if err != nil {
		return NIP{}, err
	}
	digits, err := s.nips.Open(row.Sealed, nipPlace(person))
	return NIP{string(digits)}, err
}

// WholeNIP is a person's own NIP in full, for the copy of their data alone; empty when none is known.
func (s *Service) WholeNIP(ctx context.Context, person id.User) (string, error) {
	nip, err := s.nipOf(ctx, person)
	return nip.digits, err
}
