package demo

import (
	"context"
	"time"

	"gaung/internal/directive"
	"gaung/internal/id"
	"gaung/internal/period"
)

// letters are the directives of the world: who issues them, for whom, and what part of those has read them.
var letters = []struct {
	writer, agency, audience string // the writer's account; the nodes' codes
	number, title, body      string
	signer                   string
	daysAgo                  int
	read                     float64 // 0: a draft
}{
	{"pimpinan", "99", "99", "800/117/SETDA/2026", "Dukungan sukarela penyebarluasan informasi layanan publik",
		"Untuk memperluas jangkauan informasi layanan publik, dengan ini disampaikan:\n\n1. Pegawai **dapat** membagikan konten resmi melalui akun pribadinya. Hal ini bersifat sukarela dan tidak memengaruhi penilaian kinerja.\n2. Yang dibagikan hanya konten resmi yang sudah disetujui.\n3. Pegawai tidak diminta berkomentar, membalas, atau menyerang pihak mana pun.",
		"Sekretaris Daerah Provinsi Nusa Arunika", 40, 0.61},
	{"kadis.dinkes", "99-DINKES", "99-DINKES", "443/52/DINKES/2026", "Informasi pencegahan demam berdarah musim hujan",
		"Mohon informasi pemberantasan sarang nyamuk dijelaskan kepada masyarakat dalam pelayanan sehari-hari. Bahan resmi tersedia pada umpan Gaung.",
		"Kepala Dinas Kesehatan", 6, 0.74},
	{"pimpinan", "99", "99", "800/131/SETDA/2026", "Rencana penyampaian informasi libur akhir tahun",
		"Konsep: bahan informasi layanan selama libur akhir tahun disiapkan oleh masing-masing perangkat daerah.",
		"Sekretaris Daerah Provinsi Nusa Arunika", 1, 0},
}

// addDirectives lets leaders issue their letters at their own time.
func (w *world) addDirectives(ctx context.Context) error {
	dice := newDice(4)
	service := directive.New(w.DB.At(func() time.Time { return w.now }), w.Files)
	for _, l := range letters {
		at, err := w.moment(release{agency: l.agency, daysAgo: l.daysAgo, clock: "09.10"})
		if err != nil {
			return err
		}
		w.at(at)
		writer, err := w.as(ctx, l.writer)
		if err != nil {
			return err
		}
		signed := period.LocalDay(w.now, period.MustZone(writer.Zone))
		made, err := service.Create(ctx, writer, w.node[l.agency].ID, directive.Letter{Number: l.number, Title: l.title, Body: l.body, Signer: l.signer,
			SignedOn: &signed, Targets: []id.Agency{w.node[l.audience].ID}})
		if err != nil {
			return err
		}
		if l.read == 0 {
			continue
		}
		if _, err := service.Issue(ctx, writer, made.ID, made.Version); err != nil {
			return err
		}
		var readers []id.User
		for _, person := range w.number {
			if dice.Float64() < l.read {
				readers = append(readers, person)
			}
		}
		if err := service.OpenAll(ctx, made.ID, readers, w.now.Add(time.Hour)); err != nil {
			return err
		}
	}
	return nil
}
