-- Moves the running scores of those who work elsewhere today, or nowhere, or became executives or are none any
-- more, and the histograms with them.
-- Rows are taken in key order, so that this and a batch of clicks cannot wait for each other in a circle.
WITH here AS MATERIALIZED (
    SELECT p.user_id, p.unit_id * side AS unit_id, p.agency_id * side AS agency_id FROM placement AS p
    LEFT JOIN (SELECT DISTINCT user_id FROM executive) AS e ON e.user_id = p.user_id
    CROSS JOIN LATERAL (SELECT CASE WHEN e.user_id IS NULL THEN 1 ELSE -1 END AS side) AS s
    JOIN agency AS a ON a.id = p.agency_id JOIN app_user AS u ON u.id = p.user_id AND u.active
    WHERE p.from_day <= (@now::timestamptz AT TIME ZONE a.zone)::date
      AND (p.until_day IS NULL OR p.until_day > (@now::timestamptz AT TIME ZONE a.zone)::date)
), due AS MATERIALIZED (
    SELECT s.user_id, s.period, s.points, s.agency_id AS left_agency,
           coalesce(here.unit_id, 0) AS unit_id, coalesce(here.agency_id, 0) AS agency_id
    FROM score AS s LEFT JOIN here ON here.user_id = s.user_id
    WHERE s.period = ANY (@periods::int4[]) AND (s.unit_id, s.agency_id) <> (coalesce(here.unit_id, 0), coalesce(here.agency_id, 0))
    ORDER BY s.user_id, s.period FOR UPDATE OF s
), moved AS (
    UPDATE score SET unit_id = due.unit_id, agency_id = due.agency_id FROM due
    WHERE score.user_id = due.user_id AND score.period = due.period
), step AS (
    SELECT due.period, scope * sign(due.agency_id)::int4 AS scope, due.points, 1 AS n FROM due JOIN agency AS body ON body.id = abs(due.agency_id)
    CROSS JOIN LATERAL unnest(body.path) AS scope WHERE due.points > 0
    UNION ALL
    SELECT due.period, scope * sign(due.left_agency)::int4, due.points, -1 FROM due JOIN agency AS body ON body.id = abs(due.left_agency)
    CROSS JOIN LATERAL unnest(body.path) AS scope WHERE due.points > 0
), low AS (
    INSERT INTO hist AS h (period, scope, points, n)
    SELECT period, scope, points, sum(n) FROM step GROUP BY period, scope, points HAVING sum(n) <> 0
    ORDER BY period, scope, points
    ON CONFLICT ON CONSTRAINT hist_period_pkey DO UPDATE SET n = h.n + excluded.n
)
INSERT INTO hist_hi AS h (period, scope, hi, n)
SELECT period, scope, points >> 8, sum(n) FROM step GROUP BY period, scope, points >> 8 HAVING sum(n) <> 0
ORDER BY period, scope, points >> 8
ON CONFLICT ON CONSTRAINT hist_hi_period_pkey DO UPDATE SET n = h.n + excluded.n
