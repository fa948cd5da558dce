package server

import (
	"context"

	"gaung/internal/auth"
	"gaung/internal/id"
	"gaung/internal/page"
)

func (s *Server) secondStep(ctx context.Context, _ *struct{}) (*body[auth.SecondStep], error) {
	return answer(s.auth.SecondStep(ctx, actorOf(ctx)))
}

type beginTOTPInput struct {
	Body struct {
		Password string `json:"password,omitempty" maxLength:"1000" doc:"Not needed while enrol_totp is pending"`
	}
}

func (s *Server) beginTOTP(ctx context.Context, in *beginTOTPInput) (*body[auth.Enrolment], error) {
	return answer(s.auth.BeginTOTP(ctx, actorOf(ctx), requestOf(ctx).Pending, in.Body.Password))
}

type codesAnswer struct {
	Codes []string `json:"codes" nullable:"false" doc:"Recovery codes, shown once"`
}

type confirmTOTPInput struct {
	Body struct {
		Code string `json:"code" maxLength:"40"`
	}
}

func (s *Server) confirmTOTP(ctx context.Context, in *confirmTOTPInput) (*body[codesAnswer], error) {
	codes, err := s.auth.ConfirmTOTP(ctx, actorOf(ctx), in.Body.Code)
	return answer(codesAnswer{codes}, err)
}

type proofInput struct {
	Body struct {
		Password string `json:"password" maxLength:"1000"`
		Code     string `json:"code" maxLength:"40"`
	}
}

func (s *Server) disableTOTP(ctx context.Context, in *proofInput) (*body[nothing], error) {
	return answer(nothing{true}, s.auth.DisableTOTP(ctx, actorOf(ctx), in.Body.Password, in.Body.Code))
}

func (s *Server) newRecoveryCodes(ctx context.Context, in *proofInput) (*body[codesAnswer], error) {
	codes, err := s.auth.NewRecoveryCodes(ctx, actorOf(ctx), in.Body.Password, in.Body.Code)
	return answer(codesAnswer{codes}, err)
}

func (s *Server) listSessions(ctx context.Context, _ *struct{}) (*body[page.Page[auth.Session]], error) {
	sessions, err := s.auth.Sessions(ctx, actorOf(ctx), requestOf(ctx).Session)
	return answer(page.Page[auth.Session]{Items: sessions}, err)
}

type sessionInput struct {
	ID id.Session `path:"id" minimum:"1"`
}

func (s *Server) endSession(ctx context.Context, in *sessionInput) (*body[nothing], error) {
	return answer(nothing{true}, s.auth.EndSession(ctx, actorOf(ctx), in.ID))
}

type endedAnswer struct {
	Ended int64 `json:"ended" doc:"How many sessions"`
}

func (s *Server) endOtherSessions(ctx context.Context, _ *struct{}) (*body[endedAnswer], error) {
	n, err := s.auth.EndOthers(ctx, actorOf(ctx), requestOf(ctx).Session)
	return answer(endedAnswer{n}, err)
}

type personInput struct {
	ID id.User `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) resetPassword(ctx context.Context, in *personInput) (*body[auth.Issued], error) {
	return answer(s.auth.ResetPassword(ctx, actorOf(ctx), in.ID))
}

func (s *Server) resetTOTP(ctx context.Context, in *personInput) (*body[nothing], error) {
	return answer(nothing{true}, s.auth.ResetTOTP(ctx, actorOf(ctx), in.ID))
}

type firstPasswordsInput struct {
	Body struct {
		Agency id.Agency `json:"agency" minimum:"1" maximum:"2147483647"`
		Limit  int       `json:"limit,omitempty" minimum:"0" maximum:"50"`
		After  string    `json:"after,omitempty" maxLength:"400" doc:"next of the page before"`
	}
}

func (s *Server) firstPasswords(ctx context.Context, in *firstPasswordsInput) (*body[page.Page[auth.FirstPassword]], error) {
	return answer(s.auth.FirstPasswords(ctx, actorOf(ctx), in.Body.Agency, page.Ask{After: in.Body.After, Limit: in.Body.Limit}))
}
