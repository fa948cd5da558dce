package server

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
	"gaung/internal/notice"
)

func (s *Server) myMail(ctx context.Context, _ *struct{}) (*body[notice.MailWish], error) {
	return answer(s.notice.MailWish(ctx, actorOf(ctx)))
}

func (s *Server) setMail(ctx context.Context, in *struct{ Body notice.MailKind }) (*body[notice.MailWish], error) {
	return answer(s.notice.SetMailWish(ctx, actorOf(ctx), in.Body))
}

// stopRoute is where the links of letters lead.
const stopRoute = "/berhenti/{token}"

// stopPage asks, or says that it was done.
type stopPage struct {
	Kinds []string
	Done  bool
}

// stopMail asks on GET, which mail scanners follow by themselves, and stops on POST.
func (s *Server) stopMail(c *fiber.Ctx) (err error) {
	p := stopPage{Done: c.Method() == fiber.MethodPost}
	if p.Done {
		p.Kinds, err = s.notice.Stop(c.UserContext(), c.Params("token"))
	} else {
		p.Kinds, err = s.notice.StopAsked(c.Params("token"))
	}
	if errs.CodeOf(err) == errs.NotFound {
		return s.pages.render(c, fiber.StatusNotFound, "notice", saying{"Tautan tidak berlaku", "Masuk ke Gaung dan atur surel Anda di halaman Saya."})
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer") // the address is a right
	return s.pages.renderForm(c, fiber.StatusOK, "stop", p)
}

// kindName says a kind of notice in words.
func kindName(kind string) string {
	return map[string]string{
		"turn": "Giliran Anda memutuskan", "reminder": "Pengingat keputusan", "escalation": "Keputusan yang terlalu lama",
		"approved": "Konten disetujui", "returned": "Konten perlu diperbaiki", "rejected": "Konten ditolak",
		"held": "Konten ditahan", "released": "Pemeriksaan dilanjutkan", "recheck": "Pemeriksaan ulang mode pemilu",
		"neutrality": "Peringatan netralitas", "recalled": "Penarikan konten yang Anda bagikan",
	}[kind]
}
