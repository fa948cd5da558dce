package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	decimal "golang.org/x/text/number"

	"gaung/internal/disclosure"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/page"
	"gaung/internal/period"
)

// registerPath is where everybody reads what civil servants were asked to share.
const registerPath = "/keterbukaan"

type registerInput struct {
	ListInput
	Office   id.Agency `query:"office" minimum:"0" maximum:"2147483647" doc:"With all below it; empty: every office"`
	Month    string    `query:"month" maxLength:"7" doc:"2026-11, on the office's clock; empty: all"`
	Kind     string    `query:"kind" maxLength:"40" doc:"Of content; empty: all"`
	Mandated bool      `query:"mandated" doc:"Only what a letter asked for"`
}

func (in registerInput) query() disclosure.Query {
	return disclosure.Query{Office: in.Office, Month: in.Month, Kind: in.Kind, Mandated: in.Mandated}
}

func (s *Server) listRegister(ctx context.Context, in *registerInput) (*body[page.Page[disclosure.Entry]], error) {
	return answer(s.disclosure.Entries(ctx, in.query(), in.ask()))
}

func (s *Server) registerSums(ctx context.Context, in *struct {
	Office id.Agency `query:"office" minimum:"0" maximum:"2147483647" doc:"Empty: the highest"`
}) (*body[disclosure.Sums], error) {
	return answer(s.disclosure.Sums(ctx, in.Office))
}

// registerAsked reads a page's address. What it cannot read is as if it were not there: a form never fails.
func registerAsked(c *fiber.Ctx) (q disclosure.Query, ask page.Ask) {
	office, _ := strconv.ParseInt(c.Query("instansi"), 10, 32) // no number: every office
	q = disclosure.Query{Office: id.Agency(max(0, office)), Month: strings.Clone(c.Query("bulan")), Mandated: c.Query("mandat") != ""}
	if kind := c.Query("jenis"); contentKindName(kind) != "" {
		q.Kind = strings.Clone(kind)
	}
	return q, page.Ask{After: strings.Clone(c.Query("sesudah")), Limit: 25}
}

// registerPage is what the page shows.
type registerPage struct {
	disclosure.Sums
	Query   disclosure.Query
	Offices []disclosure.Office
	Entries []disclosure.Entry
	Kinds   []contentKind
	Next    string // address of the next page; empty: the last
	First   bool
	Files   string // what the files are asked with
	Fault   string
}

// registerSite shows the register to everybody, without JavaScript. A month or a place in the list that is none
// says so above the whole list.
func (s *Server) registerSite(c *fiber.Ctx) error {
	q, ask := registerAsked(c)
	shown, status, err := s.registerPage(c.UserContext(), q, ask)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=60")
	return s.pages.renderForm(c, status, "register", shown)
}

func (s *Server) registerPage(ctx context.Context, q disclosure.Query, ask page.Ask) (shown registerPage, status int, err error) {
	shown, status = registerPage{Query: q, Kinds: contentKinds, First: ask.After == "", Files: registerAddress(q, "")}, fiber.StatusOK
	list, err := s.disclosure.Entries(ctx, q, ask)
	if err == nil {
		shown.Sums, err = s.disclosure.Sums(ctx, q.Office)
	}
	var wrong *errs.Error
	if errors.As(err, &wrong) && (wrong.Code == errs.Invalid || wrong.Code == errs.NotFound) && (q != (disclosure.Query{}) || ask.After != "") {
		whole, _, err := s.registerPage(ctx, disclosure.Query{}, page.Ask{Limit: ask.Limit})
		whole.Fault = wrong.Message
		return whole, statusOf[wrong.Code], err
	}
	if err != nil {
		return shown, status, err
	}
	if shown.Entries = list.Items; list.Next != "" {
		shown.Next = registerPath + registerAddress(shown.Query, list.Next)
	}
	shown.Offices, err = s.disclosure.Offices(ctx)
	return shown, status, err
}

// registerAddress is the part of an address that asks for a query.
func registerAddress(q disclosure.Query, after string) string {
	values := url.Values{}
	for name, value := range map[string]string{"bulan": q.Month, "jenis": q.Kind, "sesudah": after} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if q.Office != 0 {
		values.Set("instansi", fmt.Sprint(int64(q.Office)))
	}
	if q.Mandated {
		values.Set("mandat", "1")
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

// registerFile sends the entries as open data.
func (s *Server) registerFile(c *fiber.Ctx) error {
	q, _ := registerAsked(c)
	var file bytes.Buffer
	if err := s.disclosure.WriteEntries(c.UserContext(), &file, q); err != nil {
		return err
	}
	return sendOpen(c, disclosure.EntriesFile, file.Bytes())
}

// registerSumsFile sends a node's sums as open data.
func (s *Server) registerSumsFile(c *fiber.Ctx) error {
	q, _ := registerAsked(c)
	sums, err := s.disclosure.Sums(c.UserContext(), q.Office)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := disclosure.WriteSums(&file, sums); err != nil {
		return err
	}
	return sendOpen(c, disclosure.SumsFile, file.Bytes())
}

// registerPackage describes the open data.
func (s *Server) registerPackage(c *fiber.Ctx) error {
	return c.JSON(disclosure.Describe(s.config.PublicURL + registerPath))
}

// sendOpen sends a file that other sites may read, too.
func sendOpen(c *fiber.Ctx, name string, file []byte) error {
	c.Set(fiber.HeaderContentType, csvType+"; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	return c.Send(file)
}

// contentKind is a kind of content in words.
type contentKind struct{ Key, Name string }

var contentKinds = []contentKind{{"pengumuman", "Pengumuman"}, {"infografis", "Infografis"}, {"video_pendek", "Video pendek"}, {"klarifikasi", "Klarifikasi"},
	{"carousel", "Carousel"}, {"poster", "Poster"}, {"artikel", "Artikel"}, {"siaran_pers", "Siaran pers"}}

func contentKindName(key string) string {
	for _, kind := range contentKinds {
		if kind.Key == key {
			return kind.Name
		}
	}
	return ""
}

// registerWords are what the page's template needs beside the others' words.
func registerWords() template.FuncMap {
	printer := message.NewPrinter(language.Indonesian)
	return template.FuncMap{
		"jenis": contentKindName,
		"bulan": func(month string) string {
			day, err := period.ParseDay(month + "-01")
			if err != nil {
				return month
			}
			year, of, _ := day.Date()
			return fmt.Sprintf("%s %d", period.MonthNames[of-1], year)
		},
		"tanggal": period.Day.Words,
		"angka": func(value *float64) string {
			if value == nil {
				return "–"
			}
			return printer.Sprint(decimal.Decimal(*value, decimal.MaxFractionDigits(1)))
		},
		"jumlah": func(n *int64) string { return printer.Sprint(decimal.Decimal(*n)) },
	}
}
