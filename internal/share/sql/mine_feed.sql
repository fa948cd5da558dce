-- Which contents: one page of the newest live ones of each node on the person's path, merged, without
-- what the person put aside.
WITH mine AS (
    SELECT DISTINCT t.content_id, t.published_at
    FROM unnest(@path::int4[]) AS node
    CROSS JOIN LATERAL (
        SELECT content_id, published_at FROM content_target
        WHERE node_id = node AND published_at IS NOT NULL
          AND (@first::bool OR (published_at, content_id) < (@at::timestamptz, @after::int4))
          AND NOT EXISTS (SELECT FROM feed_mark AS m WHERE m.user_id = @user AND m.mark = 'skip' AND m.content_id = content_target.content_id)
        ORDER BY published_at DESC, content_id DESC LIMIT @limit
    ) AS t
    ORDER BY t.published_at DESC, t.content_id DESC LIMIT @limit
)
