package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"gaung/internal/auth"
	"gaung/internal/user"
)

type signInInput struct {
	Body struct {
		Identifier string `json:"identifier" maxLength:"254" doc:"E-mail address"`
		Password   string `json:"password" maxLength:"1000"`
		OTP        string `json:"otp,omitempty" maxLength:"10"`
	}
}

type signedInAnswer struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      struct {
		User user.Me `json:"user"`
	}
}

func (s *Server) login(ctx context.Context, in *signInInput) (*signedInAnswer, error) {
	tokens, err := s.auth.SignIn(ctx, in.Body.Identifier, in.Body.Password, requestOf(ctx).Address.String())
	if err != nil {
		return nil, err
	}
	return s.signedIn(ctx, tokens)
}

// signedIn sets the cookies and answers who it is.
func (s *Server) signedIn(ctx context.Context, tokens auth.Tokens) (*signedInAnswer, error) {
	actor, err := s.user.Actor(ctx, tokens.User)
	if err != nil {
		return nil, err
	}
	out := &signedInAnswer{SetCookie: append(s.cookies(tokens), s.cookie(selfCookie, s.click.SelfToken(tokens.User), "/s/", selfLife))}
	out.Body.User, err = s.user.Me(ctx, actor)
	return out, err
}

type tokenAnswer struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type" enum:"Bearer"`
	ExpiresIn   int    `json:"expires_in" doc:"Seconds"`
}

func (s *Server) token(ctx context.Context, in *signInInput) (*body[tokenAnswer], error) {
	tokens, err := s.auth.SignInScript(ctx, in.Body.Identifier, in.Body.Password, requestOf(ctx).Address.String())
	return answer(tokenAnswer{tokens.Access, "Bearer", int(auth.ScriptLife.Seconds())}, err)
}

const (
	refreshCookie = "gaung_refresh"
	refreshPath   = "/api/v1/auth"
)

func (s *Server) refresh(ctx context.Context, in *struct {
	Token string `cookie:"gaung_refresh"`
}) (*signedInAnswer, error) {
	tokens, err := s.auth.Refresh(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	return s.signedIn(ctx, tokens)
}

type cookieAnswer struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      nothing
}

func (s *Server) logout(ctx context.Context, _ *struct{}) (*cookieAnswer, error) {
	r := requestOf(ctx)
	if err := s.auth.SignOut(ctx, r.Actor, r.Session); err != nil {
		return nil, err
	}
	return &cookieAnswer{SetCookie: s.cookies(auth.Tokens{}), Body: nothing{true}}, nil
}

// cookies carry the tokens of a browser. Lax, so that a personal link opened from a chat still shows
// who clicks: an own click is not counted.
func (s *Server) cookies(tokens auth.Tokens) []http.Cookie {
	return []http.Cookie{
		s.cookie(accessCookie, tokens.Access, "/", auth.AccessLife),
		s.cookie(refreshCookie, tokens.Refresh, refreshPath, auth.SessionLife),
	}
}

// selfLife is how long a device is known as its owner's, also after signing out: an own click is never
// reach.
const selfLife = 365 * 24 * time.Hour

func (s *Server) cookie(name, value, path string, life time.Duration) http.Cookie {
	seconds := int(life.Seconds())
	if value == "" {
		seconds = -1
	}
	return http.Cookie{Name: name, Value: value, Path: path, MaxAge: seconds, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(s.config.PublicURL, "https:")}
}

type changePasswordInput struct {
	Body struct {
		OldPassword string `json:"old_password" maxLength:"1000"`
		NewPassword string `json:"new_password" maxLength:"1000"`
	}
}

func (s *Server) changePassword(ctx context.Context, in *changePasswordInput) (*body[nothing], error) {
	r := requestOf(ctx)
	return answer(nothing{true}, s.auth.ChangePassword(ctx, r.Actor, r.Session, in.Body.OldPassword, in.Body.NewPassword))
}

func (s *Server) me(ctx context.Context, _ *struct{}) (*body[user.Me], error) {
	return answer(s.user.Me(ctx, actorOf(ctx)))
}
