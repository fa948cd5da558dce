package demo

import (
	"context"
	"fmt"
	"time"

	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// chained is the office that decides in two steps; its head is away these days, and a Plh. acts for her.
const chained = "99-DISKOMINFO"

// addChain gives that office its two steps and its head a deputy.
func (w *world) addChain(ctx context.Context) error {
	admin, err := w.as(ctx, "admin")
	if err != nil {
		return err
	}
	w.at(w.today)
	_, err = w.office.SetChain(ctx, admin, w.node[chained].ID, 0, content.Chain{Steps: []content.ChainStep{
		{Name: "Kepala Bidang IKP", Persons: []id.User{w.account["penyetuju"]}},
		{Name: "Kepala Dinas", AgencyID: w.node[chained].ID, Persons: []id.User{w.account["kadis"]}},
	}})
	if err != nil {
		return err
	}
	head, err := w.as(ctx, "kadis")
	if err != nil {
		return err
	}
	today := period.LocalDay(w.today, period.MustZone(w.node[chained].Zone))
	_, err = w.office.NameDeputy(ctx, head, head.User, content.Appointment{Deputy: w.account["sekretaris"], Kind: "plh", From: today, To: today.Add(4)})
	return err
}

// decideSecond is the head's approval of what her office publishes.
func (w *world) decideSecond(ctx context.Context, item id.Content, agency string) error {
	if agency != chained {
		return nil
	}
	head, err := w.as(ctx, "kadis")
	if err != nil {
		return err
	}
	w.at(w.now.Add(40 * time.Minute))
	_, err = w.office.Approve(ctx, head, item, content.Seen{Version: seen, Step: 2}, "")
	return err
}

// inReview are drafts of the chained office that stand at different places of its chain.
var inReview = []struct {
	sample
	after  string        // of Humas: how far it came
	waited time.Duration // since it was submitted
}{
	{sample{Title: "Portal Satu Data Arunika Kini Memuat 120 Himpunan Data", Kind: "artikel", Topic: "layanan_publik", Hashtags: []string{"#SatuDataArunika"},
		Captions: []string{"Portal Satu Data Arunika kini memuat 120 himpunan data terbuka. Semua dapat diunduh tanpa mendaftar.",
			"Butuh angka resmi untuk tugas atau usaha? Portal Satu Data Arunika sudah memuat 120 himpunan data, gratis.",
			"120 himpunan data terbuka, satu portal. Cek Satu Data Arunika."}}, "held", 30 * time.Hour},
	{sample{Title: "Pelatihan Literasi Digital untuk 40 Desa Dibuka", Kind: "pengumuman", Topic: "layanan_publik", Hashtags: []string{"#DesaMelekDigital"},
		Captions: []string{"Dinas Komunikasi dan Informatika membuka pelatihan literasi digital bagi perangkat 40 desa. Pendaftaran melalui kecamatan.",
			"Bapak dan Ibu perangkat desa, ada pelatihan literasi digital gratis pekan depan. Daftar lewat kantor camat, ya.",
			"Pelatihan literasi digital, 40 desa, gratis. Daftar di kecamatan."}}, "second", 27 * time.Hour},
	{sample{Title: "Jadwal Pemeliharaan Jaringan Kantor Pemerintah Provinsi", Kind: "pengumuman", Topic: "layanan_publik", Hashtags: []string{"#LayananArunika"},
		Captions: []string{"Jaringan kantor pemerintah provinsi dipelihara pada Sabtu malam. Layanan daring tetap dapat diakses.",
			"Sabtu malam ada pemeliharaan jaringan kantor. Tenang, layanan daring untuk warga tetap jalan.",
			"Pemeliharaan jaringan Sabtu malam; layanan daring tetap buka."}}, "corrected", 5 * time.Hour},
}

// addReviews brings them there: one is held, one waits for the head or her deputy, one was corrected.
func (w *world) addReviews(ctx context.Context) error {
	author, err := w.as(ctx, "penulis")
	if err != nil {
		return err
	}
	approver, err := w.as(ctx, "penyetuju")
	if err != nil {
		return err
	}
	for _, r := range inReview {
		if err := w.addReview(ctx, author, approver, r.sample, r.after, w.today.Add(-r.waited)); err != nil {
			return fmt.Errorf("%s: %w", r.Title, err)
		}
	}
	return nil
}

func (w *world) addReview(ctx context.Context, author, approver org.Actor, s sample, after string, submitted time.Time) error {
	text := s.text(release{agency: chained, stage: "akan", daysAgo: 1}, w.hostOf(chained))
	w.at(submitted)
	made, err := w.office.Create(ctx, author, content.Outline{Agency: w.node[chained].ID, Targets: []id.Agency{w.node["99"].ID}}, text)
	if err != nil {
		return err
	}
	w.reviewed[after] = made.ID
	if _, err := w.office.Submit(ctx, author, made.ID); err != nil {
		return err
	}
	w.at(submitted.Add(90 * time.Minute))
	first := content.Seen{Version: 1, Step: 1}
	if err := w.office.See(ctx, approver, made.ID, 1); err != nil {
		return err
	}
	switch after {
	case "held":
		_, err = w.office.Hold(ctx, approver, made.ID, first, "Menunggu konfirmasi jumlah himpunan data dari Walidata.")
	case "second":
		_, err = w.office.Approve(ctx, approver, made.ID, first, "Sudah sesuai dengan surat undangan.")
	case "corrected":
		if _, err = w.office.Return(ctx, approver, made.ID, first, "Sebutkan jam mulai dan selesai, dan kanal pengaduan bila layanan terganggu."); err != nil {
			return err
		}
		w.at(submitted.Add(3 * time.Hour))
		text.Body += "\n\nPemeliharaan berlangsung pukul 22.00 sampai 02.00 WITA. Gangguan dapat dilaporkan melalui kanal aduan resmi."
		text.Captions[2].Text = "Pemeliharaan jaringan Sabtu malam pukul 22.00; layanan daring tetap buka."
		if _, err = w.office.Edit(ctx, author, made.ID, 1, content.Outline{Targets: []id.Agency{w.node["99"].ID}}, text); err != nil {
			return err
		}
		_, err = w.office.Submit(ctx, author, made.ID)
	}
	return err
}
