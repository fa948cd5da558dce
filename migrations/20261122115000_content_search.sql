-- +goose Up
-- What of an item is searched: its newest version, written in the transaction that writes the version.
-- A text without case and accents.
CREATE FUNCTION search_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN regexp_replace(normalize(lower(said), NFD), U&'[\0300-\036F]', '', 'g');

-- The elements of a list of texts, or of objects that have a text, as one text.
CREATE FUNCTION search_joined(list jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN (SELECT coalesce(string_agg(coalesce(one->>'text', one #>> '{}'), ' . '), '') FROM jsonb_array_elements(list) AS one);

-- A title by the stems of its words and by the words as they are written: the second is for who is still typing.
CREATE FUNCTION search_title(title text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN to_tsvector('pg_catalog.indonesian', search_plain(title)) || to_tsvector('pg_catalog.simple', search_plain(title));

-- Everything: the title weighs most, then summary and hashtags (whole, and by their words), captions, and the body.
CREATE FUNCTION search_words(title text, summary text, body text, captions jsonb, hashtags jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN setweight(search_title(title), 'A')
        || setweight(search_title(summary || ' . ' || search_joined(hashtags) || ' . ' || regexp_replace(search_joined(hashtags), '([a-z0-9])([A-Z])', '\1 \2', 'g')), 'B')
        || setweight(to_tsvector('pg_catalog.indonesian', search_plain(search_joined(captions))), 'C')
        || setweight(to_tsvector('pg_catalog.indonesian', search_plain(body)), 'D');

CREATE TABLE content_search (
    content_id  int4 CONSTRAINT content_search_content_id_pkey PRIMARY KEY CONSTRAINT content_search_content_id_fkey REFERENCES content,
    agency_id   int4 NOT NULL CONSTRAINT content_search_agency_id_fkey REFERENCES agency, -- as of the content: it never changes
    kind        text NOT NULL,
    pillar      text NOT NULL,
    topic       text NOT NULL,
    title       tsvector NOT NULL,
    words       tsvector NOT NULL
) WITH (toast_tuple_target = 128); -- the words lie apart, the title in the row: most questions only walk the rows
ALTER TABLE content_search ALTER COLUMN words SET STORAGE EXTERNAL;
ALTER TABLE content_search ALTER COLUMN title SET STORAGE PLAIN;

INSERT INTO content_search (content_id, agency_id, kind, pillar, topic, title, words)
SELECT c.id, c.agency_id, v.kind, v.pillar, v.topic, search_title(v.title), search_words(v.title, v.summary, v.body, v.captions, v.hashtags)
FROM content AS c JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version;

CREATE INDEX content_search_agency_id_idx ON content_search (agency_id, content_id DESC);
CREATE INDEX content_search_title_idx ON content_search USING gin (title) WITH (fastupdate = off);
CREATE INDEX content_search_words_idx ON content_search USING gin (words) WITH (fastupdate = off);
CREATE INDEX content_author_id_idx ON content (author_id, id DESC);
ANALYZE content_search;
