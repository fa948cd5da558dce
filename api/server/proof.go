package server

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/page"
	"gaung/internal/privacy"
	"gaung/internal/proof"
	"gaung/internal/share"
	"gaung/internal/user"
)

type myActsInput struct {
	ListInput
	State proof.Part `query:"state" enum:"all,open,settled" default:"all"`
}

func (s *Server) myActs(ctx context.Context, in *myActsInput) (*body[proof.MyActs], error) {
	return answer(s.proof.Acts(ctx, actorOf(ctx), in.State, in.ask()))
}

type pasteInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"100" doc:"The same address is the same claim, with any key"`
	Body struct {
		URL       string     `json:"url" maxLength:"2000" doc:"Of the post, as it was copied"`
		ContentID id.Content `json:"content_id,omitempty" minimum:"0" maximum:"2147483647" doc:"What was shared; absent: to be found in the post"`
	}
}

func (s *Server) pasteAddress(ctx context.Context, in *pasteInput) (*body[proof.Claim], error) {
	return answer(s.proof.Paste(ctx, actorOf(ctx), proof.Pasted{URL: in.Body.URL, Content: in.Body.ContentID}))
}

func (s *Server) sendShot(ctx context.Context, in incoming) (proof.Shot, error) {
	item, ok := id.Parse[id.Content](in.query("content"))
	if !ok || item > 1<<31-1 {
		return proof.Shot{}, errs.New(errs.NotFound, "Konten tidak ditemukan.")
	}
	network := strings.Clone(in.query("network"))
	if err := s.proof.MayShow(ctx, actorOf(ctx), item, network); err != nil { // before a byte is read
		return proof.Shot{}, err
	}
	file, done, err := in.file()
	if errors.Is(err, fiber.ErrRequestEntityTooLarge) {
		err = errs.InvalidField("image", "Berkas gambar lebih dari 4 MB. Potong gambarnya, lalu kirim lagi.")
	}
	if err != nil {
		return proof.Shot{}, err
	}
	defer done()
	leave, err := s.turn(ctx)
	if err != nil {
		return proof.Shot{}, err
	}
	defer leave()
	return s.proof.Show(ctx, actorOf(ctx), item, network, file)
}

type objectInput struct {
	Body struct {
		ContentID id.Content `json:"content_id" minimum:"1" maximum:"2147483647"`
		Network   string     `json:"network" maxLength:"20"`
		Act       share.Kind `json:"act" enum:"share,like"`
		About     string     `json:"about" enum:"not_recorded,wrong_value,not_me,other"`
		Words     string     `json:"words" maxLength:"1000"`
		Contact   bool       `json:"contact" doc:"The desk may see my name"`
		ClaimID   int64      `json:"claim_id,omitempty" minimum:"0" doc:"An address of mine that the desk may see"`
	}
}

func (s *Server) sendObjection(ctx context.Context, in *objectInput) (*body[proof.Objection], error) {
	b := in.Body
	return answer(s.proof.Object(ctx, actorOf(ctx), proof.Plea{Content: b.ContentID, Network: b.Network, Act: b.Act, About: b.About, Words: b.Words, Contact: b.Contact, Claim: b.ClaimID}))
}

// ProofInput is a picture or an objection in a path.
type ProofInput struct {
	ID int64 `path:"id" minimum:"1"`
}

type appealInput struct {
	ProofInput
	Body struct {
		Words string `json:"words" maxLength:"1000"`
	}
}

func (s *Server) appealObjection(ctx context.Context, in *appealInput) (*body[proof.Objection], error) {
	return answer(s.proof.Appeal(ctx, actorOf(ctx), in.ID, in.Body.Words))
}

func (s *Server) withdrawObjection(ctx context.Context, in *ProofInput) (*body[proof.Objection], error) {
	return answer(s.proof.Withdraw(ctx, actorOf(ctx), in.ID))
}

func (s *Server) proofCount(ctx context.Context, _ *struct{}) (*body[proof.Waits], error) {
	return answer(s.proof.Count(ctx, actorOf(ctx)))
}

func (s *Server) stuckProofs(ctx context.Context, _ *struct{}) (*body[proof.Unattended], error) {
	return answer(s.proof.Stuck(ctx, actorOf(ctx), user.DeskRoles()...))
}

func (s *Server) listShots(ctx context.Context, in *ListInput) (*body[page.Page[proof.Waiting]], error) {
	return answer(s.proof.Shots(ctx, actorOf(ctx), in.ask()))
}

// listObjections notes for each person whose name or address it shows that they were seen.
func (s *Server) listObjections(ctx context.Context, in *ListInput) (*body[page.Page[proof.Asked]], error) {
	list, err := s.proof.Objections(ctx, actorOf(ctx), in.ask())
	if err != nil {
		return nil, err
	}
	shown := []id.User{}
	for _, one := range list.Items {
		if one.Shown != 0 {
			shown = append(shown, one.Shown)
		}
	}
	return answer(list, s.privacy.Saw(ctx, actorOf(ctx), privacy.Objected, shown...))
}

type verdictInput struct {
	ProofInput
	Body proof.Verdict
}

func (s *Server) decideShot(ctx context.Context, in *verdictInput) (*body[nothing], error) {
	return answer(nothing{true}, s.proof.Decide(ctx, actorOf(ctx), in.ID, in.Body))
}

func (s *Server) takeObjection(ctx context.Context, in *ProofInput) (*body[nothing], error) {
	return answer(nothing{true}, s.proof.Take(ctx, actorOf(ctx), in.ID))
}

type replyInput struct {
	ProofInput
	Body proof.Reply
}

func (s *Server) answerObjection(ctx context.Context, in *replyInput) (*body[nothing], error) {
	return answer(nothing{true}, s.proof.Answer(ctx, actorOf(ctx), in.ID, in.Body))
}

// shotPicture answers the picture to its reviewer alone; no cache keeps it, and its owner is told that it was opened.
func (s *Server) shotPicture(c *fiber.Ctx) error {
	shot, ok := id.Parse[int64](c.Params("id"))
	if !ok {
		return fiber.ErrNotFound
	}
	ctx := c.UserContext()
	text, whose, err := s.proof.ShotPicture(ctx, actorOf(ctx), shot)
	if err == nil {
		err = s.privacy.Saw(ctx, actorOf(ctx), privacy.Pictured, whose)
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Type("jpg")
	return c.Send(text)
}

// sharedIn takes what a phone shares to the app when no service worker does. What it is goes on behind the #, which no
// server is told and no log keeps.
func (s *Server) sharedIn(c *fiber.Ctx) error {
	if err := holdBody(c); err != nil {
		return err
	}
	given := url.Values{}
	for _, name := range []string{"title", "text", "url"} {
		if value := c.FormValue(name); value != "" && len(value) <= mostShared {
			given.Set(name, value)
		}
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Redirect(sharedInPath+"#"+given.Encode(), http.StatusSeeOther)
}

const (
	sharedInPath = "/bagikan-masuk"
	mostShared   = 3000
)
