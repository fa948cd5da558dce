-- How long after publishing shares came, in whose words, and when clarifications were first shared.
WITH below AS NOT MATERIALIZED (
    SELECT u.id FROM agency AS u WHERE u.path @> ARRAY[@node::int4]
), edge AS (
    SELECT * FROM unnest(@edge_from::date[], @edge_to::date[], @edge_sign::int4[]) AS e (from_day, to_day, sign)
), part AS (
    SELECT delay, shares, own, given
    FROM below JOIN rollup_unit_share_month AS r ON r.unit_id = below.id AND r.month >= @whole_from::date AND r.month < @whole_until::date
    UNION ALL
    SELECT share_delay(c.published_at, a.at), sign, CASE WHEN caption IS NULL THEN sign ELSE 0 END, CASE WHEN caption >= 0 THEN sign ELSE 0 END
    FROM edge CROSS JOIN below
    CROSS JOIN LATERAL (SELECT * FROM act WHERE act.unit_id = below.id AND act.day BETWEEN edge.from_day AND edge.to_day AND act.kind = 'share' OFFSET 0) AS a
    JOIN content AS c ON c.id = a.content_id
    WHERE cardinality(@edge_from::date[]) > 0 -- of whole months the planner sees that this part is empty
), delays AS (
    SELECT delay, sum(shares) AS shares, sum(own) AS own, sum(given) AS given FROM part GROUP BY delay
), running AS (
    SELECT delay, sum(shares) OVER (ORDER BY delay) AS upto, sum(shares) OVER () AS all_shares FROM delays WHERE shares > 0
), clarified AS (
    SELECT round(extract(epoch FROM first.at - c.published_at) / 60) AS minutes
    FROM agency AS a JOIN content AS c ON c.agency_id = a.id
    JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version) AND v.kind = 'klarifikasi'
    CROSS JOIN LATERAL (SELECT act.at FROM act WHERE act.content_id = c.id AND act.kind = 'share' ORDER BY act.at LIMIT 1) AS first
    WHERE a.path @> ARRAY[@node::int4] AND (c.published_at AT TIME ZONE a.zone)::date BETWEEN @from::date AND @to::date
      AND (first.at AT TIME ZONE a.zone)::date <= @to::date
)
SELECT (SELECT min(delay) FROM running WHERE upto * 2 >= all_shares)::float8 AS speed,
       (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY minutes) FROM clarified)::float8 AS speed_clarification,
       (SELECT per_100(sum(own)::int8, sum(own + given)::int8) FROM delays) AS originality
