package content

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gaung/internal/brand"
	"gaung/internal/caption"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/trust"
)

// pictureChecks is what an approver looks for in the pictures, and in what the official posts show, while an
// election mode holds: gestures that stand for a candidate's number, attributes of parties, and candidates.
func pictureChecks() []string { return []string{"poses", "attributes", "candidates"} }

// modesOf finds the election modes that hold for an item now.
func modesOf(ctx context.Context, tx *db.Tx, row item) ([]trust.Mode, error) {
	targets, err := db.All[struct{ NodeID id.Agency }](ctx, tx, `SELECT node_id FROM content_target WHERE content_id = $1`, row.ID)
	if err != nil {
		return nil, err
	}
	of := trust.Audience{Agency: row.AgencyID}
	for _, target := range targets {
		of.Targets = append(of.Targets, target.NodeID)
	}
	return trust.HoldingTx(ctx, tx, tx.Now, of)
}

// words are what a linter reads of a text.
func (t Text) words() brand.Text {
	return brand.Text{Title: t.Title, Summary: t.Summary, Body: t.Body, Captions: caption.Texts(t.Captions), Hashtags: t.Hashtags}
}

// addresses are the links that lead to somebody else.
func (t Text) addresses() []brand.Address {
	found := []brand.Address{}
	if t.LandingURL != "" {
		found = append(found, brand.Address{Field: "landing_url", URL: t.LandingURL})
	}
	for i, post := range t.OfficialPosts {
		found = append(found, brand.Address{Field: "official_posts", Index: i, URL: post.URL})
	}
	return found
}

// checkPictures refuses an approval in an election mode unless all was looked at.
func (seen Seen) checkPictures(modes []trust.Mode) error {
	if len(modes) == 0 {
		return nil
	}
	for _, check := range pictureChecks() {
		if !slices.Contains(seen.Checklist, check) {
			return errs.InvalidField("checklist", "Mode pemilu “%s” berlaku. Periksa foto dan video, lalu centang ketiga butir: pose, atribut partai, dan calon atau tim kampanye.", modes[0].Name)
		}
	}
	return nil
}

// ticked is what was ticked, in the one order; nothing unknown is kept.
func (seen Seen) ticked() []string {
	return slices.DeleteFunc(pictureChecks(), func(check string) bool { return !slices.Contains(seen.Checklist, check) })
}

// checkSecond refuses a last approval in an election mode that would be the only one.
func checkSecond(ctx context.Context, tx *db.Tx, row item, modes []trust.Mode, approver id.User) error {
	if len(modes) == 0 {
		return nil
	}
	others, err := db.Get[struct{ N int }](ctx, tx, `SELECT count(*) AS n FROM content_decision
		WHERE content_id = $1 AND round = $2 AND decision = 'approved' AND approver_id <> $3`, row.ID, row.Round, approver)
	if err == nil && others.N == 0 {
		err = errs.New(errs.Conflict, "Mode pemilu “%s” baru saja berlaku: konten ini memerlukan penyetuju kedua. Muat ulang dalam beberapa detik, lalu setujui lagi.", modes[0].Name)
	}
	return err
}

const secondApprover = "Penyetuju kedua (mode pemilu)"

// guarded is a chain as an election mode wants it: two different people at least.
func (c Chain) guarded(agency id.Agency) Chain {
	c.Repeats = false
	if len(c.Steps) == 1 {
		c.Steps = append(slices.Clip(c.Steps), ChainStep{Name: secondApprover, AgencyID: agency})
	}
	return c
}

// cleared tells whether an approval under the checklist stands, and the text passes the lists as they are now.
func (s *Service) cleared(ctx context.Context, tx *db.Tx, row item, modes []trust.Mode) (bool, error) {
	ticked, err := db.Get[struct{ N int }](ctx, tx, `SELECT count(*) AS n FROM content_decision
		WHERE content_id = $1 AND round = $2 AND version = $3 AND decision = 'approved' AND final AND checklist @> $4::text[]`, row.ID, row.Round, row.Version, pictureChecks())
	if err != nil || ticked.N == 0 {
		return false, err
	}
	written, err := readVersion(ctx, tx, row)
	return err == nil && !slices.ContainsFunc(trust.Neutrality(modes, written.words(), written.addresses()), isError), err
}

func isError(f brand.Finding) bool { return f.Severity == brand.Error }

// checkCleared refuses to take an item live that was not approved under the election mode that holds.
func (s *Service) checkCleared(ctx context.Context, tx *db.Tx, row item) error {
	modes, err := modesOf(ctx, tx, row)
	if err != nil || len(modes) == 0 {
		return err
	}
	passed, err := s.cleared(ctx, tx, row, modes)
	if err == nil && !passed {
		err = errs.New(errs.Conflict, "Mode pemilu “%s” berlaku sesudah konten ini disetujui, sehingga konten dikembalikan ke pemeriksaan. Setelah disetujui lagi, terbitkan kembali.", modes[0].Name)
	}
	return err
}

// turned looks at what is under way and what is live when a mode begins or its lists change.
func (s *Service) turned(ctx context.Context, job trust.TurnedJob) error {
	items, err := db.All[struct{ ID id.Content }](ctx, s.db, `SELECT c.id FROM content AS c JOIN agency AS a ON a.id = c.agency_id
		JOIN election AS e ON e.id = $1 AND e.version = $2 JOIN agency AS n ON n.id = e.node_id
		WHERE c.state IN ('in_review', 'on_hold', 'approved', 'scheduled', 'live') AND (n.id = ANY(a.path)
			OR EXISTS (SELECT FROM content_target AS t JOIN agency AS x ON x.id = t.node_id WHERE t.content_id = c.id AND (n.id = ANY(x.path) OR x.id = ANY(n.path))))
		ORDER BY c.id`, job.ElectionID, job.Version)
	for _, one := range items {
		if err == nil {
			err = s.lookAgain(ctx, one.ID)
		}
	}
	return err
}

// guardReview gives a round that began before the mode its second approver.
func guardReview(ctx context.Context, tx *db.Tx, row item) error {
	r, err := readReview(ctx, tx, row.ID, row.Round)
	if errors.Is(err, db.ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	chain, err := json.Marshal(r.Chain.guarded(row.AgencyID))
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `UPDATE content_review SET chain = $3 WHERE content_id = $1 AND round = $2`, row.ID, row.Round, string(chain))
	return err
}

// alarm tells the publishers of a live item that says what the mode does not allow. It is theirs to recall it;
// until then it cannot be shared where the mode holds.
func (s *Service) alarm(ctx context.Context, tx *db.Tx, row item, modes []trust.Mode) error {
	written, err := readVersion(ctx, tx, row)
	if err != nil || !slices.ContainsFunc(trust.Neutrality(modes, written.words(), written.addresses()), isError) {
		return err
	}
	publishers, err := usersOf(ctx, tx, `SELECT DISTINCT g.user_id AS id FROM user_role AS g JOIN app_user AS u ON u.id = g.user_id AND u.active
		WHERE g.role = 'publisher' AND g.agency_id = ANY($1::int4[]) ORDER BY 1`, []id.Agency(row.Path))
	if err != nil {
		return err
	}
	names := []string{}
	for _, mode := range modes {
		names = append(names, fmt.Sprint(mode.ID))
	}
	return s.tell(ctx, tx, row, NewsJob{What: "neutrality", Key: "neutrality/" + strings.Join(names, "-"), To: publishers})
}
