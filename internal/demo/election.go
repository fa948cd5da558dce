package demo

import (
	"context"

	"gaung/internal/brand"
	"gaung/internal/period"
	"gaung/internal/trust"
)

// vote is the election of the world: one regency will vote, and its administrator has the lists ready.
var vote = struct {
	region, name string
	from, to     int // days from today
	watch        brand.Watch
}{"99.02", "Pilkada Kabupaten Bukit Selaras (contoh)", 40, 130, brand.Watch{
	Words: []brand.WatchedWord{{Phrase: "Selaras Jilid Dua", Severity: brand.Error}, {Phrase: "Bukit Selaras Bangkit", Severity: brand.Error}, {Phrase: "perubahan untuk semua", Severity: brand.Warning}},
	Names: []brand.WatchedName{
		{Name: "Andika Saputra Wirakarsa", Kind: brand.Candidate, Aliases: []string{"Andika Wirakarsa", "Andika–Laras"}, Doubtful: []string{"Andika"}},
		{Name: "Laras Ningtyas Pawitra", Kind: brand.Candidate, Aliases: []string{"Laras Pawitra"}, Doubtful: []string{"Laras"}},
		{Name: "Partai Cahaya Nusa", Kind: brand.Party, Aliases: []string{"PCN"}},
		{Name: "Partai Bina Bahari", Kind: brand.Party, Doubtful: []string{"PBB"}},
		{Name: "Relawan Selaras Bersatu", Kind: brand.Team},
	},
	Accounts: []brand.WatchedAccount{{Handle: "andika.untuk.selaras", Whose: "calon bupati nomor 1"}, {Handle: "selarasbersatu.example", Whose: "tim relawan"}},
}}

func (w *world) addElection(ctx context.Context) error {
	admin, err := w.as(ctx, "admin")
	if err != nil {
		return err
	}
	region := w.node[vote.region]
	today := period.LocalDay(w.today, period.MustZone(region.Zone))
	_, err = trust.New(w.DB, w.Queue).Create(ctx, admin, region.ID, trust.Plan{Name: vote.name, From: today.Add(vote.from), To: today.Add(vote.to), Watch: vote.watch})
	return err
}
