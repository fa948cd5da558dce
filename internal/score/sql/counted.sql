-- How many persons of each scope have so many points, counted anew; no periods: all.
SELECT s.period, scope * sign(s.agency_id)::int4 AS scope, s.points, sum(s.n)::int4 AS n
FROM (SELECT period, agency_id, points, count(*) AS n FROM score
      WHERE points > 0 AND (@periods::int4[] IS NULL OR period = ANY (@periods::int4[])) GROUP BY period, agency_id, points) AS s
JOIN agency AS body ON body.id = abs(s.agency_id) CROSS JOIN LATERAL unnest(body.path) AS scope
GROUP BY 1, 2, 3
