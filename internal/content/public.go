package content

import (
	"context"
	"errors"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/media"
)

// Public is what anybody may read of a content that is or was live: the page that proves where it
// comes from. It names offices and roles, never persons.
type Public struct {
	Slug          string
	Title         string
	Summary       string
	Body          string         // Markdown
	Images        []Image        `gorm:"serializer:json"`
	Video         *media.Clip    `gorm:"serializer:json"`
	OfficialPosts []OfficialPost `gorm:"serializer:json"`
	LandingURL    string
	Hash          string // of the version, whole
	Version       int
	AgencyName    string
	AgencyZone    string
	State         State
	ApprovedAt    *time.Time
	PublishedAt   time.Time
	EndsAt        *time.Time
	RecalledAt    *time.Time
	RecallReason  string
	Correction    string // slug of the correction, when that is live
}

// Fingerprint is the beginning of the hash, as it is shown everywhere else.
func (p Public) Fingerprint() string { return p.Hash[:min(16, len(p.Hash))] }

// ReadPublic reads the public page of a slug. It takes no actor: everybody may read it. The text and the
// pictures of a withdrawn content do not leave.
func (s *Service) ReadPublic(ctx context.Context, slug string) (Public, error) {
	found, err := db.Get[Public](ctx, s.db, `
		SELECT c.slug, v.title, v.summary, v.body, v.images, v.video, v.official_posts, v.landing_url, encode(v.hash, 'hex') AS hash,
		       v.no AS version, a.name AS agency_name, a.zone AS agency_zone, c.state, c.published_at, c.ends_at,
		       c.recalled_at, c.recall_reason, coalesce(fix.slug, '') AS correction,
		       (SELECT max(d.at) FROM content_decision AS d
		        WHERE d.content_id = c.id AND d.version = v.no AND d.decision = 'approved') AS approved_at
		FROM content AS c
		JOIN agency AS a ON a.id = c.agency_id
		JOIN content_version AS v ON v.content_id = c.id AND v.no = c.approved_version
		LEFT JOIN content AS fix ON fix.id = c.correction_id AND fix.state = 'live'
		WHERE c.slug = $1 AND c.state IN ('live', 'ended', 'recalled')`, slug)
	if errors.Is(err, db.ErrNoRow) {
		return found, errs.New(errs.NotFound, "Halaman tidak ditemukan.")
	}
	if found.State == Live && found.EndsAt != nil && !found.EndsAt.After(s.db.Now()) {
		found.State = Ended // from its time on, not from when the job gets to it
	}
	if found.State == Recalled {
		found.Summary, found.Body, found.Images, found.Video, found.OfficialPosts, found.LandingURL = "", "", nil, nil, nil, ""
	}
	return found, err
}
