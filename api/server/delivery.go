package server

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/delivery"
	"gaung/internal/id"
)

func (s *Server) subscriptions(ctx context.Context, _ *struct{}) (*body[delivery.ReportSubscriptions], error) {
	return answer(s.delivery.List(ctx, actorOf(ctx)))
}

func (s *Server) subscribeReport(ctx context.Context, in *struct {
	Body struct {
		Agency id.Agency `json:"agency" minimum:"1" maximum:"2147483647"`
		delivery.ReportWish
	}
}) (*body[delivery.ReportSubscriptions], error) {
	return answer(s.delivery.Subscribe(ctx, actorOf(ctx), in.Body.Agency, in.Body.ReportWish))
}

// SubscriptionInput names a subscription of the caller.
type SubscriptionInput struct {
	ID int64 `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) changeSubscription(ctx context.Context, in *struct {
	SubscriptionInput
	Body delivery.ReportWish
}) (*body[delivery.ReportSubscriptions], error) {
	return answer(s.delivery.Change(ctx, actorOf(ctx), in.ID, in.Body))
}

func (s *Server) unsubscribeReport(ctx context.Context, in *SubscriptionInput) (*body[delivery.ReportSubscriptions], error) {
	return answer(s.delivery.Unsubscribe(ctx, actorOf(ctx), in.ID))
}

func (s *Server) sampleReport(ctx context.Context, in *SubscriptionInput) (*body[delivery.ReportSubscriptions], error) {
	return answer(s.delivery.Sample(ctx, actorOf(ctx), in.ID))
}

func (s *Server) stopReport(c *fiber.Ctx) error {
	return stopPage(s, c, "stop_report", "Masuk ke Gaung, lalu atur langganan Anda di halaman Laporan.", s.delivery.StopAsked, s.delivery.Stop)
}
