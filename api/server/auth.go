package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"gaung/internal/auth"
	"gaung/internal/org"
	"gaung/internal/privacy"
	"gaung/internal/trust"
	"gaung/internal/user"
)

type signInInput struct {
	Agent  string `header:"User-Agent"`
	Device string `cookie:"gaung_device"`
	Body   struct {
		Identifier string `json:"identifier" maxLength:"254" doc:"NIP or e-mail address"`
		Password   string `json:"password" maxLength:"1000"`
		OTP        string `json:"otp,omitempty" maxLength:"40" doc:"Code of the authenticator app, or a recovery code"`
	}
}

func (in *signInInput) credentials(ctx context.Context) auth.Credentials {
	return auth.Credentials{Identifier: in.Body.Identifier, Password: in.Body.Password, OTP: in.Body.OTP,
		Address: requestOf(ctx).Address.String(), Device: in.Device, Agent: in.Agent}
}

// me is what a person sees of themselves.
type me struct {
	user.Me
	Path     []org.Step `json:"path" nullable:"false" doc:"From the root of the tree down to my unit"`
	HideName bool       `json:"hide_name" doc:"My name stays off the boards of persons"`

	Networks []string `json:"networks" nullable:"false" doc:"Those that I say I use, in my order"`
	privacy.Standing

	Elections []trust.Holding `json:"elections" nullable:"false" doc:"Election modes that hold where I work"`

	MayShare bool `json:"may_share" doc:"False: what comes before the first share is still to be learned"`

	Pending auth.Pending `json:"pending,omitempty" enum:"change_password,enrol_totp" doc:"What must be done before anything else"`
}

type signedInAnswer struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      struct {
		User         me   `json:"user"`
		RecoveryLeft *int `json:"recovery_left,omitempty" doc:"Recovery codes that are left, when one was used"`
	}
}

func (s *Server) login(ctx context.Context, in *signInInput) (*signedInAnswer, error) {
	tokens, err := s.auth.SignIn(ctx, in.credentials(ctx))
	if err != nil {
		return nil, err
	}
	return s.signedIn(ctx, tokens)
}

// signedIn sets the cookies and answers who it is.
func (s *Server) signedIn(ctx context.Context, tokens auth.Tokens) (*signedInAnswer, error) {
	caller, err := s.auth.Verify(ctx, tokens.Access)
	if err != nil {
		return nil, err
	}
	out := &signedInAnswer{SetCookie: append(s.cookies(tokens), s.cookie(selfCookie, s.click.SelfToken(tokens.User), "/s/", selfLife))}
	if tokens.Device != "" {
		out.SetCookie = append(out.SetCookie, s.cookie(deviceCookie, tokens.Device, refreshPath, selfLife))
	}
	out.Body.RecoveryLeft = tokens.RecoveryLeft
	out.Body.User, err = s.whoIs(ctx, caller.Actor, caller.Pending)
	return out, err
}

type tokenAnswer struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type" enum:"Bearer"`
	ExpiresIn   int    `json:"expires_in" doc:"Seconds"`
}

func (s *Server) token(ctx context.Context, in *signInInput) (*body[tokenAnswer], error) {
	tokens, err := s.auth.SignInScript(ctx, in.credentials(ctx))
	return answer(tokenAnswer{tokens.Access, "Bearer", int(auth.ScriptLife.Seconds())}, err)
}

const (
	refreshCookie = "gaung_refresh"
	refreshPath   = "/api/v1/auth"
	deviceCookie  = "gaung_device" // who has signed in here before; it opens nothing
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

func (s *Server) me(ctx context.Context, _ *struct{}) (*body[me], error) {
	return answer(s.whoIs(ctx, actorOf(ctx), requestOf(ctx).Pending))
}

// whoIs is all that a client is told about a person, at each sign-in as at each visit.
func (s *Server) whoIs(ctx context.Context, actor org.Actor, pending auth.Pending) (me, error) {
	known := me{Pending: pending}
	for _, read := range []func() error{
		func() (err error) { known.Me, err = s.user.Me(ctx, actor); return err },
		func() (err error) { known.HideName, err = s.user.HidesName(ctx, actor); return err },
		func() (err error) { known.Elections, err = s.trust.Mine(ctx, actor); return err },
		func() error {
			used, err := s.share.NetworksUsed(ctx, actor)
			known.Networks = used.Networks
			return err
		},
		func() (err error) { known.Standing, err = s.privacy.Standing(ctx, actor); return err },
		func() (err error) { known.MayShare, err = s.share.MayShare(ctx, actor); return err },
		func() (err error) { known.Path, err = s.org.Path(ctx, actor); return err },
	} {
		if err := read(); err != nil {
			return me{}, err
		}
	}
	return known, nil
}

type changeMeInput struct {
	Body struct {
		Lang     string `json:"lang,omitempty" enum:"id,en"`
		HideName *bool  `json:"hide_name,omitempty" doc:"Keep my name off the boards of persons"`
	}
}

func (s *Server) changeMe(ctx context.Context, in *changeMeInput) (*body[me], error) {
	if in.Body.Lang != "" {
		if err := s.user.SetLang(ctx, actorOf(ctx), in.Body.Lang); err != nil {
			return nil, err
		}
	}
	if in.Body.HideName != nil {
		if err := s.privacy.SetConsent(ctx, actorOf(ctx), privacy.PublicName, !*in.Body.HideName); err != nil {
			return nil, err
		}
	}
	return s.me(ctx, nil)
}
