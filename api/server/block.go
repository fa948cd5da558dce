package server

import "context"

// LinkInput names a personal link.
type LinkInput struct {
	Code string `path:"code" minLength:"12" maxLength:"12"`
}

type blockInput struct {
	LinkInput
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"Why; kept with the block"`
		Every  bool   `json:"every,omitempty" doc:"All links of the person whose link it is"`
	}
}

func (s *Server) blockLink(ctx context.Context, in *blockInput) (*body[nothing], error) {
	return answer(nothing{true}, s.click.Block(ctx, actorOf(ctx), in.Code, in.Body.Reason, in.Body.Every))
}

type unblockInput struct {
	LinkInput
	Every bool `query:"every" doc:"All links of the person whose link it is"`
}

func (s *Server) unblockLink(ctx context.Context, in *unblockInput) (*body[nothing], error) {
	return answer(nothing{true}, s.click.Unblock(ctx, actorOf(ctx), in.Code, in.Every))
}
