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

type engagementInput struct {
	Agency id.Agency `query:"agency" minimum:"0" maximum:"2147483647" doc:"Empty: the own agency"`
	From   string    `query:"from" maxLength:"10" doc:"Local day; empty: the first of the month"`
	To     string    `query:"to" maxLength:"10" doc:"Local day, inclusive; empty: today"`
	Format string    `query:"format" enum:"json,csv"`
}

type engagementAnswer struct {
	Disposition string `header:"Content-Disposition"`
	Body        report.Report
}

// engagement is one report and one query; format=csv only changes how it is written (see csvFormat).
func (s *Server) engagement(ctx context.Context, in *engagementInput) (*engagementAnswer, error) {
	made, err := s.report.Engagement(ctx, actorOf(ctx), report.Query{Agency: in.Agency, From: in.From, To: in.To})
	if err != nil {
		return nil, err
	}
	out := &engagementAnswer{Body: made}
	if in.Format == "csv" {
		out.Disposition = fmt.Sprintf(`attachment; filename="gaung-%d-%s-%s.csv"`, made.Agency.ID, made.From, made.To)
	}
	return out, nil
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
