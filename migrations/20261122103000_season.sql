-- +goose Up
-- What is worth what, as data. A rulebook is never changed: new rules are a new version, for a new season.
CREATE TABLE rulebook (
    version  int4 CONSTRAINT rulebook_version_pkey PRIMARY KEY,
    rules    jsonb NOT NULL,
    note     text NOT NULL,
    at       timestamptz NOT NULL
);
-- Local days of each person's agency. A closed season stands as it is.
CREATE TABLE season (
    id                int4 CONSTRAINT season_id_pkey PRIMARY KEY CONSTRAINT season_id_check CHECK (id BETWEEN 1 AND 999),
    name              text NOT NULL CONSTRAINT season_name_check CHECK (length(name) BETWEEN 1 AND 80),
    from_day          date NOT NULL,
    to_day            date, -- the last day; null: not fixed yet
    rulebook_version  int4 NOT NULL CONSTRAINT season_rulebook_version_fkey REFERENCES rulebook,
    state             text NOT NULL CONSTRAINT season_state_check CHECK (state IN ('open', 'closed')),
    CONSTRAINT season_to_day_check CHECK (to_day >= from_day AND (state = 'open' OR to_day IS NOT NULL)),
    CONSTRAINT season_from_day_excl EXCLUDE USING gist (daterange(from_day, to_day, '[]') WITH &&)
);
INSERT INTO rulebook (version, rules, note, at) VALUES (1,
    '{"people_reached": {"points": 1, "channels": ["whatsapp", "telegram", "linkedin", "email", "system", "copy"]}}',
    'Orang terjangkau bernilai satu poin, hanya lewat jaringan yang ketentuannya tidak melarang.', now());
INSERT INTO season (id, name, from_day, rulebook_version, state) VALUES (1, 'Musim pertama', '2000-01-01', 1, 'open');

-- Over which network somebody was reached: whether it is worth points depends on it.
ALTER TABLE ledger ADD COLUMN channel int2 NOT NULL DEFAULT 0; -- 0: not kept, before there were seasons

-- A season is a third kind of period: 2000000 and its number. What was counted before is in the first.
INSERT INTO score (user_id, period, agency_id, unit_id, points)
SELECT l.user_id, 2000001, at.agency_id, at.unit_id, l.points
FROM (SELECT user_id, sum(amount) AS points FROM ledger WHERE kind = 'people_reached' GROUP BY user_id) AS l
CROSS JOIN LATERAL (SELECT agency_id, unit_id FROM score WHERE score.user_id = l.user_id AND period < 1000000 ORDER BY period DESC LIMIT 1) AS at;
-- Histograms go up from the agency: the few of a unit are ranked without one, and its rows were most
-- of the table.
TRUNCATE hist, hist_hi;
INSERT INTO hist (period, scope, points, n)
SELECT s.period, scope, s.points, count(*) FROM score AS s JOIN agency AS body ON body.id = s.agency_id CROSS JOIN LATERAL unnest(body.path) AS scope
WHERE s.points > 0 GROUP BY 1, 2, 3;
INSERT INTO hist_hi (period, scope, hi, n)
SELECT period, scope, points >> 8, sum(n) FROM hist GROUP BY 1, 2, 3;

-- How many sums were compared with what they come from, and how many differed.
CREATE TABLE score_proof (
    what        text NOT NULL CONSTRAINT score_proof_what_check CHECK (what IN ('scores', 'ledger')),
    day         date NOT NULL,
    checked_at  timestamptz NOT NULL,
    sums        int4 NOT NULL,
    wrong       int4 NOT NULL,
    CONSTRAINT score_proof_what_pkey PRIMARY KEY (what, day)
);

-- The agencies below a node, without its thousands of units.
CREATE INDEX agency_path_body_idx ON agency USING gin (path) WHERE kind = 'agency';
