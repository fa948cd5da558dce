-- The person and the neighbours on both sides, each with the exact rank out of the histograms.
WITH me AS (
    SELECT user_id, points FROM score WHERE user_id = @user AND period = @period AND points > 0
), near AS (
    SELECT s.* FROM me CROSS JOIN LATERAL (
        (SELECT score.user_id, score.points, score.unit_id
         FROM score JOIN agency AS u ON u.id = score.unit_id
         WHERE score.period = @period AND score.agency_id = ANY(@bodies::int4[]) AND u.path @> ARRAY[@node::int4]
           AND (-score.points, score.user_id) < (-me.points, me.user_id)
         ORDER BY -score.points DESC, score.user_id DESC LIMIT @reach)
        UNION ALL
        (SELECT score.user_id, score.points, score.unit_id
         FROM score JOIN agency AS u ON u.id = score.unit_id
         WHERE score.period = @period AND score.agency_id = ANY(@bodies::int4[]) AND u.path @> ARRAY[@node::int4]
           AND (-score.points, score.user_id) >= (-me.points, me.user_id) AND score.points > 0
         ORDER BY -score.points, score.user_id LIMIT @reach + 1)
    ) AS s
)
SELECT CASE WHEN hidden THEN 0 ELSE near.user_id END AS id, near.points AS people_reached, hidden,
       CASE WHEN hidden THEN '' ELSE p.name END AS name, CASE WHEN hidden THEN '' ELSE unit.short_name END AS unit_name,
       1 + coalesce((SELECT sum(n) FROM hist_hi WHERE period = @period AND scope = @node AND hi > near.points >> 8), 0)
         + coalesce((SELECT sum(n) FROM hist WHERE period = @period AND scope = @node
                     AND points > near.points AND points < ((near.points >> 8) + 1) << 8), 0) AS rank,
       (SELECT n FROM hist WHERE period = @period AND scope = @node AND hist.points = near.points) > 1 AS tied
FROM near
JOIN app_user AS p ON p.id = near.user_id
JOIN agency AS unit ON unit.id = near.unit_id
CROSS JOIN LATERAL (SELECT (p.hide_name OR NOT p.active) AND p.id <> @user AS hidden) AS h
ORDER BY near.points DESC, near.user_id
