package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gaung/internal/id"
	"gaung/internal/metric"
	"gaung/internal/report"
)

// ReportInput names a report. Embedded inputs are exported: huma passes over others.
type ReportInput struct {
	Agency  id.Agency      `query:"agency" minimum:"0" maximum:"2147483647" doc:"Empty: the highest that you may see"`
	From    string         `query:"from" maxLength:"10" doc:"Local day; empty: the first of the month"`
	To      string         `query:"to" maxLength:"10" doc:"Local day, inclusive; empty: today"`
	Compare report.Compare `query:"compare" enum:"previous,year" doc:"With as many days before, or the same days of the year before"`
}

func (r ReportInput) query() report.Query {
	return report.Query{Agency: r.Agency, From: r.From, To: r.To, Compare: r.Compare}
}

type engagementInput struct {
	ReportInput
	Format string `query:"format" enum:"json,csv,xlsx,pdf,pptx"`
}

type engagementAnswer struct {
	Disposition string `header:"Content-Disposition"`
	Body        report.Report
}

// engagement is one report and one query; format only changes how it is written (see reportFormats).
func (s *Server) engagement(ctx context.Context, in *engagementInput) (*engagementAnswer, error) {
	made, err := s.report.Engagement(ctx, actorOf(ctx), in.query())
	if err != nil {
		return nil, err
	}
	out := &engagementAnswer{Body: made}
	if mediaTypeOf(in.Format) != "" {
		out.Disposition = fmt.Sprintf(`attachment; filename="gaung-%d-%s-%s.%s"`, made.Agency.ID, made.From, made.To, in.Format)
	}
	return out, nil
}

func (s *Server) whatsAppReport(ctx context.Context, in *ReportInput) (*body[report.Message], error) {
	return answer(s.report.WhatsApp(ctx, actorOf(ctx), in.query(), s.config.PublicURL))
}

type closedInput struct {
	ID     int64  `path:"id" minimum:"1" maximum:"2147483647"`
	Format string `query:"format" enum:"json,csv,xlsx,pdf,pptx"`
}

// closedReport is written in the same forms as one of now.
func (s *Server) closedReport(ctx context.Context, in *closedInput) (*engagementAnswer, error) {
	kept, err := s.report.ClosedReport(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	out := &engagementAnswer{Body: kept}
	if mediaTypeOf(in.Format) != "" {
		out.Disposition = fmt.Sprintf(`attachment; filename="gaung-%d-%s-%s-v%d.%s"`, kept.Agency.ID, kept.From, kept.To, kept.Closed.Version, in.Format)
	}
	return out, nil
}

func (s *Server) closedMessage(ctx context.Context, in *struct {
	ID int64 `path:"id" minimum:"1" maximum:"2147483647"`
}) (*body[report.Message], error) {
	return answer(s.report.ClosedWhatsApp(ctx, actorOf(ctx), in.ID, s.config.PublicURL))
}

type closedAnswer struct {
	Closed []report.Closing `json:"closed" nullable:"false"`
}

func (s *Server) closedReports(ctx context.Context, in *struct {
	Agency id.Agency `query:"agency" minimum:"0" maximum:"2147483647" doc:"Empty: the own agency"`
}) (*body[closedAnswer], error) {
	list, err := s.report.Closed(ctx, actorOf(ctx), in.Agency)
	return answer(closedAnswer{list}, err)
}

func (s *Server) closeReport(ctx context.Context, in *ReportInput) (*body[report.Closing], error) {
	return answer(s.report.Close(ctx, actorOf(ctx), in.query()))
}

func (s *Server) recountReport(ctx context.Context, in *struct {
	ID int64 `path:"id" minimum:"1" maximum:"2147483647"`
}) (*body[report.Recount], error) {
	return answer(s.report.CountAgain(ctx, actorOf(ctx), in.ID))
}

type estimatesAnswer struct {
	Metrics []report.Estimate `json:"metrics" nullable:"false"`
}

func (s *Server) reportEstimates(ctx context.Context, in *ReportInput) (*body[estimatesAnswer], error) {
	list, err := s.report.Estimates(ctx, actorOf(ctx), in.query())
	return answer(estimatesAnswer{list}, err)
}

type metricsAnswer struct {
	Metrics []metric.Metric `json:"metrics" nullable:"false"`
}

func (s *Server) registeredMetrics(context.Context, *struct{}) (*body[metricsAnswer], error) {
	return answer(metricsAnswer{metric.Registry()}, nil)
}

// csvType is also what a staff list's faults are written as.
const csvType = "text/csv"

// reportFile is a form of a report beside JSON.
type reportFile struct {
	name, mediaType string
	write           func(io.Writer, report.Report) error
}

// reportFiles are the forms, by what format= names them.
func reportFiles() []reportFile {
	return []reportFile{
		{"csv", csvType, report.WriteCSV},
		{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report.WriteXLSX},
		{"pdf", "application/pdf", report.WritePDF},
		{"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", report.WritePPTX},
	}
}

// reportFormats let huma write a report in each form; everything else (an error) stays JSON.
func reportFormats(formats map[string]huma.Format) {
	for _, file := range reportFiles() {
		formats[file.mediaType] = huma.Format{
			Marshal: func(w io.Writer, value any) error {
				if made, ok := value.(report.Report); ok {
					return file.write(w, made)
				}
				return huma.DefaultJSONFormat.Marshal(w, value)
			},
			Unmarshal: func([]byte, any) error { return errFileInput },
		}
	}
}

// errFileInput answers a body that calls itself such a file: without it huma would call what is not there.
var errFileInput = errors.New("a body must be JSON")

// mediaTypeOf reads format= as the media type that it stands for; empty for JSON.
func mediaTypeOf(format string) string {
	for _, file := range reportFiles() {
		if strings.EqualFold(format, file.name) {
			return file.mediaType
		}
	}
	return ""
}
