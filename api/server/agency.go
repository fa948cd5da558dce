package server

import (
	"context"

	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

type listAgenciesInput struct {
	ListInput
	Search string    `query:"q" maxLength:"100" doc:"Part of a name, or the beginning of a code"`
	Parent id.Agency `query:"parent" minimum:"0" maximum:"2147483647" doc:"Only direct children of this node"`
}

func (s *Server) listAgencies(ctx context.Context, in *listAgenciesInput) (*body[page.Page[org.Agency]], error) {
	return answer(s.org.List(ctx, actorOf(ctx), org.Filter{Search: in.Search, Parent: in.Parent, Ask: in.ask()}))
}

// AgencyInput is the node in a path. Embedded inputs are exported: huma passes over others.
type AgencyInput struct {
	ID id.Agency `path:"id" minimum:"1" maximum:"2147483647"`
}

func (s *Server) getAgency(ctx context.Context, in *AgencyInput) (*body[org.Agency], error) {
	return answer(s.org.Get(ctx, actorOf(ctx), in.ID))
}

type createAgencyInput struct {
	Body struct {
		ParentID  id.Agency `json:"parent_id" minimum:"1" maximum:"2147483647"`
		Kind      org.Kind  `json:"kind" enum:"ministry,region,agency,unit"`
		Code      string    `json:"code"`
		Name      string    `json:"name"`
		ShortName string    `json:"short_name,omitempty" doc:"Empty: the name"`
		Zone      string    `json:"zone,omitempty" doc:"IANA name; empty: the parent's"`
	}
}

func (s *Server) createAgency(ctx context.Context, in *createAgencyInput) (*body[org.Agency], error) {
	b := in.Body
	return answer(s.org.Create(ctx, actorOf(ctx), org.Draft{ParentID: b.ParentID, Kind: b.Kind, Code: b.Code, Name: b.Name, ShortName: b.ShortName, Zone: b.Zone}))
}

type renameAgencyInput struct {
	AgencyInput
	Body struct {
		Name          string  `json:"name"`
		ShortName     string  `json:"short_name"`
		ReportOpening *string `json:"report_opening,omitempty" maxLength:"300" doc:"How a report to its leader begins; empty: the usual form"`
	}
}

func (s *Server) renameAgency(ctx context.Context, in *renameAgencyInput) (*body[org.Agency], error) {
	if in.Body.ReportOpening != nil {
		if err := s.org.SetReportOpening(ctx, actorOf(ctx), in.ID, *in.Body.ReportOpening); err != nil {
			return nil, err
		}
	}
	return answer(s.org.Rename(ctx, actorOf(ctx), in.ID, in.Body.Name, in.Body.ShortName))
}
