package server

import (
	"context"

	"gaung/internal/id"
	"gaung/internal/share"
)

func (s *Server) feed(ctx context.Context, in *ListInput) (*body[share.Feed], error) {
	return answer(s.share.Feed(ctx, actorOf(ctx), in.ask()))
}

func (s *Server) feedItem(ctx context.Context, in *ContentInput) (*body[share.Item], error) {
	return answer(s.share.Get(ctx, actorOf(ctx), in.ID))
}

// ActInput is what every act takes.
type ActInput struct {
	ID  id.Content `path:"id" minimum:"1" maximum:"2147483647"`
	Key string     `header:"Idempotency-Key" maxLength:"100" doc:"The same key gives the same act"`
}

type shareInput struct {
	ActInput
	Body struct {
		Channel    string `json:"channel" doc:"whatsapp or copy"`
		Caption    *int   `json:"caption,omitempty" minimum:"0" doc:"Index of the caption; absent: the suggested one"`
		Text       string `json:"text,omitempty" doc:"Own words instead of a caption"`
		Disclosure *bool  `json:"disclosure,omitempty" default:"true" doc:"Add “Saya ASN di …”"`
	}
}

func (s *Server) shareContent(ctx context.Context, in *shareInput) (*body[share.Shared], error) {
	b := in.Body
	return answer(s.share.Share(ctx, actorOf(ctx), in.ID, share.Request{Channel: b.Channel, Caption: b.Caption, Text: b.Text,
		Disclosure: b.Disclosure == nil || *b.Disclosure, Key: in.Key}))
}

type likeInput struct {
	ActInput
	Body *struct {
		Network string `json:"network,omitempty" doc:"Of an official post; empty: the first"`
	} `required:"false"`
}

func (s *Server) likeContent(ctx context.Context, in *likeInput) (*body[share.Liked], error) {
	network := ""
	if in.Body != nil {
		network = in.Body.Network
	}
	return answer(s.share.Like(ctx, actorOf(ctx), in.ID, network, in.Key))
}
