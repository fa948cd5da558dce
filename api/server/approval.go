package server

import (
	"context"

	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/page"
	"gaung/internal/period"
)

// SeenBody names what was before somebody when they decided. Without it nothing is decided.
type SeenBody struct {
	Version int `json:"version" minimum:"1" maximum:"2147483647" doc:"The version that was seen; a stale one is refused with 409"`
	Step    int `json:"step" minimum:"1" maximum:"4" doc:"The step of the chain that is decided; one that is over is refused with 409"`
}

func (b SeenBody) seen() content.Seen { return content.Seen{Version: b.Version, Step: b.Step} }

type approveInput struct {
	ContentInput
	Body struct {
		SeenBody
		Checklist []string `json:"checklist,omitempty" enum:"poses,attributes,candidates" maxItems:"3" nullable:"false" doc:"While an election mode holds: what was looked for in pictures and videos. All three, or it is refused"`
		Remark    string   `json:"remark,omitempty" doc:"For the author and the next steps"`
	}
}

func (s *Server) approveContent(ctx context.Context, in *approveInput) (*body[content.Content], error) {
	seen := in.Body.seen()
	seen.Checklist = in.Body.Checklist
	return answer(s.content.Approve(ctx, actorOf(ctx), in.ID, seen, in.Body.Remark))
}

type releaseInput struct {
	ContentInput
	Body struct {
		SeenBody
		Remark string `json:"remark,omitempty" doc:"For the author and the next steps"`
	}
}

func (s *Server) releaseContent(ctx context.Context, in *releaseInput) (*body[content.Content], error) {
	return answer(s.content.Release(ctx, actorOf(ctx), in.ID, in.Body.seen(), in.Body.Remark))
}

type reasonInput struct {
	ContentInput
	Body struct {
		SeenBody
		Reason string `json:"reason" doc:"Read by the author"`
	}
}

func (s *Server) returnContent(ctx context.Context, in *reasonInput) (*body[content.Content], error) {
	return answer(s.content.Return(ctx, actorOf(ctx), in.ID, in.Body.seen(), in.Body.Reason))
}

func (s *Server) rejectContent(ctx context.Context, in *reasonInput) (*body[content.Content], error) {
	return answer(s.content.Reject(ctx, actorOf(ctx), in.ID, in.Body.seen(), in.Body.Reason))
}

func (s *Server) holdContent(ctx context.Context, in *reasonInput) (*body[content.Content], error) {
	return answer(s.content.Hold(ctx, actorOf(ctx), in.ID, in.Body.seen(), in.Body.Reason))
}

func (s *Server) copyContent(ctx context.Context, in *ContentInput) (*body[content.Content], error) {
	return answer(s.content.Copy(ctx, actorOf(ctx), in.ID))
}

func (s *Server) readReview(ctx context.Context, in *ContentInput) (*body[content.Review], error) {
	return answer(s.content.Review(ctx, actorOf(ctx), in.ID))
}

type seeInput struct {
	ContentInput
	Body struct {
		Version int `json:"version" minimum:"1" maximum:"2147483647"`
	}
}

func (s *Server) seeContent(ctx context.Context, in *seeInput) (*body[nothing], error) {
	return answer(nothing{true}, s.content.See(ctx, actorOf(ctx), in.ID, in.Body.Version))
}

func (s *Server) readChain(ctx context.Context, in *AgencyInput) (*body[content.ChainOf], error) {
	return answer(s.content.Chain(ctx, actorOf(ctx), in.ID))
}

type setChainInput struct {
	AgencyInput
	Body struct {
		content.Chain
		Version int64 `json:"version" minimum:"0" doc:"Of the chain that was changed; 0: the node had none of its own. Another one is refused with 409 and what is there"`
	}
}

func (s *Server) setChain(ctx context.Context, in *setChainInput) (*body[content.ChainOf], error) {
	return answer(s.content.SetChain(ctx, actorOf(ctx), in.ID, in.Body.Version, in.Body.Chain))
}

type dropChainInput struct {
	AgencyInput
	Version int64 `query:"version" minimum:"0" doc:"Of the chain that is taken away; another one is refused with 409 and what is there"`
}

func (s *Server) dropChain(ctx context.Context, in *dropChainInput) (*body[content.ChainOf], error) {
	return answer(s.content.DropChain(ctx, actorOf(ctx), in.ID, in.Version))
}

type namedAnswer struct {
	Items []content.Colleague `json:"items" nullable:"false"`
}

func (s *Server) listApprovers(ctx context.Context, in *AgencyInput) (*body[namedAnswer], error) {
	found, err := s.content.Approvers(ctx, actorOf(ctx), in.ID)
	return answer(namedAnswer{found}, err)
}

func (s *Server) listDeputies(ctx context.Context, in *ListInput) (*body[page.Page[content.Deputy]], error) {
	return answer(s.content.Deputies(ctx, actorOf(ctx), in.ask()))
}

type nameDeputyInput struct {
	PersonInput
	Body struct {
		DeputyID id.User `json:"deputy_id" minimum:"1" maximum:"2147483647"`
		Kind     string  `json:"kind" enum:"plh,plt"`
		From     string  `json:"from" maxLength:"10" doc:"First day, in the zone of where the represented person works"`
		To       string  `json:"to" maxLength:"10" doc:"Last day"`
	}
}

func (s *Server) nameDeputy(ctx context.Context, in *nameDeputyInput) (*body[content.Deputy], error) {
	from, err := dayIn("from", in.Body.From)
	if err != nil {
		return nil, err
	}
	var to period.Day
	if to, err = dayIn("to", in.Body.To); err != nil {
		return nil, err
	}
	return answer(s.content.NameDeputy(ctx, actorOf(ctx), in.ID, content.Appointment{Deputy: in.Body.DeputyID, Kind: in.Body.Kind, From: from, To: to}))
}

type endDeputyInput struct {
	PersonInput
	Number int64 `path:"n" minimum:"1"`
}

func (s *Server) endDeputy(ctx context.Context, in *endDeputyInput) (*body[content.Deputy], error) {
	return answer(s.content.EndDeputy(ctx, actorOf(ctx), in.ID, in.Number))
}

type findPeersInput struct {
	PersonInput
	Body struct {
		Search string `json:"q" minLength:"1" maxLength:"100" doc:"Part of a name"`
	}
}

func (s *Server) findPeers(ctx context.Context, in *findPeersInput) (*body[namedAnswer], error) {
	found, err := s.content.FindPeers(ctx, actorOf(ctx), in.ID, in.Body.Search)
	return answer(namedAnswer{found}, err)
}
