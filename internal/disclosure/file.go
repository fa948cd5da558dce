package disclosure

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"gaung/internal/page"
	"gaung/internal/report"
)

// The open data files, and what describes them.
const (
	EntriesFile = "permintaan.csv"
	SumsFile    = "jumlah.csv"
)

// WriteEntries writes the register as CSV: all that the query means, page after page.
func (s *Service) WriteEntries(ctx context.Context, out io.Writer, q Query) error {
	w := newSheet(out, entryFields)
	for ask := (page.Ask{Limit: 200}); ; {
		list, err := s.Entries(ctx, q, ask)
		if err != nil {
			return err
		}
		for _, e := range list.Items {
			w.line(strconv.FormatInt(int64(e.ID), 10), e.Slug, e.Title, e.Kind, e.Topic, e.Office, e.PublishedAt.Format(time.RFC3339), moment(e.EndsAt), e.State,
				moment(e.RecalledAt), e.RecallReason, e.MandateNumber, text(e.MandateDate), e.MandateBasis, text(e.MandateUntil),
				strings.Join(e.Audience, "; "), strings.Join(e.LikedOn, " "), whole(e.PeopleReached), e.Hash)
		}
		if ask.After = list.Next; list.Next == "" {
			return w.end()
		}
	}
}

// WriteSums writes sums as CSV.
func WriteSums(out io.Writer, sums Sums) error {
	w := newSheet(out, sumFields)
	for _, m := range sums.Months {
		w.line(m.Month, sums.Node.Name, strconv.FormatBool(m.Complete), strconv.FormatInt(m.Asked, 10), strconv.FormatInt(m.Mandated, 10),
			strconv.FormatInt(m.Clarifications, 10), strconv.FormatInt(m.Recalled, 10), decimal(m.Eligible), decimal(m.ActiveSharers),
			decimal(m.ShareRate), decimal(m.Shares), decimal(m.ProvenShares), decimal(m.PeopleReached))
	}
	return w.end()
}

// sheet is a CSV file that a spreadsheet may open without harm.
type sheet struct{ w *csv.Writer }

func newSheet(out io.Writer, fields []Field) sheet {
	s := sheet{csv.NewWriter(out)}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	_ = s.w.Write(names) // the writer keeps its first error, which Error gives
	return s
}

func (s sheet) line(cells ...string) {
	for i := range cells {
		cells[i] = report.Harmless(cells[i])
	}
	_ = s.w.Write(cells) // as above
}

func (s sheet) end() error {
	s.w.Flush()
	return s.w.Error()
}

func moment(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.Format(time.RFC3339)
}

func text[T fmt.Stringer](day *T) string {
	if day == nil {
		return ""
	}
	return (*day).String()
}

func whole(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

func decimal(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}
