package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gaung/internal/id"
	"gaung/internal/report"
)

// ReportInput names a report. Embedded inputs are exported: huma passes over others.
type ReportInput struct {
	Agency  id.Agency      `query:"agency" minimum:"0" maximum:"2147483647" doc:"Empty: the own agency"`
	From    string         `query:"from" maxLength:"10" doc:"Local day; empty: the first of the month"`
	To      string         `query:"to" maxLength:"10" doc:"Local day, inclusive; empty: today"`
	Compare report.Compare `query:"compare" enum:"previous,year" doc:"With as many days before, or the same days of the year before"`
}

func (r ReportInput) query() report.Query {
	return report.Query{Agency: r.Agency, From: r.From, To: r.To, Compare: r.Compare}
}

type engagementInput struct {
	ReportInput
	Format string `query:"format" enum:"json,csv"`
}

type engagementAnswer struct {
	Disposition string `header:"Content-Disposition"`
	Body        report.Report
}

// engagement is one report and one query; format=csv only changes how it is written (see csvFormat).
func (s *Server) engagement(ctx context.Context, in *engagementInput) (*engagementAnswer, error) {
	made, err := s.report.Engagement(ctx, actorOf(ctx), in.query())
	if err != nil {
		return nil, err
	}
	out := &engagementAnswer{Body: made}
	if in.Format == "csv" {
		out.Disposition = fmt.Sprintf(`attachment; filename="gaung-%d-%s-%s.csv"`, made.Agency.ID, made.From, made.To)
	}
	return out, nil
}

func (s *Server) whatsAppReport(ctx context.Context, in *ReportInput) (*body[report.Message], error) {
	return answer(s.report.WhatsApp(ctx, actorOf(ctx), in.query(), s.config.PublicURL))
}

const csvType = "text/csv"

// csvFormat lets huma write a report as CSV; everything else (an error) stays JSON.
func csvFormat() huma.Format {
	return huma.Format{
		Marshal: func(w io.Writer, value any) error {
			if made, ok := value.(report.Report); ok {
				return report.WriteCSV(w, made)
			}
			return huma.DefaultJSONFormat.Marshal(w, value)
		},
		Unmarshal: func([]byte, any) error { return errCSVInput },
	}
}

// errCSVInput answers a body that calls itself CSV: without it huma would call what is not there.
var errCSVInput = errors.New("a body must be JSON")

// wantsCSV reads format=csv as the media type that it stands for.
func wantsCSV(query string) bool { return strings.EqualFold(query, "csv") }
