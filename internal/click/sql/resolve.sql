-- Where a link leads: its content when that was ever published and the person exists, or for a recalled
-- content its correction, and that one's, a few hops far. One row: the end of the chain, with the
-- reason for which the first of it was recalled.
WITH RECURSIVE hop AS (
    SELECT c.id, c.state, c.slug, c.approved_version, c.correction_id, c.recall_reason, 0 AS hops
    FROM content AS c
    WHERE c.id = $1 AND c.published_at IS NOT NULL AND EXISTS (SELECT FROM app_user WHERE id = $2)
    UNION ALL
    SELECT c.id, c.state, c.slug, c.approved_version, c.correction_id, hop.recall_reason, hop.hops + 1
    FROM hop
    JOIN content AS c ON c.id = hop.correction_id AND c.published_at IS NOT NULL
    WHERE hop.state = 'recalled' AND hop.hops < $3
)
SELECT hop.state = 'recalled', hop.hops > 0 OR hop.state = 'recalled', hop.slug, coalesce(v.landing_url, ''), hop.recall_reason
FROM hop
LEFT JOIN content_version AS v ON v.content_id = hop.id AND v.no = hop.approved_version
ORDER BY hop.hops DESC
LIMIT 1
