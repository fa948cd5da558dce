package notice

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"gaung/internal/id"
	"gaung/internal/mail"
	"gaung/internal/seal"
)

//go:embed words
var wordFiles embed.FS

// writer turns what a person is told into a letter.
type writer struct {
	site  string // its address, without a slash at the end
	words *i18n.Bundle
	html  *template.Template
	names []byte // key of the letters' numbers
}

func newWriter(ring *seal.Ring, site string) (*writer, error) {
	w := &writer{site: site, words: i18n.NewBundle(language.Indonesian), names: ring.Derive("mail/number", 32)[0].Key}
	files, err := fs.Glob(wordFiles, "words/*.json")
	for _, name := range files {
		if err == nil {
			_, err = w.words.LoadMessageFileFS(wordFiles, name)
		}
	}
	if err == nil {
		w.html, err = mail.Paper(wordFiles, "words/letter.html")
	}
	return w, err
}

// told is one thing that a letter tells.
type told struct {
	UserID    id.User
	NoticeID  int64
	Kind      string
	ContentID id.Content
	Title     string
	StepName  string
	Final     bool
	Email     string
	Lang      string
}

// letterPage is what the HTML form of a letter shows; the plain form has the same words.
type letterPage struct {
	Lang, Subject, Intro, Open string
	Items                      []letterItem
	mail.Foot
}

type letterItem struct {
	Head, Title, Link string
	More              []string
}

// letter writes one letter about all of the items, which are of one person. Number and stop are those of
// the letter.
func (w *writer) letter(number int64, items []told, stop string) (mail.Letter, error) {
	say := phrases{i18n.NewLocalizer(w.words, items[0].Lang), nil}
	p := letterPage{Lang: items[0].Lang, Open: say.of("open"), Foot: w.foot(&say, "why_desk", "stop", stop)}
	if !slices.ContainsFunc(items, func(one told) bool { return one.Kind != recalledKind }) {
		p.Why = say.of("why_shared")
	}
	if !slices.ContainsFunc(items, func(one told) bool { return one.Kind != requestKind }) {
		p.Why = say.of("why_request")
	}
	if !slices.ContainsFunc(items, func(one told) bool { return one.Kind != raffleKind }) {
		p.Why = say.of("why_raffle")
	}
	for _, one := range items {
		p.Items = append(p.Items, w.item(&say, one))
	}
	p.Subject = p.Items[0].Head + ": " + p.Items[0].Title
	if len(items) > 1 {
		p.Subject, p.Intro = say.many("subject_many", len(items)), say.many("intro", len(items))
	}
	var html strings.Builder
	err := errors.Join(say.err, w.html.Execute(&html, p))
	return mail.Letter{To: items[0].Email, Subject: p.Subject, Text: p.plain(), HTML: html.String(), ID: w.number(number), Unsubscribe: stop}, err
}

// item tells one thing, and where to go.
func (w *writer) item(say *phrases, one told) letterItem {
	kind := one.Kind
	if kind == requestKind || kind == raffleKind {
		kind += "_" + one.StepName
	}
	made := letterItem{Head: say.of(kind), Title: mail.OneLine(one.Title), Link: fmt.Sprintf("%s/konsol/periksa/%d", w.site, one.ContentID)}
	switch {
	case one.Kind == requestKind:
		made.Title, made.Link = say.of("ask_"+one.Title), w.site+requestPath
		if one.Final {
			made.More = append(made.More, say.of("data_request_do"))
		}
	case one.Kind == raffleKind:
		made.Link = w.site + rafflePath
		made.More = append(made.More, say.of(kind+"_do"))
	case one.Kind == recalledKind:
		made.Link = fmt.Sprintf("%s/konten/%d", w.site, one.ContentID)
		made.More = append(made.More, say.of("recalled_do"))
	case one.Kind == "neutrality":
		made.More = append(made.More, say.of("neutrality_do"))
	case one.Kind == "approved" && one.Final:
		made.Head = say.of("approved_final")
	case one.StepName != "":
		made.More = append(made.More, say.with("step", map[string]any{"Step": one.StepName}))
	}
	return made
}

// settingsPath is where a person chooses how they are told.
const settingsPath = "/notifikasi"

// number names a letter for mail programs: always the same for the same letter, and nobody can count by it.
func (w *writer) number(letter int64) string { return w.name(strconv.FormatInt(letter, 10)) }

func (w *writer) name(letter string) string {
	return mail.MessageID(w.site, seal.Hash(w.names, letter))
}

// foot says why a letter came, and what its link stops.
func (w *writer) foot(say *phrases, why, stop, link string) mail.Foot {
	return mail.Foot{Why: say.of(why), Stop: say.of(stop), StopLink: link, Settings: say.of("settings"), SettingsLink: w.site + settingsPath, NoReply: say.of("no_reply")}
}

func (p letterPage) plain() string {
	var out strings.Builder
	line := func(text string) { out.WriteString(text + "\n") }
	if p.Intro != "" {
		line(p.Intro + "\n")
	}
	for _, one := range p.Items {
		line(one.Head)
		line(one.Title)
		for _, more := range one.More {
			line(more)
		}
		line(one.Link + "\n")
	}
	return out.String() + p.Foot.Plain()
}

// phrases says words in one language; a missing one is kept as an error.
type phrases struct {
	in  *i18n.Localizer
	err error
}

func (s *phrases) of(word string) string { return s.with(word, nil) }

func (s *phrases) with(word string, data map[string]any) string {
	return s.say(&i18n.LocalizeConfig{MessageID: word, TemplateData: data})
}

func (s *phrases) many(word string, n int) string {
	return s.say(&i18n.LocalizeConfig{MessageID: word, TemplateData: map[string]any{"Count": n}, PluralCount: n})
}

func (s *phrases) say(config *i18n.LocalizeConfig) string {
	text, err := s.in.Localize(config)
	s.err = errors.Join(s.err, err)
	return text
}
