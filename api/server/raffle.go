package server

import (
	"bytes"
	"context"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/page"
	"gaung/internal/privacy"
	"gaung/internal/raffle"
)

func (s *Server) listRaffles(ctx context.Context, _ *struct{}) (*body[page.Page[raffle.Raffle]], error) {
	return answer(s.raffle.Raffles(ctx))
}

// raffleNumbers sends the list as it was hashed, for everybody.
func (s *Server) raffleNumbers(c *fiber.Ctx) error {
	season, err := c.ParamsInt("id")
	if err != nil || season < 1 || season > 999 {
		return errs.New(errs.NotFound, "Musim tidak ditemukan.")
	}
	var list bytes.Buffer
	if err := s.raffle.WriteNumbers(c.UserContext(), &list, int32(season)); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	return c.Send(list.Bytes())
}

func (s *Server) myRaffles(ctx context.Context, _ *struct{}) (*body[page.Page[raffle.Ticket]], error) {
	return answer(s.raffle.Mine(ctx, actorOf(ctx)))
}

type setRaffleInput struct {
	SeasonInput
	Body raffle.RafflePlan
}

func (s *Server) setRaffle(ctx context.Context, in *setRaffleInput) (*body[raffle.Raffle], error) {
	return answer(s.raffle.Set(ctx, actorOf(ctx), in.ID, in.Body))
}

type drawRaffleInput struct {
	SeasonInput
	Body raffle.Figure
}

func (s *Server) drawRaffle(ctx context.Context, in *drawRaffleInput) (*body[raffle.Raffle], error) {
	return answer(s.raffle.Draw(ctx, actorOf(ctx), in.ID, in.Body))
}

func (s *Server) raffleWinners(ctx context.Context, in *SeasonInput) (*body[page.Page[raffle.Winner]], error) {
	list, err := s.raffle.Winners(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	var named []id.User
	for _, winner := range list.Items {
		if !winner.Hidden {
			named = append(named, winner.ID)
		}
	}
	return answer(list, s.privacy.Saw(ctx, actorOf(ctx), privacy.Drawn, named...))
}
