package share

import (
	"context"
	"strings"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Topic is a topic of the person's feed, and what they want of it.
type Topic struct {
	Name     string `json:"name"`
	Contents int    `json:"contents" doc:"Of the last 90 days that are meant for them"`
	Wish     int    `json:"wish" minimum:"-1" maximum:"1" doc:"1: more of it, -1: less, 0: as it comes"`
}

// TopicsOf reads the topics that there are for the person, and those that they wished for.
func (s *Service) TopicsOf(ctx context.Context, actor org.Actor) ([]Topic, error) {
	return db.All[Topic](ctx, s.db, `
		WITH there AS (
			SELECT v.topic, count(DISTINCT c.id) AS contents FROM content_target AS t
			JOIN content AS c ON c.id = t.content_id JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
			WHERE t.node_id = ANY ($1::int4[]) AND t.published_at > $3 AND v.topic <> '' GROUP BY v.topic
		)
		SELECT coalesce(there.topic, w.topic) AS name, coalesce(contents, 0) AS contents, coalesce(wish, 0) AS wish
		FROM there FULL JOIN (SELECT topic, wish FROM topic_wish WHERE user_id = $2) AS w ON w.topic = there.topic
		ORDER BY contents DESC, name LIMIT $4`, actor.Path, actor.User, s.db.Now().Add(-specialFor), 2*mostWishes)
}

const mostWishes = 50

// SetTopics says of which topics the person wants more or less; the others come as they come. It replaces what
// was said before.
func (s *Service) SetTopics(ctx context.Context, actor org.Actor, wishes []Topic) error {
	names, numbers := []string{}, []int16{}
	for _, w := range wishes {
		name := strings.TrimSpace(w.Name)
		switch {
		case len(names) == mostWishes:
			return errs.InvalidField("topics", "Pilih paling banyak %d topik.", mostWishes)
		case name == "" || len([]rune(name)) > 80:
			return errs.InvalidField("topics", "Nama topik terdiri atas 1 sampai 80 karakter.")
		case w.Wish != 0:
			names, numbers = append(names, name), append(numbers, int16(w.Wish))
		}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM topic_wish WHERE user_id = $1 AND topic <> ALL ($2::text[])`, actor.User, names); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `INSERT INTO topic_wish AS w (user_id, topic, wish, at) SELECT DISTINCT ON (topic) $1, topic, wish, $4::timestamptz
			FROM unnest($2::text[], $3::int2[]) AS asked (topic, wish) ORDER BY topic
			ON CONFLICT ON CONSTRAINT topic_wish_user_id_pkey DO UPDATE SET wish = excluded.wish, at = excluded.at WHERE w.wish <> excluded.wish`,
			actor.User, names, numbers, tx.Now)
		if err != nil {
			return err
		}
		return bump(ctx, tx, actor.User)
	})
}

// wishLess notes that the person wants less of a content's topic, unless they said what they want of it.
func wishLess(ctx context.Context, tx *db.Tx, person id.User, item id.Content) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO topic_wish (user_id, topic, wish, at)
		SELECT $1, v.topic, -1, $3 FROM content AS c JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
		WHERE c.id = $2 AND v.topic <> '' ON CONFLICT DO NOTHING`, person, item, tx.Now)
	return err
}
