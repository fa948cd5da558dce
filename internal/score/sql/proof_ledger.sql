-- The ledger of one local day against the raw clicks. The day is that of the agency that the unit lies in.
WITH at AS MATERIALIZED (
    SELECT unit.id, body.zone FROM agency AS unit
    CROSS JOIN LATERAL (SELECT coalesce((SELECT above.id FROM agency AS above WHERE above.id = ANY (unit.path) AND above.kind = 'agency'
                                         ORDER BY cardinality(above.path) DESC LIMIT 1), unit.id) AS id) AS of
    JOIN agency AS body ON body.id = of.id
), raw AS (
    SELECT c.user_id, c.content_id, count(*) AS people
    FROM click AS c JOIN at ON at.id = c.unit_id
    WHERE c.at >= (@day::date - 1)::timestamp AT TIME ZONE 'UTC' AND c.at < (@day::date + 1)::timestamp AT TIME ZONE 'UTC'
      AND c.verdict::int4 = 1 AND (c.at AT TIME ZONE at.zone)::date = @day::date
    GROUP BY 1, 2
), kept AS (
    SELECT user_id, content_id, sum(amount) AS people FROM ledger
    WHERE kind = 'people_reached' AND day = @day::date GROUP BY 1, 2
)
SELECT count(*) AS sums, count(*) FILTER (WHERE coalesce(kept.people, 0) <> coalesce(raw.people, 0)) AS wrong
FROM kept FULL JOIN raw ON raw.user_id = kept.user_id AND raw.content_id = kept.content_id
