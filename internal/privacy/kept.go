package privacy

import (
	"context"
	"fmt"
	"strings"

	"gaung/internal/db"
	"gaung/internal/org"
)

// Kept is a class of data as one person sees it.
type Kept struct {
	Key   string `json:"key"`
	What  string `json:"what"`
	Why   string `json:"why"`
	Basis string `json:"basis"`
	Until string `json:"until"`
	Rows  int    `json:"rows" doc:"Entries about the person that can be counted quickly; the copy holds all of them"`
}

// counted tells whether a table can be counted for a screen: its key begins with the person. The others are only
// read when somebody asks for a copy.
func (t Table) counted() bool {
	return (t.Person == "" || t.Person == "id") && t.Name != "click" && t.Name != "certificate_code"
}

// words are a class's in a language.
func (c Class) words(lang string) Words {
	if language(lang) == "en" {
		return c.EN
	}
	return c.ID
}

// countSQL counts the rows of each class in one question.
func countSQL(classes []Class) string {
	parts := []string{}
	for _, class := range classes {
		sums := []string{"0"}
		for _, t := range class.Tables {
			if t.counted() {
				sums = append(sums, fmt.Sprintf("(SELECT count(*) FROM %s WHERE %s = $1)", t.Name, t.column()))
			}
		}
		parts = append(parts, fmt.Sprintf("SELECT '%s' AS key, %s AS rows", class.Key, strings.Join(sums, " + ")))
	}
	return strings.Join(parts, "\nUNION ALL ")
}

// Kept tells the actor what is kept about them, why, and until when.
func (s *Service) Kept(ctx context.Context, actor org.Actor, lang string) ([]Kept, error) {
	counts, err := db.All[Kept](ctx, s.db, countSQL(Classes()), actor.User)
	if err != nil {
		return nil, err
	}
	rows := map[string]int{}
	for _, c := range counts {
		rows[c.Key] = c.Rows
	}
	kept := []Kept{}
	for _, class := range Classes() {
		w := class.words(lang)
		kept = append(kept, Kept{class.Key, w.What, w.Why, w.Basis, w.Until, rows[class.Key]})
	}
	return kept, nil
}
