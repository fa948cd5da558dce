-- The contents that were ever published and changed at or after a mark. Rows of a restored backup may
-- name transactions that are still to come; they were read at the start.
SELECT c.id, c.state, c.slug, coalesce(v.landing_url, ''), c.recall_reason, coalesce(c.correction_id, 0)
FROM content AS c
LEFT JOIN content_version AS v ON v.content_id = c.id AND v.no = c.approved_version
WHERE c.published_at IS NOT NULL AND c.changed >= $1::text::xid8
  AND ($1 = '0' OR c.changed < pg_snapshot_xmax(pg_current_snapshot()))
