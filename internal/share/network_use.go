package share

import (
	"context"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/network"
	"gaung/internal/org"
)

// Used are the networks that a person says they use.
type Used struct {
	Networks  []string         `json:"networks" nullable:"false" maxItems:"20" doc:"Their keys, in my order"`
	Followers map[string]int16 `json:"followers,omitempty" doc:"About how many follow me there, by key: the number of a band; only for estimates, and only if I say so"`
}

// Declared is that with what may be said.
type Declared struct {
	Used
	Followed []string       `json:"followed" nullable:"false" doc:"The networks on which followers mean something"`
	Bands    []network.Band `json:"bands" nullable:"false" doc:"What may be said of them"`
}

// NetworksUsed are the networks that the actor says they use, in their order; empty: they have not said.
func (s *Service) NetworksUsed(ctx context.Context, actor org.Actor) (Declared, error) {
	found, err := db.All[struct {
		Network   network.Number
		Followers *int16
	}](ctx, s.db, `SELECT network, followers FROM network_use WHERE user_id = $1 ORDER BY place`, actor.User)
	used := Declared{Used{[]string{}, map[string]int16{}}, network.Keys(network.Capability.Follows), network.Bands()}
	for _, one := range found {
		known, ok := network.Numbered(one.Network)
		if !ok {
			continue
		}
		used.Networks = append(used.Networks, known.Key)
		if one.Followers != nil {
			used.Followers[known.Key] = *one.Followers
		}
	}
	return used, err
}

// SetNetworksUsed replaces them. Their order is that of the actor's own sheet; followers are read for estimates over
// groups and for nothing else, and stay where nothing is said of them.
func (s *Service) SetNetworksUsed(ctx context.Context, actor org.Actor, used Used) error {
	numbers, followers := []int16{}, []*int16{}
	for _, key := range used.Networks {
		known, ok := network.Named(key)
		if !ok || !known.Shareable() {
			return errs.InvalidField("networks", "Jaringan ini tidak dikenal. Muat ulang halaman.")
		}
		numbers, followers = append(numbers, int16(known.Number)), append(followers, nil)
		if band, said := used.Followers[key]; said {
			if !known.Follows() || band < 1 || int(band) > len(network.Bands()) {
				return errs.InvalidField("followers", "Pilih salah satu golongan jumlah pengikut yang disediakan.")
			}
			followers[len(followers)-1] = &band
		}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM network_use WHERE user_id = $1 AND network <> ALL ($2::int2[])`, actor.User, numbers); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `INSERT INTO network_use (user_id, network, place, followers)
			SELECT $1, n, min(place), max(f) FROM unnest($2::int2[], $3::int2[]) WITH ORDINALITY AS u (n, f, place) GROUP BY n
			ON CONFLICT ON CONSTRAINT network_use_user_id_pkey DO UPDATE SET place = excluded.place, followers = CASE WHEN $4::bool THEN excluded.followers ELSE network_use.followers END`,
			actor.User, numbers, followers, used.Followers != nil)
		return err
	})
}
