-- The scores of one campaign as the ledger tells them. Who has one keeps the place that it was kept under; who
-- has none gets the one of the campaign's last day, or of today.
WITH days AS (
    SELECT from_day, to_day, least(to_day, @today::date) AS last FROM campaign WHERE id = @campaign
), told AS MATERIALIZED (
    SELECT l.user_id, sum(l.amount) AS points
    FROM days JOIN ledger AS l ON l.day BETWEEN days.from_day AND days.to_day AND l.kind = 'people_reached'
    WHERE l.content_id IN (SELECT content_id FROM campaign_content WHERE campaign_id = @campaign)
    GROUP BY l.user_id HAVING sum(l.amount) >= 0
), gone AS (
    DELETE FROM score AS s WHERE s.period = @period AND NOT EXISTS (SELECT FROM told WHERE told.user_id = s.user_id)
), changed AS (
    UPDATE score AS s SET points = told.points FROM told
    WHERE s.period = @period AND told.user_id = s.user_id AND s.points <> told.points
)
INSERT INTO score (user_id, period, agency_id, unit_id, points)
SELECT told.user_id, @period, coalesce(at.agency_id, 0) * side, coalesce(at.unit_id, 0) * side, told.points
FROM told CROSS JOIN days
LEFT JOIN LATERAL (
    SELECT p.agency_id, p.unit_id FROM placement AS p JOIN app_user AS u ON u.id = p.user_id
    WHERE p.user_id = told.user_id AND p.from_day <= days.last AND (p.until_day IS NULL OR p.until_day > days.last)
      AND (u.active OR days.last < @today::date)
) AS at ON true
CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (SELECT FROM executive AS e WHERE e.user_id = told.user_id) THEN -1 ELSE 1 END AS side) AS s
WHERE NOT EXISTS (SELECT FROM score AS s WHERE s.user_id = told.user_id AND s.period = @period)
