package media

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

// Filter narrows the list.
type Filter struct {
	Agency id.Agency // what this agency may place; 0: all that the actor sees
	Kind   string    // picture or video; empty: both
	Words  string    // each must begin a word of name, alternative text or tags
	page.Ask
}

const assetColumns = `m.id, m.agency_id, a.short_name AS agency_name, m.kind, m.state, m.reason, m.version, m.name, m.alt, m.tags, m.focus_x, m.focus_y,
	m.width, m.height, m.seconds, m.bytes, m.file, m.forms, m.crops, m.subtitles, u.name AS added_by, m.at, a.path::text AS path`

// seenSQL are the agencies whose library the actor sees: those below what they read, and those above it.
const seenSQL = `WITH seen AS MATERIALIZED (
	SELECT a.id FROM agency AS a WHERE (a.path && @roots::int4[] OR a.id IN (SELECT unnest(own.path) FROM agency AS own WHERE own.id = ANY(@roots::int4[])))
	AND (@agency::int8 = 0 OR EXISTS (SELECT FROM agency AS of_user WHERE of_user.id = @agency::int8 AND a.id = ANY(of_user.path))))`

const chosenSQL = `removed_at IS NULL AND (@before::int4 = 0 OR id < @before) AND (@kind = '' OR kind = @kind)`

// The newest are taken from each agency by its index: an office that sees few never walks over all. Words are
// looked up first, whoever's they are.
const (
	newestSQL = seenSQL + `, chosen AS (SELECT of_one.id FROM seen CROSS JOIN LATERAL
	(SELECT id FROM media WHERE agency_id = seen.id AND ` + chosenSQL + ` ORDER BY id DESC LIMIT @limit) AS of_one ORDER BY of_one.id DESC LIMIT @limit)`
	searchSQL = seenSQL + `, found AS MATERIALIZED (SELECT id, agency_id FROM media WHERE words @@ to_tsquery('simple', @words) AND ` + chosenSQL + `),
	chosen AS (SELECT id FROM found WHERE agency_id IN (SELECT id FROM seen) ORDER BY id DESC LIMIT @limit)`
	readSQL = ` SELECT ` + assetColumns + ` FROM chosen JOIN media AS m ON m.id = chosen.id JOIN agency AS a ON a.id = m.agency_id
	JOIN app_user AS u ON u.id = m.added_by ORDER BY m.id DESC`
)

// List reads the library, newest first.
func (s *Service) List(ctx context.Context, actor org.Actor, f Filter) (page.Page[Asset], error) {
	return page.Falling(f.Ask, func(a Asset) id.Media { return a.ID }, func(before id.Media, limit int) ([]Asset, error) {
		args := db.Args{"roots": actor.Roots(Readers()...), "agency": f.Agency, "before": before, "kind": f.Kind, "limit": limit}
		query := newestSQL
		if words := queryOf(f.Words); words != "" {
			query, args["words"] = searchSQL, words
		}
		rows, err := db.All[Asset](ctx, s.db, query+readSQL, args)
		for i := range rows {
			rows[i] = rows[i].completed(actor)
		}
		return rows, err
	})
}

const mostWords = 8

// queryOf turns what was typed into a search for words that begin so.
func queryOf(typed string) string {
	words := strings.FieldsFunc(strings.ToLower(typed), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	words = words[:min(len(words), mostWords)]
	for i := range words {
		words[i] += ":*"
	}
	return strings.Join(words, " & ")
}

const oneSQL = seenSQL + ` SELECT ` + assetColumns + ` FROM media AS m JOIN agency AS a ON a.id = m.agency_id JOIN app_user AS u ON u.id = m.added_by
	WHERE m.id = @id AND m.removed_at IS NULL AND m.agency_id IN (SELECT id FROM seen)`

// Get reads one asset with the contents that show it.
func (s *Service) Get(ctx context.Context, actor org.Actor, asset id.Media) (Asset, error) {
	found, err := db.Get[Asset](ctx, s.db, oneSQL, db.Args{"id": int64(asset), "roots": actor.Roots(Readers()...), "agency": 0})
	if errors.Is(err, db.ErrNoRow) {
		return found, notFound()
	}
	if err != nil {
		return found, err
	}
	uses, err := usesOf(ctx, s.db, found.shown(), actor)
	if err != nil {
		return found, err
	}
	found.Uses = []Use{}
	for _, use := range uses {
		if use.Mine {
			found.Uses = append(found.Uses, use)
		} else {
			found.Elsewhere++
		}
	}
	return found.completed(actor), nil
}

func (a Asset) completed(actor org.Actor) Asset {
	a.MayWrite = actor.Holds(a.Path, Writers()...)
	return a
}

// shown are the names by which a content shows the asset: the whole or one of its crops.
func (a Asset) shown() []string { return shownBy(a.File, a.Crops) }

func shownBy(file string, crops []Crop) []string {
	names := []string{}
	if file != "" {
		names = append(names, file)
	}
	for _, crop := range crops {
		if len(crop.Files) > 0 {
			names = append(names, crop.Files[len(crop.Files)-1].Name)
		}
	}
	return names
}

// usesSQL finds the contents whose newest or approved version shows one of the files, or a poster.
const usesSQL = `SELECT DISTINCT c.id, v.title, c.state, a.path && @roots::int4[] AS mine
FROM unnest(@names::text[]) AS wanted (name)
CROSS JOIN LATERAL (
	SELECT content_id, no FROM content_version WHERE images @> jsonb_build_array(jsonb_build_object('name', wanted.name)) AND images <> '[]'
	UNION ALL
	SELECT content_id, no FROM content_version WHERE video @> jsonb_build_object('files', jsonb_build_array(wanted.name)) AND video IS NOT NULL) AS shown
CROSS JOIN LATERAL (SELECT * FROM content WHERE id = shown.content_id OFFSET 0) AS c -- few, each by its key
JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
JOIN agency AS a ON a.id = c.agency_id
WHERE shown.no IN (c.version, c.approved_version)
ORDER BY c.id DESC`

func usesOf(ctx context.Context, c db.Conn, names []string, actor org.Actor) ([]Use, error) {
	return db.All[Use](ctx, c, usesSQL, db.Args{"names": slices.Compact(names), "roots": actor.Roots(Readers()...)})
}

// over are the states in which a content needs its files no more: its versions keep them anyway.
var over = []string{"ended", "recalled", "rejected"}
