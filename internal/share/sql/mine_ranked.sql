-- What the ranked part of a person's feed is ordered by: the newest live contents of each node on the path,
-- merged, so many or down to a place.
WITH mine AS (
    SELECT t.content_id, t.published_at, array_agg(node) AS nodes
    FROM unnest(@path::int4[]) AS node
    CROSS JOIN LATERAL (
        SELECT content_id, published_at FROM content_target
        WHERE node_id = node AND published_at IS NOT NULL
          AND (@first::bool OR (published_at, content_id) >= (@at::timestamptz, @floor::int4))
        ORDER BY published_at DESC, content_id DESC LIMIT @limit
    ) AS t
    GROUP BY t.content_id, t.published_at
    ORDER BY t.published_at DESC, t.content_id DESC LIMIT @limit
)
SELECT c.id, mine.published_at, v.kind, v.topic, mine.nodes,
       CASE WHEN (v.mandate->>'until')::date >= (@now::timestamptz AT TIME ZONE a.zone)::date THEN v.mandate END AS mandate
FROM mine
JOIN content AS c ON c.id = mine.content_id
JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
JOIN agency AS a ON a.id = c.agency_id
ORDER BY mine.published_at DESC, c.id DESC
