package server

import (
	"context"

	"gaung/internal/id"
	"gaung/internal/share"
)

type feedInput struct {
	ListInput
	Filter share.Filter `query:"filter" enum:"all,priority,topics,saved,skipped,done" default:"all"`
}

func (s *Server) feed(ctx context.Context, in *feedInput) (*body[share.Feed], error) {
	return answer(s.share.FeedOf(ctx, actorOf(ctx), in.Filter, in.ask()))
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
		Channel    string `json:"channel" doc:"Key of a network that one can share on"`
		Caption    *int   `json:"caption,omitempty" minimum:"0" doc:"Index of the caption; absent: the suggested one"`
		Text       string `json:"text,omitempty" doc:"Own words instead of a caption"`
		Disclosure *bool  `json:"disclosure,omitempty" default:"true" doc:"Add “Saya ASN di …”"`
	}
}

func (s *Server) shareContent(ctx context.Context, in *shareInput) (*body[share.Shared], error) {
	b, from := in.Body, requestOf(ctx)
	return answer(s.share.Share(ctx, actorOf(ctx), in.ID, share.Request{Channel: b.Channel, Caption: b.Caption, Text: b.Text,
		Disclosure: b.Disclosure == nil || *b.Disclosure, Key: in.Key, Address: from.Address, Agent: from.Agent}))
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

// SharedInput names a share of the person's own.
type SharedInput struct {
	ContentInput
	Network string `path:"network" maxLength:"20"`
}

type evidenceInput struct {
	SharedInput
	Body struct {
		Kind share.Evidence `json:"kind" enum:"intent_returned,sheet_resolved,aborted" doc:"What the device saw; it never lowers a grade"`
	}
}

func (s *Server) indicateShare(ctx context.Context, in *evidenceInput) (*body[share.Act], error) {
	return answer(s.share.Indicate(ctx, actorOf(ctx), in.ID, in.Network, in.Body.Kind))
}

func (s *Server) takeBackShare(ctx context.Context, in *SharedInput) (*body[nothing], error) {
	return answer(nothing{true}, s.share.TakeBack(ctx, actorOf(ctx), in.ID, in.Network))
}

// mark makes the handler that sets or removes a mark of the feed.
func (s *Server) mark(what share.Mark, on bool) func(context.Context, *ContentInput) (*body[nothing], error) {
	return func(ctx context.Context, in *ContentInput) (*body[nothing], error) {
		return answer(nothing{true}, s.share.SetMark(ctx, actorOf(ctx), in.ID, what, on))
	}
}
