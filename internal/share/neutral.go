package share

import (
	"context"
	"slices"

	"gaung/internal/brand"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/trust"
)

// checkNeutral refuses, while an election mode holds where the person works, what would make them take sides:
// their own words, and a content that was live before the mode began. Nothing of what they typed is lost.
func (s *Service) checkNeutral(ctx context.Context, actor org.Actor, item Item, caption string, own bool) error {
	modes, err := trust.HoldingOn(ctx, s.db, s.db.Now(), actor.Path)
	if err != nil || len(modes) == 0 {
		return err
	}
	given := brand.Text{Title: item.Title, Hashtags: item.Hashtags}
	if own {
		if err := trust.RefuseWords(modes, "text", caption); err != nil {
			return err
		}
	} else {
		given.Captions = []string{caption}
	}
	return refuseContent(trust.Neutrality(modes, given, nil), modes[0].Name)
}

// checkAccount refuses a like of an account that an election mode names.
func (s *Service) checkAccount(ctx context.Context, actor org.Actor, post string) error {
	modes, err := trust.HoldingOn(ctx, s.db, s.db.Now(), actor.Path)
	if err != nil || len(modes) == 0 {
		return err
	}
	return refuseContent(trust.Neutrality(modes, brand.Text{}, []brand.Address{{Field: "official_posts", URL: post}}), modes[0].Name)
}

func refuseContent(found []brand.Finding, mode string) error {
	at := slices.IndexFunc(found, func(f brand.Finding) bool { return f.Severity == brand.Error })
	if at < 0 {
		return nil
	}
	return errs.New(errs.Conflict, "Konten ini belum dapat dibagikan atau disukai selama mode pemilu “%s” karena memuat “%s”. Anda tidak perlu melakukan apa pun; humas sudah diberi tahu.", mode, found[at].Quote)
}
