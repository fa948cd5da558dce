package content

import (
	"context"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
)

// Public is what anybody may read of a content that is or was live: the page that proves where it
// comes from.
type Public struct {
	Title        string
	Summary      string
	Body         string // Markdown
	LandingURL   string
	Hash         string
	Version      int
	AgencyName   string
	AgencyZone   string
	State        State
	PublishedAt  time.Time
	RecalledAt   *time.Time
	RecallReason string
	Correction   string // slug of the correction, when that is live
}

// ReadPublic reads the public page of a slug. It takes no actor: everybody may read it.
func (s *Service) ReadPublic(ctx context.Context, slug string) (Public, error) {
	found, err := db.Get[Public](ctx, s.db, `
		SELECT v.title, v.summary, v.body, v.landing_url, encode(substr(v.hash, 1, 8), 'hex') AS hash, v.no AS version,
		       a.name AS agency_name, a.zone AS agency_zone, c.state, c.published_at, c.recalled_at, c.recall_reason,
		       coalesce(fix.slug, '') AS correction
		FROM content AS c
		JOIN agency AS a ON a.id = c.agency_id
		JOIN content_version AS v ON v.content_id = c.id AND v.no = c.approved_version
		LEFT JOIN content AS fix ON fix.id = c.correction_id AND fix.state = 'live'
		WHERE c.slug = $1 AND c.state IN ('live', 'ended', 'recalled')`, slug)
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Halaman tidak ditemukan.")
	}
	return found, err
}
