package share

import (
	"context"
	"net/url"
	"strings"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
)

// network is the number of a social network in act. A share's is its channel's.
type network int16

// networkNumbers are fixed for ever: they are stored. Channels of links share the numbering.
var networkNumbers = map[string]network{
	"whatsapp": 1, "copy": 2, "facebook": 3, "x": 4, "telegram": 5, "threads": 6, "linkedin": 7, "email": 8,
	"system": 9, "instagram": 10, "tiktok": 11, "youtube": 12, "website": 13,
}

func networkName(number network) string {
	for name, n := range networkNumbers {
		if n == number {
			return name
		}
	}
	return ""
}

const maxOwnText = 2000

// caption is the chosen variant or the person's own words.
func (r Request) caption(item Item) (string, error) {
	if own := strings.TrimSpace(r.Text); own != "" {
		if n := len([]rune(own)); n > maxOwnText {
			return "", errs.InvalidField("text", "Tulisan paling banyak %d karakter; sekarang %d.", maxOwnText, n)
		}
		return own, nil
	}
	chosen := item.Suggested
	if r.Caption != nil {
		chosen = *r.Caption
	}
	if chosen < 0 || chosen >= len(item.Captions) {
		return "", errs.InvalidField("caption", "Pilih salah satu dari %d variasi keterangan.", len(item.Captions))
	}
	return item.Captions[chosen], nil
}

// compose puts the text together: caption, hashtags, who is speaking, link.
func (s *Service) compose(ctx context.Context, actor org.Actor, item Item, caption, link string, disclosure bool) (string, error) {
	said := ""
	if disclosure {
		agency, err := db.Get[struct{ Name string }](ctx, s.db, `SELECT name FROM agency WHERE id = $1`, actor.Agency)
		if err != nil {
			return "", err
		}
		said = "Saya ASN di " + agency.Name + "."
	}
	return caption + "\n\n" + lines(strings.Join(item.Hashtags, " "), said, link), nil
}

// intent is the address that opens the network's own share screen with the text.
func intent(channel click.Channel, text string) string {
	if channel != click.WhatsApp {
		return ""
	}
	return "https://wa.me/?text=" + strings.ReplaceAll(url.QueryEscape(text), "+", "%20") // wa.me wants %20
}
