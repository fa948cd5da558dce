package directive

import (
	"context"
	"slices"
	"strings"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Create starts a draft of an agency; 0: the actor's own.
func (s *Service) Create(ctx context.Context, actor org.Actor, agency id.Agency, letter Letter) (Directive, error) {
	letter = letter.tidied()
	if err := letter.check(today(s.db.Now(), actor)); err != nil {
		return Directive{}, err
	}
	if agency == 0 {
		agency = actor.Agency
	}
	var made id.Directive
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		rows, err := db.All[row](ctx, tx, `
			INSERT INTO directive (agency_id, author_id, number, title, body, signer, signed_on, created_at, updated_at)
			SELECT id, @author, @number, @title, @body, @signer, @signed_on::date, @now, @now
			FROM agency WHERE id = @agency::int8 AND path && @roots::int4[]
			RETURNING id, agency_id, version`, letter.args(db.Args{"agency": agency, "author": actor.User, "now": tx.Now, "roots": actor.Roots(Writers()...)}))
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return errs.New(errs.Forbidden, "Anda tidak berwenang menerbitkan arahan untuk instansi ini. Pilih instansi tempat Anda bertugas.")
		}
		made = rows[0].ID
		if err := setLinks(ctx, tx, actor, rows[0], letter); err != nil {
			return err
		}
		return record(ctx, tx, actor, rows[0], "create")
	})
	if err != nil {
		return Directive{}, err
	}
	return s.Get(ctx, actor, made)
}

// Edit replaces a draft that the writer opened at a version. If somebody saved in between, nothing is written.
func (s *Service) Edit(ctx context.Context, actor org.Actor, directive id.Directive, seen int, letter Letter) (Directive, error) {
	letter = letter.tidied()
	if err := letter.check(today(s.db.Now(), actor)); err != nil {
		return Directive{}, err
	}
	return s.change(ctx, actor, directive, func(tx *db.Tx) error {
		found, err := lockDraft(ctx, tx, actor, directive)
		if err != nil {
			return err
		}
		if err := found.checkSeen(seen); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE directive SET version = version + 1, number = @number, title = @title, body = @body,
			signer = @signer, signed_on = @signed_on::date, updated_at = @now WHERE id = @id`, letter.args(db.Args{"id": directive, "now": tx.Now})); err != nil {
			return err
		}
		if err := setLinks(ctx, tx, actor, found, letter); err != nil {
			return err
		}
		return record(ctx, tx, actor, found, "edit")
	})
}

func (l Letter) args(more db.Args) db.Args {
	var day *string
	if l.SignedOn != nil {
		text := l.SignedOn.String()
		day = &text
	}
	more["number"], more["title"], more["body"], more["signer"], more["signed_on"] = l.Number, l.Title, l.Body, l.Signer, day
	return more
}

// setLinks replaces whom it concerns and which contents carry it out: both lie where the writer may write.
func setLinks(ctx context.Context, tx *db.Tx, actor org.Actor, r row, letter Letter) error {
	targets, contents := distinct(letter.Targets), distinct(letter.Contents)
	if len(targets) == 0 {
		targets = []id.Agency{r.AgencyID}
	}
	for _, table := range []string{"directive_target", "directive_content"} {
		if _, err := db.Exec(ctx, tx, `DELETE FROM `+table+` WHERE directive_id = $1`, r.ID); err != nil {
			return err
		}
	}
	set, err := db.Exec(ctx, tx, `INSERT INTO directive_target (node_id, directive_id)
		SELECT id, $1::int4 FROM agency WHERE id = ANY($2::int8[]) AND path && $3::int4[]`, r.ID, targets, actor.Roots(Writers()...))
	if err != nil {
		return err
	}
	if int(set) != len(targets) {
		return errs.InvalidField("targets", "Sebagian sasaran berada di luar wilayah kewenangan Anda.")
	}
	set, err = db.Exec(ctx, tx, `INSERT INTO directive_content (directive_id, content_id)
		SELECT $1::int4, c.id FROM content AS c JOIN agency AS a ON a.id = c.agency_id
		WHERE c.id = ANY($2::int8[]) AND a.path && $3::int4[]`, r.ID, contents, actor.Roots(Readers()...))
	if err != nil {
		return err
	}
	if int(set) != len(contents) {
		return errs.InvalidField("contents", "Sebagian konten terkait tidak ditemukan di wilayah kewenangan Anda.")
	}
	return nil
}

func distinct[T ~int64](list []T) []T {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

// Issue makes a draft a letter that those whom it concerns can read, as the actor saw it.
func (s *Service) Issue(ctx context.Context, actor org.Actor, directive id.Directive, seen int) (Directive, error) {
	return s.change(ctx, actor, directive, func(tx *db.Tx) error {
		found, err := lockDraft(ctx, tx, actor, directive)
		if err != nil {
			return err
		}
		if err := found.checkSeen(seen); err != nil {
			return err
		}
		if err := found.checkComplete(); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE directive SET state = 'issued', issued_at = $2, updated_at = $2 WHERE id = $1`, directive, tx.Now); err != nil {
			return err
		}
		return record(ctx, tx, actor, found, "issue")
	})
}

// Withdraw takes an issued directive back; those whom it concerned see that and why.
func (s *Service) Withdraw(ctx context.Context, actor org.Actor, directive id.Directive, reason string) (Directive, error) {
	reason = strings.TrimSpace(reason)
	switch n := len([]rune(reason)); {
	case n == 0:
		return Directive{}, errs.InvalidField("reason", "Tuliskan mengapa arahan ini ditarik; penerimanya akan membacanya.")
	case n > maxReason:
		return Directive{}, errs.InvalidField("reason", "Alasan paling banyak %d karakter; sekarang %d.", maxReason, n)
	}
	return s.change(ctx, actor, directive, func(tx *db.Tx) error {
		found, err := lock(ctx, tx, actor, directive)
		if err != nil {
			return err
		}
		if found.State != Issued {
			return errs.New(errs.Conflict, "Hanya arahan yang sudah terbit yang dapat ditarik. Muat ulang untuk melihat keadaan terbaru.")
		}
		if _, err := db.Exec(ctx, tx, `UPDATE directive SET state = 'withdrawn', withdrawn_at = $2, withdraw_reason = $3, updated_at = $2 WHERE id = $1`,
			directive, tx.Now, reason); err != nil {
			return err
		}
		return record(ctx, tx, actor, found, "withdraw")
	})
}

// change runs one change and gives the directive as it is then.
func (s *Service) change(ctx context.Context, actor org.Actor, directive id.Directive, act func(tx *db.Tx) error) (Directive, error) {
	if err := s.db.Tx(ctx, act); err != nil {
		return Directive{}, err
	}
	return s.Get(ctx, actor, directive)
}
