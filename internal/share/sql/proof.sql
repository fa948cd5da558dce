-- The sums of acts against the acts. A sum of nothing may have a row or none.
WITH kept AS (
    SELECT 'month' AS what, r.unit_id AS a, r.network::int4 AS b, r.month AS day, one.what AS c, one.n
    FROM rollup_unit_act_month AS r CROSS JOIN LATERAL (VALUES
        ('share A', share_a), ('share B', share_b), ('share C', share_c), ('share D', share_d),
        ('like A', like_a), ('like B', like_b), ('like C', like_c), ('like D', like_d)) AS one (what, n)
    UNION ALL
    SELECT 'user', r.user_id, r.unit_id, r.month, one.what, one.n
    FROM rollup_user_act_month AS r CROSS JOIN LATERAL (VALUES
        ('share', shares - proven_shares), ('proven share', proven_shares), ('like', likes - proven_likes), ('proven like', proven_likes)) AS one (what, n)
    UNION ALL SELECT 'day', unit_id, 0, day, '', shares FROM rollup_unit_act_day
    UNION ALL SELECT 'content', content_id, part, month, '', shares FROM rollup_content_act_month
    UNION ALL SELECT 'first', user_id, 0, day, '', 1 FROM rollup_user_act_first
    UNION ALL
    SELECT 'delay', r.unit_id, r.delay, r.month, one.what, one.n
    FROM rollup_unit_share_month AS r CROSS JOIN LATERAL (VALUES ('own', own), ('given', given), ('unknown', shares - own - given)) AS one (what, n)
), raw AS (
    SELECT 'month' AS what, unit_id AS a, network::int4 AS b, date_trunc('month', day)::date AS day, kind || ' ' || grade AS c, count(*) AS n
    FROM act GROUP BY 2, 3, 4, 5
    UNION ALL
    SELECT 'user', user_id, unit_id, date_trunc('month', day)::date, CASE WHEN grade IN ('A', 'B') THEN 'proven ' ELSE '' END || kind, count(*)
    FROM act GROUP BY 2, 3, 4, 5
    UNION ALL SELECT 'day', unit_id, 0, day, '', count(*) FROM act WHERE kind = 'share' GROUP BY 2, 4
    UNION ALL SELECT 'content', content_id, user_id % 16, date_trunc('month', day)::date, '', count(*) FROM act WHERE kind = 'share' GROUP BY 2, 3, 4
    UNION ALL SELECT 'first', user_id, 0, min(day), '', 1 FROM act GROUP BY user_id
    UNION ALL
    SELECT 'delay', unit_id, share_delay(c.published_at, act.at), date_trunc('month', day)::date,
           CASE WHEN caption IS NULL THEN 'own' WHEN caption >= 0 THEN 'given' ELSE 'unknown' END, count(*)
    FROM act JOIN content AS c ON c.id = act.content_id WHERE kind = 'share' GROUP BY 2, 3, 4, 5
)
SELECT count(*) AS sums, count(*) FILTER (WHERE coalesce(kept.n, 0) <> coalesce(raw.n, 0)) AS wrong
FROM (SELECT * FROM kept WHERE n <> 0) AS kept FULL JOIN raw ON raw.what = kept.what AND raw.a = kept.a AND raw.b = kept.b AND raw.day = kept.day AND raw.c = kept.c
