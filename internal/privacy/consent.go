package privacy

import (
	"context"
	"slices"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/user"
)

// Kind is what a person may agree to beside the public task. None is needed to use the feed.
type Kind string

// The consents.
const (
	PublicName  Kind = "public_name"  // the name on boards that others see
	AccountLink Kind = "account_link" // linking social media accounts
	Survey      Kind = "survey"       // the belonging pulse
)

// Kinds are all consents, in the order in which they are asked.
func Kinds() []Kind { return []Kind{PublicName, AccountLink, Survey} }

// consentVersion is the version of the words that a consent is given to; the words are the client's. Changed words
// get a new number, and what was agreed to under an older one stays valid until it is taken back.
const consentVersion = 1

// Consent is where one consent stands.
type Consent struct {
	Kind    Kind       `json:"kind" enum:"public_name,account_link,survey"`
	Given   bool       `json:"given"`
	Version int        `json:"version" doc:"Of the words that were agreed to or are asked now"`
	At      *time.Time `json:"at,omitempty" doc:"The last change; null: never asked"`
	Changes int        `json:"changes" doc:"How often it was given or taken back"`
}

// consentSQL is the newest row of each kind of a person.
const consentSQL = `SELECT DISTINCT ON (kind) kind, given, version, at, count(*) OVER (PARTITION BY kind) AS changes
	FROM consent WHERE user_id = $1 ORDER BY kind, id DESC`

// Consents tells where each of the actor's consents stands.
func (s *Service) Consents(ctx context.Context, actor org.Actor) ([]Consent, error) {
	found, err := db.All[Consent](ctx, s.db, consentSQL, actor.User)
	if err != nil {
		return nil, err
	}
	all := []Consent{}
	for _, kind := range Kinds() {
		at := slices.IndexFunc(found, func(c Consent) bool { return c.Kind == kind })
		if at < 0 {
			all = append(all, Consent{Kind: kind, Version: consentVersion})
			continue
		}
		all = append(all, found[at])
	}
	return all, nil
}

// SetConsent gives a consent or takes it back, at once. Saying the same again changes nothing.
func (s *Service) SetConsent(ctx context.Context, actor org.Actor, kind Kind, given bool) error {
	if !slices.Contains(Kinds(), kind) {
		return errs.InvalidField("kind", "Persetujuan ini tidak dikenal. Muat ulang halaman.")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return setConsent(ctx, tx, []id.User{actor.User}, kind, given) })
}

// GiveAll notes a consent of many people: of the demo world, or of a form on paper.
func (s *Service) GiveAll(ctx context.Context, people []id.User, kind Kind) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error { return setConsent(ctx, tx, people, kind, true) })
}

// setConsent writes the history and, for the name, what the boards read: both change together or not at all.
func setConsent(ctx context.Context, tx *db.Tx, people []id.User, kind Kind, given bool) error {
	if kind == PublicName {
		if err := user.HideTx(ctx, tx, people, !given); err != nil {
			return err
		}
	}
	_, err := db.Exec(ctx, tx, `INSERT INTO consent (user_id, kind, version, given, at) SELECT p.id, $2, $3, $4, $5 FROM unnest($1::int4[]) AS p (id)
		WHERE $4 IS DISTINCT FROM coalesce((SELECT c.given FROM consent AS c WHERE c.user_id = p.id AND c.kind = $2 ORDER BY c.id DESC LIMIT 1), false)`,
		people, kind, consentVersion, given, tx.Now)
	return err
}

const agreedSQL = `SELECT p.id AS user_id FROM unnest($1::int4[]) AS p (id) WHERE (SELECT c.given FROM consent AS c
	WHERE c.user_id = p.id AND c.kind = $2 ORDER BY c.id DESC LIMIT 1)`

// Agreed tells which of the people agree to something now. Whoever acts on a consent asks in the statement's own
// transaction: what was taken back a moment ago counts at once.
func Agreed(ctx context.Context, tx *db.Tx, people []id.User, kind Kind) ([]id.User, error) {
	found, err := db.All[struct{ UserID id.User }](ctx, tx, agreedSQL, people, kind)
	agreed := make([]id.User, 0, len(found))
	for _, one := range found {
		agreed = append(agreed, one.UserID)
	}
	return agreed, err
}
