package demo

import (
	"context"
	"time"

	"gaung/internal/id"
	"gaung/internal/privacy"
)

// addPrivacy lets everybody but one newcomer have finished the introduction and read the notice, most of them show
// their name, and some ask about their data: one waits too long, one has its answer, one is new.
func (w *world) addPrivacy(ctx context.Context) error {
	settled := make([]id.User, 0, len(w.number))
	for _, person := range w.number {
		if person != w.account[newcomer] {
			settled = append(settled, person)
		}
	}
	if err := w.Privacy.Settle(ctx, settled); err != nil {
		return err
	}
	if err := w.Privacy.GiveAll(ctx, settled, privacy.PublicName); err != nil {
		return err
	}
	desk := func(ago time.Duration) *privacy.Service {
		return w.Privacy.At(func() time.Time { return w.today.Add(-ago) })
	}
	for _, one := range []struct {
		local string
		ago   time.Duration
		kind  privacy.Ask
		text  string
	}{
		{"asn6", 76 * time.Hour, privacy.Correct, "Golongan saya masih tertulis III/b, padahal sejak 1 Oktober sudah III/c. SK dapat saya tunjukkan."},
		{"asn2", 50 * time.Hour, privacy.Inform, "Siapa saja yang dapat melihat konten apa yang saya bagikan?"},
		{"asn5", 5 * time.Hour, privacy.Copy, "Mohon salinan data saya, termasuk siapa yang pernah membukanya."},
	} {
		who, err := w.as(ctx, one.local)
		if err != nil {
			return err
		}
		asked, err := desk(one.ago).SendRequest(ctx, who, one.kind, one.text)
		if err != nil {
			return err
		}
		if one.kind != privacy.Inform {
			continue
		}
		officer, err := w.as(ctx, "dpo")
		if err != nil {
			return err
		}
		if _, err := desk(30*time.Hour).Take(ctx, officer, asked.ID); err != nil {
			return err
		}
		const answer = "Hanya Anda. Atasan, operator, dan humas melihat jumlah per unit, tidak pernah nama. Daftar lengkapnya ada di Data saya, bagian Yang disimpan."
		if _, err := desk(28*time.Hour).Close(ctx, officer, asked.ID, privacy.CaseAnswer{Grant: true, Text: answer}); err != nil {
			return err
		}
	}
	return nil
}
