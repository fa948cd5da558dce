-- What the offices below a node asked for, by month of their own clocks.
SELECT to_char(c.published_at AT TIME ZONE office.zone, 'YYYY-MM') AS month, count(*) AS asked,
       count(*) FILTER (WHERE v.mandate <> 'null') AS mandated,
       count(*) FILTER (WHERE v.kind = 'klarifikasi') AS clarifications, count(*) FILTER (WHERE c.state = 'recalled') AS recalled
FROM content AS c
JOIN agency AS office ON office.id = c.agency_id
JOIN content_version AS v ON v.content_id = c.id AND v.no = c.approved_version
WHERE c.slug IS NOT NULL AND c.state IN ('live', 'ended', 'recalled') AND office.path @> ARRAY[@node::int4]
  AND c.published_at >= @from::date - interval '1 day' AND (c.published_at AT TIME ZONE office.zone)::date BETWEEN @from::date AND @to::date
GROUP BY 1
