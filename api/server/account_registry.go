package server

import (
	"context"

	"gaung/internal/account"
	"gaung/internal/id"
	"gaung/internal/page"
	"gaung/internal/user"
)

type listAccountsInput struct {
	ListInput
	Agency id.Agency `query:"agency" minimum:"0" maximum:"2147483647" doc:"Only what this agency may use now; 0: all that I see"`
}

func (s *Server) listAccounts(ctx context.Context, in *listAccountsInput) (*body[page.Page[account.Account]], error) {
	return answer(s.account.List(ctx, actorOf(ctx), account.Filter{Agency: in.Agency, Ask: in.ask()}))
}

type createAccountInput struct {
	Body struct {
		account.Plan
		AgencyID id.Agency `json:"agency_id,omitempty" minimum:"0" maximum:"2147483647" doc:"Whose it is; empty: the own agency"`
	}
}

func (s *Server) createAccount(ctx context.Context, in *createAccountInput) (*body[account.Account], error) {
	return answer(s.account.Create(ctx, actorOf(ctx), in.Body.AgencyID, in.Body.Plan))
}

// RegisteredInput is the account in a path.
type RegisteredInput struct {
	ID id.Account `path:"id" minimum:"1" maximum:"2147483647"`
}

type openAccountInput struct {
	RegisteredInput
	Body struct {
		Version int    `json:"version" minimum:"1" maximum:"2147483647"`
		Until   string `json:"until" maxLength:"10" doc:"The last day; at most 90 days from today"`
		Reason  string `json:"reason" doc:"Kept in the log"`
	}
}

func (s *Server) openAccount(ctx context.Context, in *openAccountInput) (*body[account.Account], error) {
	until, err := dayIn("until", in.Body.Until)
	if err != nil {
		return nil, err
	}
	return answer(s.account.Open(ctx, actorOf(ctx), in.ID, in.Body.Version, until, in.Body.Reason))
}

type closeAccountInput struct {
	RegisteredInput
	Body struct {
		Version int `json:"version" minimum:"1" maximum:"2147483647"`
	}
}

func (s *Server) closeAccount(ctx context.Context, in *closeAccountInput) (*body[account.Account], error) {
	return answer(s.account.Close(ctx, actorOf(ctx), in.ID, in.Body.Version))
}

type audienceInput struct {
	Body struct {
		Targets []id.Agency `json:"targets" minItems:"1" maxItems:"1000" nullable:"false"`
	}
}

func (s *Server) audienceSize(ctx context.Context, in *audienceInput) (*body[user.Audience], error) {
	return answer(s.user.Audience(ctx, actorOf(ctx), in.Body.Targets))
}
