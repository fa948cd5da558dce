package server

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/notice"
)

func (s *Server) myMail(ctx context.Context, _ *struct{}) (*body[notice.MailWish], error) {
	return answer(s.notice.MailWish(ctx, actorOf(ctx)))
}

func (s *Server) setMail(ctx context.Context, in *struct{ Body notice.MailKind }) (*body[notice.MailWish], error) {
	return answer(s.notice.SetMailWish(ctx, actorOf(ctx), in.Body))
}

func (s *Server) stopMail(c *fiber.Ctx) error {
	return stopPage(s, c, "stop", "Masuk ke Gaung, lalu atur surel Anda di halaman Notifikasi.", s.notice.StopAsked, s.notice.Stop)
}

// kindName says a kind of notice in the words of a language.
func kindName(lang, kind string) string {
	if lang == "en" {
		return map[string]string{
			"turn": "Your turn to decide", "reminder": "Reminders to decide", "escalation": "Decisions that take too long",
			"approved": "Content approved", "returned": "Content that needs changes", "rejected": "Content rejected",
			"held": "Content on hold", "released": "Review that goes on", "recheck": "Reviews in election mode",
			"neutrality": "Neutrality warnings", "recalled": "Withdrawal of content you shared", "data_request": "Requests about your data", "raffle": "Your number in a raffle",
			"digest": "Summaries of new content",
		}[kind]
	}
	return map[string]string{
		"turn": "Giliran Anda memutuskan", "reminder": "Pengingat keputusan", "escalation": "Keputusan yang terlalu lama",
		"approved": "Konten disetujui", "returned": "Konten perlu diperbaiki", "rejected": "Konten ditolak",
		"held": "Konten ditahan", "released": "Pemeriksaan dilanjutkan", "recheck": "Pemeriksaan ulang mode pemilu",
		"neutrality": "Peringatan netralitas", "recalled": "Penarikan konten yang Anda bagikan", "data_request": "Permintaan tentang data Anda", "raffle": "Nomor undian Anda",
		"digest": "Ringkasan konten baru",
	}[kind]
}
