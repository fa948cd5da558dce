package share

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/org"
)

// Captions is how the shares of a content divide over its captions. A number of one to four shares is not
// told: null; nor is what would give it away.
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
	total, of := 0, make([]int, variants+1) // own words are the last
	networks := make([][]use, variants+1)
	for _, u := range uses {
		i := variants
		if u.Caption >= 0 {
			i = u.Caption
		}
		if i > variants {
			continue // of a caption that the content no longer offers
		}
		total += u.N
		of[i] += u.N
		networks[i] = append(networks[i], u)
	}
	told, safe := tellable(of)
	if safe {
		c.Shares = &total
	}
	for i, n := range of {
		one := CaptionUse{Caption: i, Networks: []NetworkUse{}}
		if i == variants {
			one.Caption = ownWords
		}
		part := float64(n) / float64(max(1, total))
		if told[i] {
			one.Shares, one.Part, one.Networks = &n, &part, onNetworks(networks[i])
		}
		// A warning tells no number that is kept back: those under five are never a fifth of fifty.
		if one.Caption != ownWords && total >= warnFrom && part > mostPart {
			c.Warned = append(c.Warned, i)
		}
		c.Uses = append(c.Uses, one)
	}
	return c
}

// onNetworks are the networks of a caption whose own number is told; none where that number would tell theirs.
func onNetworks(uses []use) []NetworkUse {
	of := make([]int, len(uses))
	for i, u := range uses {
		of[i] = u.N
	}
	told, safe := tellable(of)
	if !safe {
		return []NetworkUse{}
	}
	list := make([]NetworkUse, len(uses))
	for i, u := range uses {
		on, _ := network.Numbered(u.Network) // rows hold only numbers of the table
		list[i].Network = on.Key
		if told[i] {
			list[i].Shares = &u.N
		}
	}
	return list
}

// tellable finds which numbers may be told beside their sum, and whether the sum may. A number of one to four is kept
// back, and the next smallest with it until nobody can compute it from the sum: at least two, together five or more,
// and neither all ones nor all fours. Where every number is kept back and that does not suffice, so is the sum.
func tellable(of []int) (told []bool, sum bool) {
	told = make([]bool, len(of))
	order := make([]int, len(of))
	for i := range of {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { // what nobody used comes last
		return cmp.Or(cmp.Compare(min(1, of[b]), min(1, of[a])), cmp.Compare(of[a], of[b]))
	})
	kept, people := 0, 0
	enough := func() bool {
		return kept == 0 || kept >= 2 && people >= fewestShares && people > kept && people != (fewestShares-1)*kept
	}
	for _, i := range order {
		if (of[i] == 0 || of[i] >= fewestShares) && enough() {
			told[i] = true
			continue
		}
		kept, people = kept+1, people+of[i]
	}
	return told, enough()
}
