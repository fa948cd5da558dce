package share

import (
	"context"
	"slices"
	"strings"

	"gaung/internal/caption"
	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
)

const maxOwnText = 2000

// caption is the chosen variant, with its index, or the person's own words, with none.
func (r Request) caption(item Item) (string, *int, error) {
	if own := strings.TrimSpace(r.Text); own != "" {
		if n := len([]rune(own)); n > maxOwnText {
			return "", nil, errs.InvalidField("text", "Tulisan paling banyak %d karakter; sekarang %d.", maxOwnText, n)
		}
		return own, nil, nil
	}
	suiting := caption.Suiting(item.Written, r.Channel)
	chosen := pick(suiting, item.Turn)
	if r.Caption != nil {
		chosen = *r.Caption
	}
	if !slices.Contains(suiting, chosen) {
		return "", nil, errs.InvalidField("caption", "Pilih salah satu dari %d variasi keterangan untuk jejaring ini.", len(suiting))
	}
	return item.Captions[chosen], &chosen, nil
}

// parts are what the text is made of: caption, hashtags, who is speaking, link.
func (s *Service) parts(ctx context.Context, actor org.Actor, item Item, on network.Capability, caption string, disclosure bool) (network.Parts, error) {
	p := network.Parts{Caption: caption, Hashtags: item.Hashtags, Subject: item.Title}
	if on.Links() {
		p.Link = s.link(item.ID, actor.User, on)
	}
	if !disclosure {
		return p, nil
	}
	agency, err := db.Get[struct{ Name, ShortName string }](ctx, s.db, `SELECT name, short_name FROM agency WHERE id = $1`, actor.Agency)
	if err != nil {
		return p, err
	}
	p.Disclosure = "Saya ASN di " + agency.Name + "."
	if agency.ShortName != "" {
		p.ShortDisclosure = "Saya ASN di " + agency.ShortName + "."
	}
	return p, nil
}

func (s *Service) link(item id.Content, person id.User, on network.Capability) string {
	return s.publicURL + linkPath + s.clicks.Encode(click.Link{Content: item, User: person, Channel: click.Channel(on.Number)})
}

const linkPath = "/s/"

// LinkLength is how long every personal link is, so that a client can tell the length of a text before
// the link is made.
func (s *Service) LinkLength() int { return len(s.publicURL) + len(linkPath) + click.CodeLength }
