-- The scores as the ledger tells them ({told}). Who has one keeps the place that it was kept under; who
-- has none gets the one of the period's last day, or of today.
WITH told AS MATERIALIZED ({told}
), gone AS (
    DELETE FROM score AS s
    WHERE NOT EXISTS (SELECT FROM told WHERE told.user_id = s.user_id AND told.period = s.period)
      AND NOT EXISTS (SELECT FROM season WHERE season.state IN ('closing', 'closed') AND 2000000 + season.id = s.period)
), changed AS (
    UPDATE score AS s SET points = told.points FROM told
    WHERE told.user_id = s.user_id AND told.period = s.period AND s.points <> told.points
)
INSERT INTO score (user_id, period, agency_id, unit_id, points)
SELECT told.user_id, told.period, coalesce(at.agency_id, 0) * side, coalesce(at.unit_id, 0) * side, told.points
FROM told
CROSS JOIN LATERAL (SELECT CASE
    WHEN told.period > 3000000 THEN (SELECT to_day FROM campaign WHERE campaign.id = told.period - 3000000)
    WHEN told.period > 2000000 THEN (SELECT coalesce(to_day, @today::date) FROM season WHERE season.id = told.period - 2000000)
    WHEN told.period > 1000000 THEN to_date((told.period - 1000000)::text, 'IYYYIW') + 6
    ELSE (to_date(told.period::text, 'YYYYMM') + interval '1 month')::date - 1 END AS day) AS last
LEFT JOIN LATERAL (
    SELECT p.agency_id, p.unit_id FROM placement AS p JOIN app_user AS u ON u.id = p.user_id
    WHERE p.user_id = told.user_id AND p.from_day <= least(last.day, @today::date) AND (p.until_day IS NULL OR p.until_day > least(last.day, @today::date))
      AND (u.active OR last.day < @today::date)
) AS at ON true
CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (SELECT FROM executive AS e WHERE e.user_id = told.user_id) THEN -1 ELSE 1 END AS side) AS s
WHERE NOT EXISTS (SELECT FROM score AS s WHERE s.user_id = told.user_id AND s.period = told.period)
