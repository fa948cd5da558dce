package click

import (
	"context"
	"slices"

	"gaung/internal/errs"
)

// Destination is where a link leads.
type Destination struct {
	URL      string
	Prefetch bool // nobody has tapped yet: answer 503 no-store, so that the tap itself arrives and counts

	withdrawn bool   // the content of the link itself was recalled, or the link blocked
	gone      string // why it leads nowhere; empty: it leads somewhere
}

// Encode makes the code of a link.
func (s *Service) Encode(link Link) string { return s.codes.Encode(link) }

// Decode gives every link that a code may mean, usually one.
func (s *Service) Decode(code string) []Link { return s.codes.decode(code, nil) }

// Resolve tells where a link leads and records nothing, for HEAD.
func (s *Service) Resolve(ctx context.Context, code string) (Destination, error) {
	_, to, err := s.find(ctx, code)
	return to, err
}

// find resolves a code from memory, and looks again when it does not know what the code names: that may
// have been published a moment ago elsewhere. With errs.Gone the link is there all the same, because a
// click on it is recorded.
func (s *Service) find(ctx context.Context, code string) (Link, Destination, error) {
	var room [maxKeys]Link
	links := slices.DeleteFunc(s.codes.decode(code, room[:0]), func(link Link) bool { return !link.Channel.known() })
	if len(links) == 0 {
		return Link{}, Destination{}, errUnknown()
	}
	link, to, err := s.lookUp(ctx, links)
	if errs.CodeOf(err) != errs.NotFound {
		return link, to, err
	}
	if err := s.directory.Refresh(ctx); err != nil {
		return Link{}, Destination{}, err
	}
	return s.lookUp(ctx, links)
}

func (s *Service) lookUp(ctx context.Context, links []Link) (Link, Destination, error) {
	now := s.directory.now.Load()
	for _, link := range links {
		to := now.find(link.Content)
		if to == nil || !s.directory.knows(ctx, link.User) {
			continue // the code of another key that decodes by chance, or a guess
		}
		if now.blocks(link) {
			return link, Destination{withdrawn: true}, errs.New(errs.Gone, "Tautan ini telah ditutup. Mintalah tautan baru kepada pengirimnya.")
		}
		if to.gone != "" {
			return link, *to, errs.New(errs.Gone, "Konten ini telah ditarik oleh penerbitnya. Alasan: %s", to.gone)
		}
		return link, *to, nil
	}
	return Link{}, Destination{}, errUnknown()
}

func errUnknown() error { return errs.New(errs.NotFound, "Tautan tidak ditemukan.") }
