-- A board of the persons of a unit. They are few, so they are simply ranked, and no histogram is kept for
-- units. Whoever is kept under a unit was placed there once.
WITH everyone AS MATERIALIZED (
    SELECT s.user_id, s.points, s.unit_id, rank() OVER (ORDER BY s.points DESC) AS rank,
           row_number() OVER (ORDER BY s.points DESC, s.user_id) AS place, count(*) OVER (PARTITION BY s.points) > 1 AS tied
    FROM (SELECT DISTINCT user_id FROM placement WHERE unit_id = ANY (@units::int4[])) AS here
    JOIN score AS s ON s.user_id = here.user_id AND s.period = @period
    WHERE s.unit_id = ANY (@units::int4[]) AND s.points > 0
), me AS (
    SELECT place FROM everyone WHERE user_id = @user AND @mine
), near AS (
    SELECT true AS head, everyone.* FROM everyone WHERE place <= @limit
    UNION ALL
    SELECT false, everyone.* FROM everyone JOIN me ON everyone.place BETWEEN me.place - @reach AND me.place + @reach
)
SELECT near.head, CASE WHEN hidden THEN 0 ELSE near.user_id END AS id, near.points AS people_reached, hidden,
       CASE WHEN hidden THEN '' ELSE p.name END AS name,
       CASE WHEN hidden THEN '' ELSE (SELECT short_name FROM agency AS unit WHERE unit.id = near.unit_id) END AS unit_name,
       near.rank, near.tied
FROM near
JOIN app_user AS p ON p.id = near.user_id
CROSS JOIN LATERAL (SELECT (p.hide_name OR NOT p.active) AND p.id <> @user AS hidden) AS h
ORDER BY near.head DESC, near.points DESC, near.user_id
