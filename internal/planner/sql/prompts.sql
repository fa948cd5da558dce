-- What goes out, or went out, in a stretch of time to an audience that touches one of the nodes: each item once
-- for each of its targets.
SELECT p.id, p.at, a.zone, a.name AS agency_name, a.path && @roots::int4[] AS seen, t.node_id, n.path::text AS path
FROM (SELECT c.id, c.agency_id, c.publish_at AS at FROM content AS c
      WHERE c.state = 'scheduled' AND c.publish_at >= @from AND c.publish_at < @to
      UNION ALL
      SELECT c.id, c.agency_id, c.published_at FROM content AS c
      WHERE c.state IN ('live', 'ended', 'recalled') AND c.published_at >= @from AND c.published_at < @to) AS p
JOIN agency AS a ON a.id = p.agency_id
JOIN content_target AS t ON t.content_id = p.id
JOIN agency AS n ON n.id = t.node_id
WHERE n.path && @nodes::int4[] OR n.id = ANY(@above::int4[])
ORDER BY p.at, p.id
LIMIT @most
