package learn

import (
	"context"
	"strconv"
	"strings"
	"unicode"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
)

// GuideHit is a guide as it is found.
type GuideHit struct {
	ID         id.Guide    `json:"id"`
	Title      string      `json:"title"`
	Theme      string      `json:"theme"`
	Edition    string      `json:"edition"`
	ValidFrom  *period.Day `json:"valid_from,omitempty"`
	AgencyName string      `json:"agency_name"`
	HasFile    bool        `json:"has_file"`
	Excerpt    []Marked    `json:"excerpt" gorm:"-" nullable:"false" doc:"Where it was found"`

	Rank int    `json:"-"` // in millionths
	Text string `json:"-"`
}

// Marked is a piece of an excerpt.
type Marked struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit" doc:"This was searched for"`
}

// GuideQuery is what is searched for; empty: everything, newest first.
type GuideQuery struct {
	Words string
	Theme string
	page.Ask
}

const (
	maxWords  = 200 // characters
	mostWords = 8
)

// asked is the words as to_tsquery reads them. Only letters and digits are taken over, so nothing of it is syntax.
type asked struct {
	whole, last string
	begins      string // any word that begins like one of them
}

func asking(text string) (asked, error) {
	if n := len([]rune(text)); n > maxWords {
		return asked{}, errs.InvalidField("q", "Pencarian paling banyak %d karakter; sekarang %d.", maxWords, n)
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	words = words[:min(len(words), mostWords)]
	if len(words) == 0 {
		return asked{}, nil
	}
	last := len(words) - 1
	return asked{strings.Join(words[:last], " & "), words[last], strings.Join(words, ":* | ") + ":*"}, nil
}

// The marks lie around what was searched for; no text of a person has them.
const markOn, markOff = "\x01", "\x02"

// Each word must be there by its stem; the last may be still being typed. Best first, the newer among equals.
const searchSQL = `
WITH q AS (
    SELECT CASE WHEN @last = '' THEN NULL ELSE
        (CASE WHEN @whole = '' THEN ''::tsquery ELSE to_tsquery('pg_catalog.indonesian', search_plain(@whole)) END)
        && (to_tsquery('pg_catalog.indonesian', search_plain(@last)) || to_tsquery('pg_catalog.simple', search_plain(@last) || ':*')) END AS words,
        CASE WHEN @last = '' THEN NULL ELSE to_tsquery('pg_catalog.simple', search_plain(@begins)) END AS begins
), hit AS (
    SELECT g.id, CASE WHEN q.words IS NULL THEN 0 ELSE (ts_rank('{0.05, 0.15, 0.3, 1.0}', g.words, q.words) * 1000000)::int4 END AS rank
    FROM q, guide AS g
    WHERE g.agency_id = ANY(@path::int4[]) AND g.state = 'published' AND (@theme = '' OR g.theme = @theme)
      AND (@last = '' OR g.words @@ q.words)
), page AS (
    SELECT id, rank FROM hit WHERE @before::int4 = 0 OR (rank, id) < (@rank::int4, @before::int4) ORDER BY rank DESC, id DESC LIMIT @limit
)
SELECT g.id, g.title, g.theme, g.edition, g.valid_from, a.name AS agency_name, g.file IS NOT NULL AS has_file, page.rank,
       CASE WHEN q.words IS NULL THEN left(g.body, 200)
            WHEN strpos(stem.text, @on) > 0 THEN stem.text ELSE ts_headline('pg_catalog.simple', g.body, q.begins, @marks) END AS text
FROM page JOIN guide AS g USING (id) JOIN agency AS a ON a.id = g.agency_id CROSS JOIN q
CROSS JOIN LATERAL (SELECT ts_headline('pg_catalog.indonesian', g.body, q.words, @marks) AS text) AS stem ORDER BY page.rank DESC, g.id DESC`

// Search finds published guides that are for the actor.
func (s *Service) Search(ctx context.Context, actor org.Actor, q GuideQuery) (page.Page[GuideHit], error) {
	words, err := asking(q.Words)
	if err != nil {
		return page.Page[GuideHit]{}, err
	}
	args := db.Args{"whole": words.whole, "last": words.last, "path": actor.Path, "theme": q.Theme, "begins": words.begins, "on": markOn,
		"marks": "StartSel=" + markOn + ", StopSel=" + markOff + ", MaxWords=28, MinWords=14",
		"rank":  0, "before": 0, "limit": q.Size() + 1}
	key, more, err := q.Key(2)
	if err != nil {
		return page.Page[GuideHit]{}, err
	}
	if more {
		rank, rankErr := strconv.ParseInt(key[0], 10, 32)
		before, beforeErr := strconv.ParseInt(key[1], 10, 32)
		if rankErr != nil || beforeErr != nil || before <= 0 {
			return page.Page[GuideHit]{}, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
		}
		args["rank"], args["before"] = rank, before
	}
	rows, err := db.All[GuideHit](ctx, s.db, searchSQL, args)
	if err != nil {
		return page.Page[GuideHit]{}, err
	}
	for i := range rows {
		rows[i].Excerpt = excerpt(rows[i].Text)
	}
	return page.Of(q.Ask, rows, func(h GuideHit) []string {
		return []string{strconv.Itoa(h.Rank), strconv.FormatInt(int64(h.ID), 10)}
	}), nil
}

// plainer takes the signs of Markdown out of an excerpt: a list or a heading makes no sense in half a line.
var plainer = strings.NewReplacer("**", "", "##", "", "# ", "", "\n", " ", "`", "")

// excerpt cuts a text at its marks.
func excerpt(text string) []Marked {
	pieces := []Marked{}
	for i, piece := range strings.Split(plainer.Replace(text), markOn) {
		hit, rest, marked := strings.Cut(piece, markOff)
		if i > 0 && marked {
			pieces = append(pieces, Marked{Text: hit, Hit: true})
			piece = rest
		}
		if piece != "" {
			pieces = append(pieces, Marked{Text: piece})
		}
	}
	return pieces
}
