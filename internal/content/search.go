package content

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
)

// Bounds of a question.
const (
	maxSearch      = 200 // characters
	maxSearchWords = 8
	// deepest is how many of the newest matches are ranked, once by title and once by the whole text. A word
	// that half of all texts hold is no question of rank.
	deepest = 200
)

// saveSearch writes what is searched of an item's newest version, in the transaction that wrote it.
func saveSearch(ctx context.Context, tx *db.Tx, content id.Content) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO content_search (content_id, agency_id, kind, pillar, topic, title, words)
		SELECT c.id, c.agency_id, v.kind, v.pillar, v.topic, search_title(v.title), search_words(v.title, v.summary, v.body, v.captions, v.hashtags)
		FROM content AS c JOIN content_version AS v ON v.content_id = c.id
		WHERE c.id = $1 ORDER BY v.no DESC LIMIT 1
		ON CONFLICT (content_id) DO UPDATE SET kind = excluded.kind, pillar = excluded.pillar, topic = excluded.topic, title = excluded.title, words = excluded.words`, content)
	return err
}

// question is the words of a search: each must be there, by its stem; the last one may be still being typed.
type question struct {
	whole string // all words but the last, as to_tsquery reads them; may be empty
	last  string
}

// tooCommon are words that are in almost every text: beside others they say nothing.
var tooCommon = map[string]bool{"yang": true, "dan": true, "di": true, "ke": true, "dari": true, "untuk": true, "dengan": true, "pada": true,
	"ini": true, "itu": true, "atau": true, "dalam": true, "oleh": true, "akan": true, "the": true, "of": true}

// asking reads what was typed. Only letters and digits are taken over, so nothing of it is syntax.
func asking(text string) (question, error) {
	if n := len([]rune(text)); n > maxSearch {
		return question{}, errs.InvalidField("q", "Pencarian paling banyak %d karakter; sekarang %d.", maxSearch, n)
	}
	all := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	var words []string
	for i, word := range all {
		if i == len(all)-1 || !tooCommon[word] {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return question{}, errs.InvalidField("q", "Ketik sedikitnya satu kata untuk mencari.")
	}
	words = words[:min(len(words), maxSearchWords)]
	last := len(words) - 1
	return question{strings.Join(words[:last], " & "), words[last]}, nil
}

// query is the question as SQL. The last word is found by its stem and as the beginning of a word.
func (q question) query(args db.Args) string {
	args["last"] = q.last
	sql := `(to_tsquery('pg_catalog.indonesian', search_plain(@last)) || to_tsquery('pg_catalog.simple', search_plain(@last) || ':*'))`
	if q.whole != "" {
		args["whole"] = q.whole
		sql = `(to_tsquery('pg_catalog.indonesian', search_plain(@whole)) && ` + sql + `)`
	}
	return sql
}

type hit struct {
	ID   id.Content
	Rank int // in millionths
}

// rankedSQL ranks the newest items with the words in their title and the newest with the words anywhere.
func rankedSQL(narrowed, query string) string {
	return `WITH hit AS MATERIALIZED (
		(SELECT c.id ` + narrowed + ` AND f.title @@ ` + query + ` ORDER BY c.id DESC LIMIT @deepest)
		UNION (SELECT c.id ` + narrowed + ` AND f.words @@ ` + query + ` ORDER BY c.id DESC LIMIT @deepest)
	), ranked AS (
		SELECT hit.id, (ts_rank('{0.05, 0.15, 0.3, 1.0}', s.words, ` + query + `) * 1000000)::int4 AS rank
		FROM hit JOIN content_search AS s ON s.content_id = hit.id
	)
	SELECT id, rank FROM ranked WHERE @before::int4 = 0 OR (rank, id) < (@rank::int4, @before::int4) ORDER BY rank DESC, id DESC LIMIT @limit`
}

// found lists what was searched for, the best first, the newer first among equals.
func (s *Service) found(ctx context.Context, actor org.Actor, f Filter) (page.Page[Content], error) {
	asked, err := asking(f.Search)
	if err != nil {
		return page.Page[Content]{}, err
	}
	narrowed, args, err := s.narrowed(ctx, actor, f)
	if err != nil {
		return page.Page[Content]{}, err
	}
	args["deepest"], args["rank"], args["before"], args["limit"] = deepest, 0, 0, f.Size()+1
	if err := f.after(args); err != nil {
		return page.Page[Content]{}, err
	}
	hits, err := s.hits(ctx, rankedSQL(narrowed, asked.query(args)), args)
	if err != nil {
		return page.Page[Content]{}, err
	}
	cut := page.Of(f.Ask, hits, func(h hit) []string {
		return []string{strconv.Itoa(h.Rank), strconv.FormatInt(int64(h.ID), 10)}
	})
	ids := make([]id.Content, len(cut.Items))
	for i, one := range cut.Items {
		ids[i] = one.ID
	}
	args = s.scope(actor)
	args["ids"] = ids
	rows, err := s.queueOf(ctx, actor, visibleSQL+` AND c.id = ANY(@ids::int4[])`, ` ORDER BY array_position(@ids::int4[], c.id)`, args)
	return page.Page[Content]{Items: rows, Next: cut.Next}, err
}

func (s *Service) hits(ctx context.Context, query string, args db.Args) (found []hit, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `SET LOCAL jit = off`); err != nil {
			return err
		}
		found, err = db.All[hit](ctx, tx, query, db.PlanAnew, args)
		return err
	})
	return found, err
}

// after puts the last hit of the page before into the arguments.
func (f Filter) after(args db.Args) error {
	key, more, err := f.Key(2)
	if err != nil || !more {
		return err
	}
	rank, wrong := strconv.Atoi(key[0])
	before, ok := id.Parse[id.Content](key[1])
	if wrong != nil || !ok {
		return errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
	}
	args["rank"], args["before"] = rank, int64(before)
	return nil
}
