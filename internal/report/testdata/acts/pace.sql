WITH done AS (
    SELECT share_delay(c.published_at, act.at) AS delay, act.caption
    FROM act JOIN agency AS u ON u.id = act.unit_id JOIN content AS c ON c.id = act.content_id
    WHERE act.kind = 'share' AND u.path @> ARRAY[@node::int4] AND act.day BETWEEN @from::date AND @to::date
)
SELECT (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY delay) FROM done)::float8 AS speed,
       (SELECT per_100(count(*) FILTER (WHERE caption IS NULL), count(*) FILTER (WHERE caption IS NULL OR caption >= 0)) FROM done) AS originality,
       (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY minutes) FROM (
            SELECT round(extract(epoch FROM min(act.at) - c.published_at) / 60) AS minutes
            FROM content AS c JOIN agency AS a ON a.id = c.agency_id AND a.path @> ARRAY[@node::int4]
            JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version) AND v.kind = 'klarifikasi'
            JOIN act ON act.content_id = c.id AND act.kind = 'share'
            WHERE (c.published_at AT TIME ZONE a.zone)::date BETWEEN @from::date AND @to::date
            GROUP BY c.id, a.zone HAVING (min(act.at) AT TIME ZONE a.zone)::date <= @to::date) AS first)::float8 AS speed_clarification
