package demo

import (
	"context"
	"time"

	"gaung/internal/brand"
)

// kits are what the ministry, the province and one of its agencies say of their brand.
var kits = []struct {
	agency, by string
	kit        brand.Kit
}{
	{"00", "pusat.humas", brand.Kit{
		Voice: "Ramah, jelas, dan setara. Sebut hasil bagi warga, bukan nama pejabat.",
		Banned: []brand.Banned{
			{Phrase: "buzzer", Instead: "pegawai yang berbagi", Reason: "Merendahkan ASN yang berbagi dengan sukarela.", Severity: brand.Error},
			{Phrase: "viralkan", Instead: "bagikan bila bermanfaat", Reason: "Mengejar keramaian, bukan manfaat.", Severity: brand.Error},
			{Phrase: "rakyat kecil", Instead: "warga", Reason: "Membedakan derajat warga.", Severity: brand.Warning},
		}}},
	{"99", "humas", brand.Kit{
		Colors: []brand.Color{{Name: "Biru laut", Hex: "#0A4F7A"}, {Name: "Jingga fajar", Hex: "#E8730C"}, {Name: "Putih garam", Hex: "#F7F4EE"}},
		Templates: []brand.Template{{Name: "Layanan baru", Text: "[Layanan] kini tersedia di [tempat], [hari dan jam]. Bawa [dokumen]. Tidak dipungut biaya.\n\nJadwal lengkap: [tautan resmi]"},
			{Name: "Klarifikasi", Text: "Beredar [kabar]. Faktanya, [fakta]. Sumber: [instansi dan dokumen]."}},
		Keywords: []brand.Keyword{{Name: "Nama daerah", Words: []string{"Nusa Arunika", "Arunika", "Bukit Selaras", "Tanjung Melati", "Bandar Kencana", "Rimba Jaya", "Teluk Purnama", "#KinerjaArunika", "#ArunikaSehat"}}},
		Voice:    "Hangat, guyub, teduh, tangguh, terbuka.\n\n- Sapa dengan *Anda* atau *Bapak dan Ibu*.\n- Satu kalimat, satu pesan; paling banyak 25 kata.\n- Angka selalu bersama sumbernya.",
		Banned: []brand.Banned{
			{Phrase: "antrian", Instead: "antrean", Reason: "Bentuk baku menurut KBBI.", Severity: brand.Warning},
			{Phrase: "dirubah", Instead: "diubah", Reason: "Bentuk baku menurut KBBI.", Severity: brand.Warning},
			{Phrase: "masyarakat bodoh", Instead: "warga yang belum tahu", Reason: "Merendahkan warga.", Severity: brand.Error},
		}}},
}

// addKits saves the kits a day before the weeks begin.
func (w *world) addKits(ctx context.Context) error {
	w.at(w.today.Add(-(weeks*7 + 1) * 24 * time.Hour))
	guide := brand.New(w.DB.At(func() time.Time { return w.now }), w.Files)
	for _, k := range kits {
		who, err := w.as(ctx, k.by)
		if err != nil {
			return err
		}
		if _, err := guide.Put(ctx, who, w.node[k.agency].ID, 0, k.kit); err != nil {
			return err
		}
	}
	return nil
}
