-- Which contents: of those that the person kept, put aside or did something with, one page of the newest
-- live ones that are meant for them.
WITH chosen AS (
    SELECT content_id FROM feed_mark WHERE user_id = @user AND mark = @mark
    UNION
    SELECT content_id FROM act WHERE user_id = @user AND @mark = 'done'
), mine AS (
    SELECT c.id AS content_id, c.published_at
    FROM chosen
    JOIN content AS c ON c.id = chosen.content_id AND c.state = 'live'
    WHERE EXISTS (SELECT FROM content_target AS t WHERE t.content_id = c.id AND t.node_id = ANY(@path::int4[]))
      AND (@first::bool OR (c.published_at, c.id) < (@at::timestamptz, @after::int4))
    ORDER BY c.published_at DESC, c.id DESC LIMIT @limit
)
