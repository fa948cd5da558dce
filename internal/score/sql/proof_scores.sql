-- The scores of some periods against the ledger ({told}), and the histograms against the scores ({counted}).
WITH told AS MATERIALIZED ({told}
), counted AS MATERIALIZED ({counted}
), compared AS (
    SELECT coalesce(s.points, 0) = coalesce(t.points, 0) AS same
    FROM (SELECT user_id, period, points FROM score WHERE period = ANY (@periods::int4[])) AS s
    FULL JOIN (SELECT * FROM told WHERE period = ANY (@periods::int4[])) AS t ON t.user_id = s.user_id AND t.period = s.period
    UNION ALL
    SELECT coalesce(h.n, 0) = coalesce(c.n, 0)
    FROM (SELECT period, scope, points, n FROM hist WHERE period = ANY (@periods::int4[])) AS h
    FULL JOIN counted AS c ON c.period = h.period AND c.scope = h.scope AND c.points = h.points
    UNION ALL
    SELECT coalesce(h.n, 0) = coalesce(c.n, 0)
    FROM (SELECT period, scope, hi, n FROM hist_hi WHERE period = ANY (@periods::int4[])) AS h
    FULL JOIN (SELECT period, scope, points >> 8 AS hi, sum(n) AS n FROM counted GROUP BY 1, 2, 3) AS c
           ON c.period = h.period AND c.scope = h.scope AND c.hi = h.hi
)
SELECT count(*) AS sums, count(*) FILTER (WHERE NOT same) AS wrong FROM compared
