package server

import (
	"bytes"
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/user"
)

// uploadRoster keeps a file; ?agency= is whose people it lists, ?name= what it is called.
func (s *Server) uploadRoster(ctx context.Context, in incoming) (user.Roster, error) {
	node, ok := id.Parse[id.Agency](in.query("agency"))
	if !ok || node > 1<<31-1 {
		return user.Roster{}, errs.InvalidField("agency", "Pilih instansi yang daftarnya diunggah.")
	}
	file, done, err := in.file()
	if err != nil {
		return user.Roster{}, err
	}
	defer done()
	leave, err := s.turn(ctx)
	if err != nil {
		return user.Roster{}, err
	}
	defer leave()
	return s.desk.Upload(ctx, actorOf(ctx), node, in.query("name"), file)
}

type listRostersInput struct {
	ListInput
	Agency id.Agency `query:"agency" minimum:"0" maximum:"2147483647" doc:"This node and below; empty: all that I may import into"`
}

func (s *Server) listRosters(ctx context.Context, in *listRostersInput) (*body[page.Page[user.Roster]], error) {
	return answer(s.desk.Rosters(ctx, actorOf(ctx), in.Agency, in.ask()))
}

// RosterInput is the import in a path.
type RosterInput struct {
	ID int64 `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) getRoster(ctx context.Context, in *RosterInput) (*body[user.Roster], error) {
	return answer(s.desk.Roster(ctx, actorOf(ctx), in.ID))
}

type mapRosterInput struct {
	RosterInput
	Body struct {
		Mapping  user.Mapping `json:"mapping"`
		From     string       `json:"from,omitempty" maxLength:"10" doc:"First local day on which it holds; empty: today"`
		Complete bool         `json:"complete,omitempty" doc:"Who is not in the file has left"`
	}
}

func (s *Server) mapRoster(ctx context.Context, in *mapRosterInput) (*body[user.Roster], error) {
	from, err := dayIn("from", in.Body.From)
	if err != nil {
		return nil, err
	}
	return answer(s.desk.Map(ctx, actorOf(ctx), in.ID, user.Intake{Mapping: in.Body.Mapping, From: from, Complete: in.Body.Complete}))
}

// dayIn reads an ISO date of a field; empty is 0.
func dayIn(field, text string) (period.Day, error) {
	if text == "" {
		return 0, nil
	}
	day, err := period.ParseDay(text)
	if err != nil {
		return 0, errs.InvalidField(field, "Tulis tanggal seperti 2026-11-22.")
	}
	return day, nil
}

type rosterFaultsInput struct {
	RosterInput
	ListInput
}

func (s *Server) rosterFaults(ctx context.Context, in *rosterFaultsInput) (*body[page.Page[user.RosterFault]], error) {
	return answer(s.desk.Faults(ctx, actorOf(ctx), in.ID, in.ask()))
}

// rosterFaultsCSV is the whole list for a spreadsheet.
func (s *Server) rosterFaultsCSV(c *fiber.Ctx) error {
	roster, ok := id.Parse[int64](c.Params("id"))
	if !ok || roster > 1<<31-1 {
		return errs.New(errs.NotFound, "Impor tidak ditemukan.")
	}
	var table bytes.Buffer
	if err := s.desk.WriteFaults(c.UserContext(), actorOf(c.UserContext()), roster, &table); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, csvType+"; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="gaung-impor-%d-kesalahan.csv"`, roster))
	return c.Send(table.Bytes())
}

type applyRosterInput struct {
	RosterInput
	Body *struct {
		AcceptLeaving bool `json:"accept_leaving,omitempty" doc:"More than 20 percent leave, and that is right"`
	} `required:"false"`
}

func (s *Server) applyRoster(ctx context.Context, in *applyRosterInput) (*body[user.Roster], error) {
	return answer(s.desk.Apply(ctx, actorOf(ctx), in.ID, in.Body != nil && in.Body.AcceptLeaving))
}

func (s *Server) discardRoster(ctx context.Context, in *RosterInput) (*body[nothing], error) {
	return answer(nothing{true}, s.desk.Discard(ctx, actorOf(ctx), in.ID))
}
