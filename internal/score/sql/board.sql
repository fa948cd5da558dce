-- A board of persons in one statement: its head, and the person with the neighbours on both sides. Each
-- body (agency) gives its own by its index, and they are merged; {of} ties a score to the body. Nobody
-- below the last points of the head is looked at: the histogram knows them. A rank is one more than the
-- number of persons with more: out of the two histograms for the first of the neighbours, and from there
-- on by the few counts between. Executives (@side −1) are kept under negative numbers: @scope and @bodies are.
WITH least AS MATERIALIZED (
    SELECT coalesce((SELECT points FROM (
        SELECT points, sum(n) OVER (ORDER BY points DESC) AS persons
        FROM (SELECT points, n FROM hist WHERE period = @period AND scope = @scope AND n > 0 ORDER BY points DESC LIMIT @limit) AS best) AS down
        WHERE persons >= @limit ORDER BY points DESC LIMIT 1), 1) AS points
), me AS MATERIALIZED (
    SELECT user_id, points FROM score WHERE user_id = @user AND period = @period AND points > 0 AND sign(unit_id) = @side AND @mine
), near AS MATERIALIZED (
    (SELECT true AS head, s.* FROM least CROSS JOIN unnest(@bodies::int4[]) AS body (id) CROSS JOIN LATERAL (
        SELECT score.user_id, score.points, score.unit_id FROM score
        WHERE score.period = @period AND -score.points <= -least.points {of}
        ORDER BY -score.points, score.user_id LIMIT @limit
    ) AS s ORDER BY -s.points, s.user_id LIMIT @limit)
    UNION ALL
    (SELECT false, s.* FROM me CROSS JOIN unnest(@bodies::int4[]) AS body (id) CROSS JOIN LATERAL (
        SELECT score.user_id, score.points, score.unit_id FROM score
        WHERE score.period = @period AND (-score.points, score.user_id) < (-me.points, me.user_id) {of}
        ORDER BY -score.points DESC, score.user_id DESC LIMIT @reach
    ) AS s ORDER BY -s.points DESC, s.user_id DESC LIMIT @reach)
    UNION ALL
    (SELECT false, s.* FROM me CROSS JOIN unnest(@bodies::int4[]) AS body (id) CROSS JOIN LATERAL (
        SELECT score.user_id, score.points, score.unit_id FROM score
        WHERE score.period = @period AND (-score.points, score.user_id) >= (-me.points, me.user_id) AND -score.points < 0 {of}
        ORDER BY -score.points, score.user_id LIMIT @reach + 1
    ) AS s ORDER BY -s.points, s.user_id LIMIT @reach + 1)
), top AS MATERIALIZED (
    SELECT points, 1 + coalesce((SELECT sum(n) FROM hist_hi WHERE period = @period AND scope = @scope AND hi > best.points >> 8), 0)
                     + coalesce((SELECT sum(n) FROM hist WHERE period = @period AND scope = @scope
                                 AND points > best.points AND points < ((best.points >> 8) + 1) << 8), 0) AS rank
    FROM (SELECT max(points) AS points FROM near WHERE NOT head) AS best
)
SELECT near.head, CASE WHEN hidden THEN 0 ELSE near.user_id END AS id, near.points AS people_reached, hidden,
       CASE WHEN hidden THEN '' ELSE p.name END AS name,
       CASE WHEN hidden THEN '' ELSE (SELECT short_name FROM agency AS unit WHERE unit.id = abs(near.unit_id)) END AS unit_name,
       CASE WHEN near.head THEN rank() OVER (PARTITION BY near.head ORDER BY near.points DESC) ELSE
           top.rank + coalesce((SELECT sum(n) FROM hist WHERE period = @period AND scope = @scope
                                AND points > near.points AND points <= top.points), 0) END AS rank,
       (SELECT n FROM hist WHERE period = @period AND scope = @scope AND hist.points = near.points) > 1 AS tied
FROM near
CROSS JOIN top
JOIN app_user AS p ON p.id = near.user_id
CROSS JOIN LATERAL (SELECT (p.hide_name OR NOT p.active) AND p.id <> @user AS hidden) AS h
ORDER BY near.head DESC, near.points DESC, near.user_id
