package server

import (
	"context"
	"strings"

	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/privacy"
	"gaung/internal/user"
)

type listPeopleInput struct {
	ListInput
	Agency id.Agency `query:"agency" minimum:"0" maximum:"2147483647" doc:"This node and below; empty: all that I administer"`
}

func (s *Server) listPeople(ctx context.Context, in *listPeopleInput) (*body[page.Page[user.Person]], error) {
	return s.showPeople(ctx, privacy.Listed, user.PersonFilter{Agency: in.Agency, Ask: in.ask()})
}

// findPeopleInput searches in a body: a name, a NIP or an address never stands in an address line.
type findPeopleInput struct {
	Body struct {
		Search string    `json:"q" maxLength:"254" doc:"Part of a name, or a whole NIP or e-mail address"`
		Agency id.Agency `json:"agency_id,omitempty" minimum:"0" maximum:"2147483647"`
		After  string    `json:"after,omitempty" maxLength:"400"`
		Limit  int       `json:"limit,omitempty" minimum:"0" maximum:"200"`
	}
}

func (s *Server) findPeople(ctx context.Context, in *findPeopleInput) (*body[page.Page[user.Person]], error) {
	b := in.Body
	what := privacy.Listed
	if strings.TrimSpace(b.Search) != "" {
		what = privacy.Found
	}
	return s.showPeople(ctx, what, user.PersonFilter{Agency: b.Agency, Search: b.Search, Ask: page.Ask{After: b.After, Limit: b.Limit}})
}

// showPeople lists people, and notes for each of them that they were seen.
func (s *Server) showPeople(ctx context.Context, what privacy.Occasion, f user.PersonFilter) (*body[page.Page[user.Person]], error) {
	people, err := s.desk.People(ctx, actorOf(ctx), f)
	if err != nil {
		return nil, err
	}
	seen := make([]id.User, len(people.Items))
	for i, person := range people.Items {
		seen[i] = person.ID
	}
	return answer(people, s.privacy.Saw(ctx, actorOf(ctx), what, seen...))
}

// PersonInput is the person in a path.
type PersonInput struct {
	ID id.User `path:"id" minimum:"1" maximum:"2147483647"`
}

type movePersonInput struct {
	PersonInput
	Body struct {
		UnitID id.Agency `json:"unit_id" minimum:"1" maximum:"2147483647"`
		From   string    `json:"from,omitempty" maxLength:"10" doc:"First local day there; empty: today"`
	}
}

func (s *Server) movePerson(ctx context.Context, in *movePersonInput) (*body[user.Person], error) {
	from, err := dayIn("from", in.Body.From)
	if err != nil {
		return nil, err
	}
	return answer(s.desk.Move(ctx, actorOf(ctx), in.ID, in.Body.UnitID, from))
}

func (s *Server) deactivatePerson(ctx context.Context, in *PersonInput) (*body[user.Person], error) {
	return answer(s.desk.Deactivate(ctx, actorOf(ctx), in.ID))
}

func (s *Server) activatePerson(ctx context.Context, in *PersonInput) (*body[user.Person], error) {
	return answer(s.desk.Activate(ctx, actorOf(ctx), in.ID))
}

type rolesAnswer struct {
	Items     []user.RoleOf `json:"items" nullable:"false"`
	Executive bool          `json:"executive" doc:"Marked as an executive (pejabat pimpinan): on a board of their own, as every leader is"`
}

// rolesOf answers with what somebody holds, after a read or a change of it.
func (s *Server) rolesOf(ctx context.Context, person id.User, held []user.RoleOf, err error) (*body[rolesAnswer], error) {
	if err != nil {
		return nil, err
	}
	executive, err := s.desk.Executive(ctx, actorOf(ctx), person)
	return answer(rolesAnswer{held, executive}, err)
}

func (s *Server) personRoles(ctx context.Context, in *PersonInput) (*body[rolesAnswer], error) {
	held, err := s.desk.Roles(ctx, actorOf(ctx), in.ID)
	if err == nil {
		err = s.privacy.Saw(ctx, actorOf(ctx), privacy.RolesOf, in.ID)
	}
	return s.rolesOf(ctx, in.ID, held, err)
}

type executiveInput struct {
	PersonInput
	Body struct {
		Executive bool `json:"executive"`
	}
}

func (s *Server) markExecutive(ctx context.Context, in *executiveInput) (*body[rolesAnswer], error) {
	if err := s.desk.MarkExecutive(ctx, actorOf(ctx), in.ID, in.Body.Executive); err != nil {
		return nil, err
	}
	held, err := s.desk.Roles(ctx, actorOf(ctx), in.ID)
	return s.rolesOf(ctx, in.ID, held, err)
}

type grantInput struct {
	PersonInput
	Body struct {
		Role     org.Role  `json:"role" enum:"author,approver,publisher,operator,leader,dpo,auditor,admin,trainer"`
		AgencyID id.Agency `json:"agency_id" minimum:"1" maximum:"2147483647"`
	}
}

func (s *Server) grantRole(ctx context.Context, in *grantInput) (*body[rolesAnswer], error) {
	held, err := s.desk.Grant(ctx, actorOf(ctx), in.ID, org.Grant{Role: in.Body.Role, Agency: in.Body.AgencyID})
	return s.rolesOf(ctx, in.ID, held, err)
}

type revokeInput struct {
	PersonInput
	Role     org.Role  `query:"role" required:"true" enum:"author,approver,publisher,operator,leader,dpo,auditor,admin,trainer"`
	AgencyID id.Agency `query:"agency" required:"true" minimum:"1" maximum:"2147483647"`
}

func (s *Server) revokeRole(ctx context.Context, in *revokeInput) (*body[rolesAnswer], error) {
	held, err := s.desk.Revoke(ctx, actorOf(ctx), in.ID, org.Grant{Role: in.Role, Agency: in.AgencyID})
	return s.rolesOf(ctx, in.ID, held, err)
}
