-- Which content: one that the person's feed holds or held.
WITH mine AS (
    SELECT id AS content_id, published_at FROM content
    WHERE id = @id AND slug IS NOT NULL
      AND EXISTS (SELECT FROM content_target AS t WHERE t.content_id = content.id AND t.node_id = ANY(@path::int4[]))
)
