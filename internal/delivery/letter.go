package delivery

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gaung/internal/mail"
	"gaung/internal/period"
	"gaung/internal/report"
	"gaung/internal/seal"
)

//go:embed words/letter.html
var letterFile embed.FS

// writer turns a report into a letter.
type writer struct {
	site  string // its address, without a slash at the end
	html  *template.Template
	names []byte // key of the letters' numbers
}

func newWriter(ring *seal.Ring, site string) (*writer, error) {
	html, err := mail.Paper(letterFile, "words/letter.html")
	return &writer{site: site, html: html, names: ring.Derive("report-mail/number", 32)[0].Key}, err
}

// settingsPath is where a person manages what comes to them.
const settingsPath = "/laporan/langganan"

// sheet is what a letter shows; the plain form has the same words.
type sheet struct {
	Lang, Subject, Greeting, Lead, Story, Counted, Files string
	Open, Link                                           string // empty: there is nothing to open
	mail.Foot
}

// report writes the letter of a period. Its link says which report, never who reads it.
func (w *writer) report(one due, made report.Report, stop string, heavy int) (mail.Letter, error) {
	say := wordsOf(one.Lang)
	span := report.Dates(made.From, made.To).In(one.Lang)
	link := url.Values{"agency": {strconv.FormatInt(int64(one.NodeID), 10)}, "from": {made.From.String()}, "to": {made.To.String()}}
	files, size, err := attachments(one.ReportWish, made)
	if err != nil {
		return mail.Letter{}, err
	}
	p := sheet{Lang: one.Lang, Greeting: say.greeting, Lead: fmt.Sprintf(say.lead[one.Pace], mail.OneLine(one.Name), span, period.Label(one.Zone)),
		Subject: fmt.Sprintf(say.subject, mail.OneLine(cmp.Or(one.ShortName, one.Name)), span), Story: made.Story.In(one.Lang), Counted: fmt.Sprintf(say.counted, moment(made, one)),
		Open: say.open, Link: w.site + "/laporan/?" + link.Encode(), Foot: mail.Foot{Stop: say.stop, StopLink: stop}}
	letter := mail.Letter{At: made.GeneratedAt, Unsubscribe: stop, Files: files}
	name := fmt.Sprintf("%d/%d/%s/%s", one.UserID, one.ID, one.Pace, one.period)
	if !one.sample.IsZero() {
		p.Subject = say.sample + p.Subject
		name += "/" + one.sample.Format(time.RFC3339Nano)
	}
	switch {
	case size > heavy:
		letter.Files, p.Files = nil, fmt.Sprintf(say.tooLarge, heavy>>20)
	case one.PDF && one.XLSX:
		p.Files = say.both
	case one.PDF:
		p.Files = say.pdf
	case one.XLSX:
		p.Files = say.xlsx
	}
	return w.finish(letter, p, say, one, name)
}

// farewell says that a subscription has ended, without any figure: its reader may not see them any more.
func (w *writer) farewell(one due, now time.Time) (mail.Letter, error) {
	say := wordsOf(one.Lang)
	p := sheet{Lang: one.Lang, Subject: fmt.Sprintf(say.endSubject, mail.OneLine(cmp.Or(one.ShortName, one.Name))), Greeting: say.greeting,
		Lead: fmt.Sprintf(say.end[one.Pace], mail.OneLine(one.Name))}
	return w.finish(mail.Letter{At: now}, p, say, one, fmt.Sprintf("%d/%d/ended/%s", one.UserID, one.ID, one.ThroughDay))
}

func (w *writer) finish(letter mail.Letter, p sheet, say words, one due, name string) (mail.Letter, error) {
	p.Why, p.Settings, p.SettingsLink, p.NoReply = say.why, say.settings, w.site+settingsPath, say.noReply
	var html strings.Builder
	err := w.html.Execute(&html, p)
	letter.To, letter.Subject, letter.Text, letter.HTML, letter.ID = one.Email, p.Subject, p.plain(), html.String(), mail.MessageID(w.site, seal.Hash(w.names, name))
	return letter, err
}

func (p sheet) plain() string {
	var out strings.Builder
	for _, part := range []string{p.Greeting, p.Lead, p.Story, p.Counted, p.Files} {
		if part != "" {
			out.WriteString(part + "\n\n")
		}
	}
	if p.Link != "" {
		out.WriteString(p.Open + ": " + p.Link + "\n\n")
	}
	return out.String() + p.Foot.Plain()
}

// attachments are the files of a report, as they are downloaded, and how large they are together.
func attachments(wish ReportWish, made report.Report) (files []mail.File, size int, err error) {
	for _, form := range []struct {
		wanted          bool
		ending, content string
		write           func(io.Writer, report.Report) error
	}{
		{wish.PDF, "pdf", "application/pdf", report.WritePDF},
		{wish.XLSX, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report.WriteXLSX},
	} {
		if !form.wanted {
			continue
		}
		var body bytes.Buffer
		if err := form.write(&body, made); err != nil {
			return nil, 0, err
		}
		size += body.Len()
		files = append(files, mail.File{Name: fmt.Sprintf("gaung-%d-%s-%s.%s", made.Agency.ID, made.From, made.To, form.ending), MediaType: form.content, Body: body.Bytes()})
	}
	return files, size, nil
}

// moment is when a report was counted, on its node's clock.
func moment(made report.Report, one due) string {
	zone := period.MustZone(one.Zone)
	local, day := made.GeneratedAt.In(zone), period.LocalDay(made.GeneratedAt, zone)
	clock := local.Format("15.04")
	if one.Lang == "en" {
		clock = local.Format("15:04")
	}
	return fmt.Sprintf(wordsOf(one.Lang).at, report.Dates(day, day).In(one.Lang), clock, period.Label(one.Zone))
}
