-- The head of a board of persons: each agency's own head by its index, merged. A rank is one more than
-- the number of persons with more.
SELECT CASE WHEN hidden THEN 0 ELSE s.user_id END AS id, s.points AS people_reached, hidden,
       CASE WHEN hidden THEN '' ELSE p.name END AS name, CASE WHEN hidden THEN '' ELSE unit.short_name END AS unit_name,
       rank() OVER (ORDER BY s.points DESC) AS rank,
       (SELECT n FROM hist WHERE period = @period AND scope = @node AND hist.points = s.points) > 1 AS tied
FROM agency AS body
CROSS JOIN LATERAL (
    SELECT score.user_id, score.points, score.unit_id
    FROM score JOIN agency AS u ON u.id = score.unit_id
    WHERE score.period = @period AND score.agency_id = body.id AND score.points > 0 AND u.path @> ARRAY[@node::int4]
    ORDER BY -score.points, score.user_id LIMIT @limit
) AS s
JOIN app_user AS p ON p.id = s.user_id
JOIN agency AS unit ON unit.id = s.unit_id
CROSS JOIN LATERAL (SELECT (p.hide_name OR NOT p.active) AND p.id <> @user AS hidden) AS h
WHERE body.id = ANY(@bodies::int4[])
ORDER BY s.points DESC, s.user_id LIMIT @limit
