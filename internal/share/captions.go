package share

import (
	"context"
	"errors"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
)

// Captions is how the shares of a content divide over its captions. A number of one to four shares is not
// told: null.
type Captions struct {
	Shares   *int         `json:"shares" doc:"Of which the caption is known"`
	Variants int          `json:"variants" doc:"How many captions the content offers"`
	Uses     []CaptionUse `json:"uses" nullable:"false" doc:"Each caption in its order, then own words"`
	Warned   []int        `json:"warned" nullable:"false" doc:"Captions that more than a fifth of at least 50 shares carry"`
	TooFew   bool         `json:"too_few" doc:"With fewer than five captions one of them always has a fifth or more"`
}

// CaptionUse is one of them.
type CaptionUse struct {
	Caption  int          `json:"caption" doc:"Index of the variant; -1: own words"`
	Shares   *int         `json:"shares"`
	Part     *float64     `json:"part" doc:"Of all shares, 0 to 1; null where the number is not told"`
	Networks []NetworkUse `json:"networks" nullable:"false" doc:"Those that were used, by the table's order"`
}

// NetworkUse is a caption's use on one network.
type NetworkUse struct {
	Network string `json:"network"`
	Shares  *int   `json:"shares"`
}

const (
	fewestShares = 5   // a smaller number is not told
	warnFrom     = 50  // shares; below, parts mean nothing
	mostPart     = 0.2 // of one caption
	fairVariants = 5   // that many can hold it
	ownWords     = -1
)

// CaptionsOf reads how the captions of a content of the actor's subtree are used.
func (s *Service) CaptionsOf(ctx context.Context, actor org.Actor, item id.Content) (Captions, error) {
	of, err := db.Get[struct{ Variants int }](ctx, s.db, `SELECT jsonb_array_length(v.captions) AS variants
		FROM content AS c JOIN agency AS a ON a.id = c.agency_id JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
		WHERE c.id = $1 AND a.path && $2::int4[]`, item, actor.Roots(content.Readers()...))
	if errors.Is(err, db.ErrNoRow) {
		return Captions{}, notFound()
	}
	if err != nil {
		return Captions{}, err
	}
	uses, err := db.All[use](ctx, s.db, `SELECT coalesce(caption, -1) AS caption, network, count(*) AS n FROM act
		WHERE content_id = $1 AND kind = 'share' AND caption IS DISTINCT FROM -1 GROUP BY 1, 2 ORDER BY 1, 2`, item)
	return divide(of.Variants, uses), err
}

// use is how many shares one caption has on one network.
type use struct {
	Caption int
	Network network.Number
	N       int
}

func divide(variants int, uses []use) Captions {
	c := Captions{Variants: variants, Warned: []int{}, TooFew: variants < fairVariants}
	total, of := 0, map[int]int{}
	networks := map[int][]NetworkUse{}
	for _, u := range uses {
		total += u.N
		of[u.Caption] += u.N
		on, _ := network.Numbered(u.Network) // rows hold only numbers of the table
		networks[u.Caption] = append(networks[u.Caption], NetworkUse{on.Key, told(u.N)})
	}
	c.Shares = told(total)
	for i := range variants + 1 {
		caption := i
		if i == variants {
			caption = ownWords
		}
		one := CaptionUse{Caption: caption, Shares: told(of[caption]), Networks: networks[caption]}
		if one.Networks == nil {
			one.Networks = []NetworkUse{}
		}
		if part := float64(of[caption]) / float64(max(1, total)); one.Shares != nil {
			one.Part = &part
			if caption != ownWords && total >= warnFrom && part > mostPart {
				c.Warned = append(c.Warned, caption)
			}
		}
		c.Uses = append(c.Uses, one)
	}
	return c
}

func told(n int) *int {
	if n > 0 && n < fewestShares {
		return nil
	}
	return &n
}
