// Package brand owns the brand kit of each agency (logos, colours, templates, keywords, voice, banned
// words), inherited down the tree, and the linter that tells an author what breaks it or a rule of the
// house, where, why and how to mend it.
package brand

import (
	"context"
	"io"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Kit is what one agency says about itself, or what holds for it with everything it inherits.
type Kit struct {
	Logos     []Logo     `json:"logos" maxItems:"12" nullable:"false"`
	Colors    []Color    `json:"colors" maxItems:"24" nullable:"false"`
	Templates []Template `json:"templates" maxItems:"24" nullable:"false"`
	Keywords  []Keyword  `json:"keywords" maxItems:"24" nullable:"false"`
	Voice     string     `json:"voice" doc:"How the agency speaks, in Markdown; at most 4000 characters"`
	Banned    []Banned   `json:"banned" maxItems:"300" nullable:"false"`
}

// Logo is a picture that was uploaded for the kit.
type Logo struct {
	Name string `json:"name" doc:"What it is for, e.g. Logo utama"`
	File string `json:"file" doc:"Name of an uploaded file"`
}

// Color is a colour with a name.
type Color struct {
	Name string `json:"name"`
	Hex  string `json:"hex" doc:"#RRGGBB"`
	// The contrast is told and never taken.
	OnWhite float64 `json:"on_white,omitempty" readOnly:"true" doc:"Contrast to white after WCAG 2, 1 to 21; text needs 4.5"`
	OnBlack float64 `json:"on_black,omitempty" readOnly:"true" doc:"Contrast to black"`
}

// Template is the skeleton of a text.
type Template struct {
	Name string `json:"name"`
	Text string `json:"text" doc:"With the places to fill in [brackets]; at most 2000 characters"`
}

// Keyword is a group of words or tags of which at least one should appear.
type Keyword struct {
	Name  string   `json:"name"`
	Words []string `json:"words" maxItems:"20" nullable:"false" doc:"A word, a phrase or a #tag"`
}

// Banned is a word or phrase that the agency does not use.
type Banned struct {
	Phrase   string   `json:"phrase"`
	Reason   string   `json:"reason"`
	Instead  string   `json:"instead,omitempty" doc:"What to write in its place"`
	Severity Severity `json:"severity" enum:"error,warning"`
}

// Own is what one node says itself, as it was last saved.
type Own struct {
	AgencyID id.Agency  `json:"agency_id"`
	Version  int        `json:"version" doc:"0: never saved"`
	At       *time.Time `json:"at,omitempty"`
	By       string     `json:"by,omitempty" doc:"Who saved it"`
	Kit      Kit        `json:"kit"`
}

// Origin is one thing that holds for a node, and where it comes from.
type Origin struct {
	Section  string    `json:"section" enum:"logos,colors,templates,keywords,voice,banned"`
	Key      string    `json:"key" doc:"What a node below overrides it by: its name, or its phrase in small letters"`
	AgencyID id.Agency `json:"agency_id"`
	Agency   string    `json:"agency" doc:"Short name of the node that says it"`
	Instead  string    `json:"overrides,omitempty" doc:"Short name of the node above whose item it stands for"`
}

// Effective is what holds for a node: its own and what it inherits.
type Effective struct {
	AgencyID id.Agency `json:"agency_id"`
	Agency   string    `json:"agency"`
	MayEdit  bool      `json:"may_edit"`
	Own      Own       `json:"own"`
	Kit      Kit       `json:"kit" doc:"Own and inherited together"`
	Origins  []Origin  `json:"origins" nullable:"false" doc:"Where each item of the kit comes from"`
}

// Files is where the logos are kept.
type Files interface {
	Put(ctx context.Context, name string, body io.Reader, size int64) error
	Open(ctx context.Context, name string) (io.ReadCloser, error)
}

// Service reads and changes kits.
type Service struct {
	db    *db.DB
	files Files
}

// New makes the service.
func New(d *db.DB, files Files) *Service { return &Service{d, files} }

// Readers are the roles that read the kits of their subtree: those who read its contents.
func Readers() []org.Role {
	return []org.Role{org.Author, org.Approver, org.Publisher, org.Auditor, org.Admin}
}

// Writers are the roles that change the kits of their subtree: the head of public relations, whose work
// it is, and the administrator, who sets an agency up before there is one.
func Writers() []org.Role { return []org.Role{org.Publisher, org.Admin} }
