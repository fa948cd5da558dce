package click

import (
	"context"
	_ "embed"
	"errors"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/errs"
)

// Destination is where a link leads.
type Destination struct {
	URL      string
	Prefetch bool // nobody has tapped yet: answer 503 no-store, so that the tap itself arrives and counts

	withdrawn bool // the content of the link itself was recalled
}

// Resolve tells where a link leads and records nothing, for HEAD.
func (s *Service) Resolve(ctx context.Context, code string) (Destination, error) {
	_, to, err := s.find(ctx, code)
	return to, err
}

//go:embed sql/resolve.sql
var resolveSQL string

// maxHops is how many corrections of corrections are followed.
const maxHops = 4

// find resolves a code. With errs.Gone the link is there all the same, because a click on it is recorded.
func (s *Service) find(ctx context.Context, code string) (Link, Destination, error) {
	for _, link := range s.codes.decode(code) {
		if !link.Channel.known() {
			continue
		}
		var recalled, withdrawn bool
		var slug, landing, why string
		err := s.db.Pool().QueryRow(ctx, resolveSQL, link.Content, link.User, maxHops).Scan(&recalled, &withdrawn, &slug, &landing, &why)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			continue // the code of another key that decodes by chance, or a guess
		case err != nil:
			return Link{}, Destination{}, db.Error(err)
		case recalled:
			return link, Destination{withdrawn: true}, errs.New(errs.Gone, "Konten ini telah ditarik oleh penerbitnya. Alasan: %s", why)
		case landing != "":
			return link, Destination{URL: landing, withdrawn: withdrawn}, nil
		}
		return link, Destination{URL: s.publicURL + "/k/" + slug, withdrawn: withdrawn}, nil
	}
	return Link{}, Destination{}, errs.New(errs.NotFound, "Tautan tidak ditemukan.")
}
