package privacy

import (
	"context"
	_ "embed"
	"errors"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/period"
)

//go:embed notice/v1.id.md
var v1ID string

//go:embed notice/v1.en.md
var v1EN string

// edition is one version of the notice. A version that people have read is never changed: a new one is added.
type edition struct {
	version int
	from    time.Time // valid from
	words   map[string]string
}

var editions = []edition{
	{1, time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC), map[string]string{"id": v1ID, "en": v1EN}},
}

// newest is the edition that is valid at a time; the first one also before it began.
func newest(now time.Time) edition {
	valid := editions[0]
	for _, e := range editions {
		if !e.from.After(now) {
			valid = e
		}
	}
	return valid
}

// PrivacyNotice is the privacy notice as a person reads it.
type PrivacyNotice struct {
	Version int        `json:"version"`
	From    period.Day `json:"from" doc:"Valid from"`
	Summary string     `json:"summary" doc:"Markdown, the most important things in a few lines"`
	Body    string     `json:"body" doc:"Markdown, all of it"`
	ReadAt  *time.Time `json:"read_at,omitempty" doc:"When the person read this version"`
	Contact Contact    `json:"contact"`
}

// Contact is whom one asks about one's data: the officer nearest above where the person works.
type Contact struct {
	Office string `json:"office" doc:"Empty: no officer has been named; requests go to the administrators"`
	Email  string `json:"email"`
}

// summaryEnds stands between the short part of a notice and the whole.
const summaryEnds = "\n---\n"

// Notice reads the valid notice in a language.
func (s *Service) Notice(ctx context.Context, actor org.Actor, lang string) (PrivacyNotice, error) {
	valid := newest(s.db.Now())
	summary, whole, _ := strings.Cut(valid.words[language(lang)], summaryEnds)
	n := PrivacyNotice{Version: valid.version, From: period.LocalDay(valid.from, time.UTC), Summary: strings.TrimSpace(summary), Body: strings.TrimSpace(whole)}
	read, err := db.All[struct{ At time.Time }](ctx, s.db, `SELECT at FROM privacy_ack WHERE user_id = $1 AND version = $2`, actor.User, n.Version)
	if err != nil {
		return n, err
	}
	if len(read) > 0 {
		n.ReadAt = &read[0].At
	}
	n.Contact, err = s.contact(ctx, actor)
	return n, err
}

// contact finds the officer whose node is the nearest above the person.
func (s *Service) contact(ctx context.Context, actor org.Actor) (Contact, error) {
	found, err := db.Get[Contact](ctx, s.db, `SELECT a.name AS office, u.email FROM user_role AS g JOIN agency AS a ON a.id = g.agency_id
		JOIN app_user AS u ON u.id = g.user_id AND u.active
		WHERE g.role = 'dpo' AND g.agency_id = ANY ($1::int4[]) ORDER BY cardinality(a.path) DESC, g.user_id LIMIT 1`, actor.Path)
	if errors.Is(err, db.ErrNoRow) {
		return Contact{}, nil
	}
	return found, err
}

func language(lang string) string {
	if lang == "en" {
		return lang
	}
	return "id"
}

// Read notes that the actor read a version of the notice, once.
func (s *Service) Read(ctx context.Context, actor org.Actor, version int) error {
	if version < 1 || version > newest(s.db.Now()).version {
		return errs.InvalidField("version", "Versi pemberitahuan ini tidak dikenal. Muat ulang halaman, lalu baca versi yang berlaku.")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `INSERT INTO privacy_ack (user_id, version, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, actor.User, version, tx.Now)
		if err != nil || n == 0 {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "privacy.read", Subject: "user", Detail: map[string]int{"version": version}})
	})
}
