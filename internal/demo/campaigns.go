package demo

import (
	"context"

	"gaung/internal/campaign"
	"gaung/internal/id"
	"gaung/internal/period"
)

// plans are the campaigns of the world: one that is over, one that runs, one to come.
var plans = []struct {
	agency         string
	name, goal     string
	from, to       int // days from today
	people, shares int64
	contents       int // the newest ones of the agency, after those of the plan before
}{
	{"99-DISKOMINFO", "Layanan Cepat, Warga Hemat Waktu", "Warga tahu layanan mana yang kini selesai tanpa datang ke kantor.", -49, -8, 4_000, 1_500, 2},
	{"99-DINKES", "Musim Hujan Tanpa DBD", "Keluarga menjalankan 3M Plus setiap Jumat pagi.", -30, 12, 6_000, 2_500, 2},
	{"99-DISKOMINFO", "Akhir Tahun Tertib Informasi", "Jadwal layanan selama libur diketahui sebelum 20 Desember.", 9, 40, 8_000, 0, 0},
}

// addCampaigns plans them at an office's own time.
func (w *world) addCampaigns(ctx context.Context) error {
	service := campaign.New(w.DB)
	used := map[string]int{}
	for _, p := range plans {
		writer, err := w.as(ctx, account(p.agency, "humas"))
		if err != nil {
			return err
		}
		today := period.LocalDay(w.today, period.MustZone(writer.Zone))
		plan := campaign.Plan{Name: p.name, Goal: p.goal, From: today.Add(p.from), To: today.Add(p.to), PeopleTarget: &p.people, Contents: w.ofAgency(p.agency, used[p.agency], p.contents)}
		if p.shares > 0 {
			plan.SharesTarget = &p.shares
		}
		used[p.agency] += p.contents
		if _, err := service.Create(ctx, writer, w.node[p.agency].ID, plan); err != nil {
			return err
		}
	}
	return nil
}

// ofAgency are some of the contents that an agency has published.
func (w *world) ofAgency(agency string, skip, most int) (items []id.Content) {
	for _, one := range w.published {
		if one.agency != agency {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		if len(items) < most {
			items = append(items, one.id)
		}
	}
	return items
}
