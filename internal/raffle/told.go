package raffle

import (
	"context"
	"time"

	"gaung/internal/db"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// Raffle is what everybody may know of a season's raffle. It names nobody.
type Raffle struct {
	Season     int32      `json:"season" gorm:"column:season_id"`
	Name       string     `json:"name" doc:"Of the season"`
	Winners    int32      `json:"winners" doc:"How many numbers are drawn"`
	Figure     string     `json:"figure" doc:"The public figure that the draw waits for"`
	Commitment string     `json:"commitment" doc:"SHA-256 of the secret of the first draw, published before the season"`
	Entries    *int32     `json:"entries" doc:"How many take part; null until the season has closed"`
	ListHash   string     `json:"list_hash" doc:"SHA-256 of the list of entry numbers; empty until the season has closed"`
	ListedAt   *time.Time `json:"listed_at" doc:"When the list was fixed"`
	Draws      []Draw     `json:"draws" nullable:"false" gorm:"-" doc:"Newest first: the one that counts, and those that it corrects"`
}

// Draw is what was drawn, with everything that it takes to do it again.
type Draw struct {
	Version   int32      `json:"version"`
	Value     string     `json:"value" doc:"The figure's digits"`
	Source    string     `json:"source"`
	Announced period.Day `json:"announced" gorm:"column:announced_on"`
	Reason    string     `json:"reason" doc:"Why the version before was corrected; empty for the first"`
	Secret    string     `json:"secret" doc:"In hex. Hashed as often as the version says, it is the commitment"`
	Seed      string     `json:"seed" doc:"SHA-256 of secret, figure and list"`
	Numbers   []string   `json:"numbers" nullable:"false" gorm:"-" doc:"The entry numbers that were drawn, in their order"`
	DrawnAt   time.Time  `json:"drawn_at"`
}

const rafflesSQL = `SELECT r.season_id, s.name, r.winners, r.figure, encode(r.commitment, 'hex') AS commitment, r.entries,
	coalesce(encode(r.list_hash, 'hex'), '') AS list_hash, r.listed_at
	FROM raffle AS r JOIN season AS s ON s.id = r.season_id WHERE @season IN (0, r.season_id) ORDER BY s.from_day DESC LIMIT 100`

type drawRow struct {
	Draw
	SeasonID int32
	Drawn    db.IDs[int64]
}

// Raffles lists those of all seasons, newest first, for everybody.
func (s *Service) Raffles(ctx context.Context) (page.Page[Raffle], error) {
	list, err := s.read(ctx, 0)
	return page.Page[Raffle]{Items: list}, err
}

// one reads a raffle that is there.
func (s *Service) one(ctx context.Context, season int32) (Raffle, error) {
	list, err := s.read(ctx, season)
	if err == nil && len(list) == 0 {
		err = noRaffle()
	}
	if err != nil {
		return Raffle{}, err
	}
	return list[0], nil
}

func (s *Service) read(ctx context.Context, season int32) ([]Raffle, error) {
	list, err := db.All[Raffle](ctx, s.db, rafflesSQL, db.Args{"season": season})
	if err != nil {
		return nil, err
	}
	draws, err := db.All[drawRow](ctx, s.db, `SELECT season_id, version, value, source, announced_on, reason, encode(secret, 'hex') AS secret, encode(seed, 'hex') AS seed,
		numbers::text AS drawn, drawn_at FROM raffle_draw WHERE @season IN (0, season_id) ORDER BY version DESC`, db.Args{"season": season})
	for i := range list {
		list[i].Draws = []Draw{}
		for _, row := range draws {
			if row.SeasonID == list[i].Season {
				list[i].Draws = append(list[i].Draws, row.told())
			}
		}
	}
	return list, err
}

func (r drawRow) told() Draw {
	r.Numbers = []string{}
	for _, number := range r.Drawn {
		r.Numbers = append(r.Numbers, written(number))
	}
	return r.Draw
}

// Ticket is a person's place in a list.
type Ticket struct {
	Season int32  `json:"season"`
	Number string `json:"number"`
	Drawn  bool   `json:"drawn" doc:"By the version that counts"`
}

// Mine lists the actor's own entry numbers. Nobody else is told them.
func (s *Service) Mine(ctx context.Context, actor org.Actor) (page.Page[Ticket], error) {
	list, err := db.All[Ticket](ctx, s.db, `SELECT e.season_id AS season, e.number::text AS number, coalesce((SELECT e.number = ANY (d.numbers) FROM raffle_draw AS d
		WHERE d.season_id = e.season_id ORDER BY d.version DESC LIMIT 1), false) AS drawn FROM raffle_entry AS e WHERE e.user_id = $1 ORDER BY e.season_id DESC`, int64(actor.User))
	return page.Page[Ticket]{Items: list}, err
}
