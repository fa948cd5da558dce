package content

import (
	"context"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/draft"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"time"
)

// Outline is what is decided about an item beside its text.
type Outline struct {
	Agency  id.Agency   // who publishes; 0: the actor's own agency
	Targets []id.Agency // whose feeds it enters, each with its subtree; empty: the publishing agency
	EndsAt  *time.Time  // when it leaves the feed; nil: not by itself
	Key     string      // of a new item: the same key gives the same item; empty: always a new one
	Working int64       // of an edit: the revision of the working copy that it was; 0: none
}

// Create starts an item as the actor's draft.
func (s *Service) Create(ctx context.Context, actor org.Actor, outline Outline, text Text) (Content, error) {
	text = text.tidied()
	if err := text.checkDraft(); err != nil {
		return Content{}, err
	}
	if outline.Agency == 0 {
		outline.Agency = actor.Agency
	}
	var created id.Content
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		before, err := claimKey(ctx, tx, actor.User, outline.Key)
		if err != nil || before != 0 {
			created = before
			return err
		}
		row, err := insert(ctx, tx, actor, outline)
		if err != nil {
			return err
		}
		created = row.ID
		if err := noteKey(ctx, tx, actor.User, outline.Key, created); err != nil {
			return err
		}
		if err := resolveMedia(ctx, tx, row, &text); err != nil {
			return err
		}
		if err := fillAccounts(ctx, tx, row.AgencyID, text); err != nil {
			return err
		}
		if err := saveVersion(ctx, tx, actor.User, row.ID, 1, text); err != nil {
			return err
		}
		if err := setTargets(ctx, tx, actor, row, outline.Targets); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: row.AgencyID, Action: "content.create", Subject: row.subject()})
	})
	if err != nil {
		return Content{}, err
	}
	return s.Get(ctx, actor, created)
}

func insert(ctx context.Context, tx *db.Tx, actor org.Actor, outline Outline) (item, error) {
	if err := checkEnd(tx, outline.EndsAt); err != nil {
		return item{}, err
	}
	rows, err := db.All[item](ctx, tx, `
		INSERT INTO content (agency_id, author_id, state, version, ends_at, created_at, updated_at)
		SELECT id, $2, 'draft', 1, $3, $4, $4 FROM agency WHERE id = $1::int8 AND path && $5::int4[]
		RETURNING id, agency_id, author_id, state, version`,
		outline.Agency, actor.User, outline.EndsAt, tx.Now, actor.Roots(org.Author))
	if err != nil {
		return item{}, err
	}
	if len(rows) == 0 {
		return item{}, errs.New(errs.Forbidden, "Anda bukan penyusun pada instansi ini. Pilih instansi tempat Anda bertugas sebagai penyusun.")
	}
	return rows[0], nil
}

func checkEnd(tx *db.Tx, endsAt *time.Time) error {
	if endsAt != nil && !endsAt.After(tx.Now) {
		return errs.InvalidField("ends_at", "Waktu berakhir harus di masa depan.")
	}
	return nil
}

func saveVersion(ctx context.Context, tx *db.Tx, author id.User, content id.Content, no int, text Text) error {
	if err := db.Insert(ctx, tx, "content_version", &version{ContentID: content, No: no, AuthorID: author, At: tx.Now, Hash: text.hash(), Text: text}); err != nil {
		return err
	}
	return saveSearch(ctx, tx, content)
}

// setTargets replaces the audience. A target lies in the publishing agency's own region of the tree:
// in its subtree, or in that of a node the actor writes for.
func setTargets(ctx context.Context, tx *db.Tx, actor org.Actor, row item, targets []id.Agency) error {
	if len(targets) == 0 {
		targets = []id.Agency{row.AgencyID}
	}
	if _, err := db.Exec(ctx, tx, `DELETE FROM content_target WHERE content_id = $1`, row.ID); err != nil {
		return err
	}
	set, err := db.Exec(ctx, tx, `INSERT INTO content_target (node_id, content_id)
		SELECT DISTINCT id, $1::int4 FROM agency WHERE id = ANY($2::int8[]) AND path && $3::int4[]`,
		row.ID, targets, actor.Roots(org.Author))
	if err != nil {
		return err
	}
	if int(set) != countDistinct(targets) {
		return errs.InvalidField("targets", "Sebagian sasaran berada di luar wilayah kewenangan Anda.")
	}
	return nil
}

func countDistinct(nodes []id.Agency) int {
	seen := map[id.Agency]bool{}
	for _, node := range nodes {
		seen[node] = true
	}
	return len(seen)
}

// Edit saves a new version on top of the one that the author started from. If somebody saved another
// in between, nothing is written and the error is a conflict.
func (s *Service) Edit(ctx context.Context, actor org.Actor, content id.Content, base int, outline Outline, text Text) (Content, error) {
	text = text.tidied()
	if err := text.checkDraft(); err != nil {
		return Content{}, err
	}
	return s.change(ctx, actor, content, Edit, func(tx *db.Tx, row item, to State) error {
		if base != row.Version {
			return errs.New(errs.Conflict, "Konten ini sudah diubah (kini versi %d, Anda menyunting versi %d). Salin perubahan Anda, muat ulang, lalu simpan lagi.", row.Version, base)
		}
		if err := checkEnd(tx, outline.EndsAt); err != nil {
			return err
		}
		if err := resolveMedia(ctx, tx, row, &text); err != nil {
			return err
		}
		if err := setTargets(ctx, tx, actor, row, outline.Targets); err != nil { // before the text: whom it is for decides which rules hold
			return err
		}
		if err := fillAccounts(ctx, tx, row.AgencyID, text); err != nil {
			return err
		}
		if err := s.saveNext(ctx, tx, actor, row, to, text); err != nil {
			return err
		}
		if err := draft.DropTx(ctx, tx, actor.User, row.ID, outline.Working); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), ends_at = $2 WHERE id = $1`, row.ID, outline.EndsAt)
		return err
	})
}

// saveNext writes the next version and moves the item to where an edit leads.
func (s *Service) saveNext(ctx context.Context, tx *db.Tx, actor org.Actor, row item, to State, text Text) error {
	if to == InReview || to == OnHold { // it goes straight back to review, so it must be complete
		if err := text.checkComplete(tx.Now, row.AgencyZone); err != nil {
			return err
		}
		if err := checkUploads(ctx, tx, row); err != nil {
			return err
		}
		if err := checkBrand(ctx, tx, row, text); err != nil {
			return err
		}
		if err := checkAccounts(ctx, tx, row, text); err != nil {
			return err
		}
	}
	if err := saveVersion(ctx, tx, actor.User, row.ID, row.Version+1, text); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `UPDATE content SET changed = pg_current_xact_id(), state = $2, version = $3, approved_version = NULL, publish_at = NULL,
		updated_at = $4 WHERE id = $1`, row.ID, to, row.Version+1, tx.Now)
	if err != nil || to == Draft || to == ChangesRequested {
		return err
	}
	return s.beginAgain(ctx, tx, row, row.Version+1)
}

func readVersion(ctx context.Context, tx *db.Tx, row item) (version, error) {
	return db.Get[version](ctx, tx, `SELECT * FROM content_version WHERE content_id = $1 AND no = $2`, row.ID, row.Version)
}
