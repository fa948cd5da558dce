package demo

import (
	"context"
	"slices"
	"strings"

	registry "gaung/internal/account"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/trust"
)

// handleOf is what a region's accounts are called.
func handleOf(host string) string {
	return strings.NewReplacer(".example", "", ".", "_").Replace(host)
}

// addAccounts registers the official accounts of each region, and a personal one that nobody has opened.
func (w *world) addAccounts(ctx context.Context) error {
	accounts := registry.New(w.DB)
	regions := []string{}
	for code := range w.host {
		regions = append(regions, code)
	}
	slices.Sort(regions)
	for _, code := range regions {
		node := w.node[code].ID
		keeper := org.Actor{Grants: []org.Grant{{Role: org.Publisher, Agency: node}}} // the system, for the office
		for _, network := range []string{"instagram", "facebook", "x", "website"} {
			plan := registry.Plan{Network: network, Handle: handleOf(w.host[code]), Kind: registry.Official}
			if network == "website" {
				plan.Handle = w.host[code]
			}
			if _, err := accounts.Create(ctx, keeper, node, plan); err != nil {
				return err
			}
		}
	}
	province := org.Actor{Grants: []org.Grant{{Role: org.Publisher, Agency: w.node["99"].ID}}}
	_, err := accounts.Create(ctx, province, w.node["99"].ID, registry.Plan{Network: "instagram", Handle: "gubernur.arunika", Kind: registry.Personal, Owner: "Gubernur Nusa Arunika"})
	return err
}

// mandate is the letter that asks for one of the contents.
func (w *world) mandate() *trust.Mandate {
	today := period.LocalDay(w.today, period.MustZone("Asia/Makassar"))
	signed, until := today.Add(-40), today.Add(21)
	return &trust.Mandate{Number: "800/117/SETDA/2026", Date: &signed, Signer: "Sekretaris Daerah Provinsi Nusa Arunika", Basis: "Inpres 9/2015 tentang Pengelolaan Komunikasi Publik", Until: &until}
}
