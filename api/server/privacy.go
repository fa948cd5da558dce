package server

import (
	"context"
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/page"
	"gaung/internal/privacy"
	"gaung/internal/share"
)

func (s *Server) privacyNotice(ctx context.Context, in *LangInput) (*body[privacy.PrivacyNotice], error) {
	return answer(s.privacy.Notice(ctx, actorOf(ctx), in.Lang))
}

type readPrivacyInput struct {
	Body struct {
		Version int `json:"version" minimum:"1"`
	}
}

func (s *Server) readPrivacy(ctx context.Context, in *readPrivacyInput) (*body[me], error) {
	if err := s.privacy.Read(ctx, actorOf(ctx), in.Body.Version); err != nil {
		return nil, err
	}
	return s.me(ctx, nil)
}

// MyData is all of the screen "my data" but who looked, which is a list of its own.
type MyData struct {
	Notice   privacy.PrivacyNotice `json:"notice"`
	Kept     []privacy.Kept        `json:"kept" nullable:"false"`
	Consents []privacy.Consent     `json:"consents" nullable:"false"`
	Exports  []privacy.DataExport  `json:"exports" nullable:"false"`
	Requests []privacy.DataRequest `json:"requests" nullable:"false"`
}

func (s *Server) myData(ctx context.Context, in *LangInput) (*body[MyData], error) {
	var data MyData
	var err error
	who := actorOf(ctx)
	if data.Notice, err = s.privacy.Notice(ctx, who, in.Lang); err != nil {
		return nil, err
	}
	if data.Kept, err = s.privacy.Kept(ctx, who, in.Lang); err != nil {
		return nil, err
	}
	if data.Consents, err = s.privacy.Consents(ctx, who); err != nil {
		return nil, err
	}
	if data.Exports, err = s.privacy.Exports(ctx, who); err != nil {
		return nil, err
	}
	data.Requests, err = s.privacy.Requests(ctx, who)
	return answer(data, err)
}

type myRowsInput struct {
	Class string `path:"class" maxLength:"40" doc:"A key of kept"`
	LangInput
	ListInput
}

func (s *Server) myRows(ctx context.Context, in *myRowsInput) (*body[privacy.DataRows], error) {
	return answer(s.privacy.Rows(ctx, actorOf(ctx), in.Class, in.Lang, in.ask()))
}

type consentInput struct {
	Body struct {
		Kind  privacy.Kind `json:"kind" enum:"public_name,account_link,survey"`
		Given bool         `json:"given"`
	}
}

type consentsAnswer struct {
	Consents []privacy.Consent `json:"consents" nullable:"false"`
}

func (s *Server) setConsent(ctx context.Context, in *consentInput) (*body[consentsAnswer], error) {
	if err := s.privacy.SetConsent(ctx, actorOf(ctx), in.Body.Kind, in.Body.Given); err != nil {
		return nil, err
	}
	all, err := s.privacy.Consents(ctx, actorOf(ctx))
	return answer(consentsAnswer{all}, err)
}

func (s *Server) myOnboarding(ctx context.Context, _ *struct{}) (*body[privacy.Introduction], error) {
	return answer(s.privacy.Onboarding(ctx, actorOf(ctx)))
}

func (s *Server) setOnboarding(ctx context.Context, in *struct{ Body privacy.Introduction }) (*body[privacy.Introduction], error) {
	return answer(s.privacy.SetOnboarding(ctx, actorOf(ctx), in.Body))
}

func (s *Server) networksUsed(ctx context.Context, _ *struct{}) (*body[share.Declared], error) {
	return answer(s.share.NetworksUsed(ctx, actorOf(ctx)))
}

func (s *Server) setNetworksUsed(ctx context.Context, in *struct{ Body share.Used }) (*body[share.Declared], error) {
	if err := s.share.SetNetworksUsed(ctx, actorOf(ctx), in.Body); err != nil {
		return nil, err
	}
	return s.networksUsed(ctx, nil)
}

func (s *Server) myViews(ctx context.Context, in *ListInput) (*body[page.Page[privacy.DataView]], error) {
	return answer(s.privacy.Views(ctx, actorOf(ctx), in.ask()))
}

type exportInput struct {
	Body struct {
		WithNIP  bool   `json:"with_nip,omitempty" doc:"The whole NIP stands in it; needs the password"`
		Password string `json:"password,omitempty" maxLength:"1000"`
	}
}

func (s *Server) askExport(ctx context.Context, in *exportInput) (*body[privacy.DataExport], error) {
	if in.Body.WithNIP {
		if err := s.auth.Prove(ctx, actorOf(ctx), in.Body.Password); err != nil {
			return nil, err
		}
	}
	return answer(s.privacy.AskExport(ctx, actorOf(ctx), in.Body.WithNIP))
}

// downloadExport gives the file of one's own copy: ?format=json the JSON alone, else the ZIP.
func (s *Server) downloadExport(c *fiber.Ctx) error {
	number, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return fiber.ErrNotFound
	}
	asJSON := c.Query("format") == "json"
	file, err := s.privacy.Download(c.UserContext(), actorOf(c.UserContext()), number, asJSON)
	if err != nil {
		return err
	}
	kind, end := "application/zip", "zip"
	if asJSON {
		kind, end = "application/json", "json"
	}
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="gaung-data-saya-%d.%s"`, number, end))
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(file)
}

type sendRequestInput struct {
	Body struct {
		Kind     privacy.Ask `json:"kind" enum:"correction,copy,information,erase,withdraw"`
		Text     string      `json:"text" maxLength:"8000"`
		Password string      `json:"password,omitempty" maxLength:"1000" doc:"Only to be erased: the account is closed when it is granted"`
	}
}

func (s *Server) sendRequest(ctx context.Context, in *sendRequestInput) (*body[privacy.DataRequest], error) {
	if in.Body.Kind == privacy.Erase {
		if err := s.auth.Prove(ctx, actorOf(ctx), in.Body.Password); err != nil {
			return nil, err
		}
	}
	return answer(s.privacy.SendRequest(ctx, actorOf(ctx), in.Body.Kind, in.Body.Text))
}

type listCasesInput struct {
	ListInput
	Closed bool `query:"closed" doc:"Those that were answered, newest first; else the open ones by their clock"`
}

func (s *Server) listCases(ctx context.Context, in *listCasesInput) (*body[page.Page[privacy.Case]], error) {
	return answer(s.privacy.Cases(ctx, actorOf(ctx), in.Closed, in.ask()))
}

// CaseInput is the request in a path.
type CaseInput struct {
	ID int64 `path:"id" minimum:"1"`
}

func (s *Server) getCase(ctx context.Context, in *CaseInput) (*body[privacy.OpenCase], error) {
	return answer(s.privacy.Case(ctx, actorOf(ctx), in.ID))
}

func (s *Server) takeCase(ctx context.Context, in *CaseInput) (*body[privacy.OpenCase], error) {
	return answer(s.privacy.Take(ctx, actorOf(ctx), in.ID))
}

type closeCaseInput struct {
	CaseInput
	Body privacy.CaseAnswer
}

func (s *Server) closeCase(ctx context.Context, in *closeCaseInput) (*body[privacy.OpenCase], error) {
	return answer(s.privacy.Close(ctx, actorOf(ctx), in.ID, in.Body))
}
