-- Where the persons of one agency stand when a season closes, on every node from the root down to their unit:
-- from the agency upwards by the histograms, which were just counted anew, below it among themselves.
WITH here AS MATERIALIZED (
    SELECT user_id, unit_id, points FROM score WHERE period = @period AND agency_id = @agency
), stands AS MATERIALIZED (
    SELECT abs(h.scope) AS scope, h.points, h.n, 1 + sum(h.n) OVER (PARTITION BY h.scope ORDER BY h.points DESC) - h.n AS rank
    FROM agency AS body CROSS JOIN LATERAL unnest(body.path) AS above
    JOIN hist AS h ON h.period = @period AND h.scope = above * sign(@agency::int4)::int4 AND h.n > 0
    WHERE body.id = abs(@agency::int4)
), placed AS (
    SELECT here.user_id, here.points, p.scope, p.ord, rank() OVER (PARTITION BY p.scope ORDER BY here.points DESC) AS rank,
           count(*) OVER (PARTITION BY p.scope, here.points) AS n
    FROM here JOIN agency AS unit ON unit.id = abs(here.unit_id) CROSS JOIN LATERAL unnest(unit.path) WITH ORDINALITY AS p (scope, ord)
    WHERE here.points > 0
), ranked AS (
    SELECT placed.user_id, array_agg(coalesce(stands.rank, placed.rank)::int4 ORDER BY placed.ord) AS ranks,
           array_agg(coalesce(stands.n, placed.n) > 1 ORDER BY placed.ord) AS tied
    FROM placed LEFT JOIN stands ON stands.scope = placed.scope AND stands.points = placed.points
    GROUP BY placed.user_id
)
SELECT here.user_id, here.unit_id, here.points, coalesce(ranked.ranks, '{}') AS ranks, coalesce(ranked.tied, '{}') AS tied
FROM here LEFT JOIN ranked USING (user_id)
WHERE NOT EXISTS (SELECT FROM season_final AS f WHERE f.user_id = here.user_id AND f.season_id = @season) -- written by a run that was cut off
ORDER BY here.user_id
