package mail

import (
	_ "embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"net/url"
	"strings"
)

//go:embed paper.html
var paper string

// Foot is what stands below the words of every letter: why it came, and how no more do.
type Foot struct {
	Why, Stop, StopLink, Settings, SettingsLink, NoReply string // without a StopLink there is nothing to stop
}

// Paper is the HTML form of a letter. A file defines its "words"; what is around them is the same for all letters and
// needs Lang, Subject and a Foot.
func Paper(files fs.FS, words string) (*template.Template, error) {
	form, err := template.New("paper").Parse(paper)
	if err != nil {
		return nil, err
	}
	return form.ParseFS(files, words)
}

// Plain is the foot of the plain form.
func (f Foot) Plain() string {
	var out strings.Builder
	out.WriteString("--\n" + f.Why + "\n")
	if f.StopLink != "" {
		out.WriteString(f.Stop + ": " + f.StopLink + "\n")
	}
	out.WriteString(f.Settings + ": " + f.SettingsLink + "\n" + f.NoReply + "\n")
	return out.String()
}

// MessageID names a letter of a site for mail programs, by a keyed hash of what it is: always the same for the same
// letter, and nobody can count by it.
func MessageID(site string, hash []byte) string {
	host := "localhost"
	if u, err := url.Parse(site); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return hex.EncodeToString(hash[:16]) + "@" + host
}

// OneLine keeps a name from beginning another line of a letter, or another of its headers.
func OneLine(name string) string { return strings.Join(strings.Fields(name), " ") }
