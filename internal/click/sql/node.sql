-- The path of each unit from the root down to itself, with the zone of every node on it.
SELECT u.id, array_agg(n.id ORDER BY o.depth), array_agg(n.zone ORDER BY o.depth)
FROM agency AS u
CROSS JOIN LATERAL unnest(u.path) WITH ORDINALITY AS o (node, depth)
JOIN agency AS n ON n.id = o.node
WHERE u.id = ANY ($1::int4[])
GROUP BY u.id
