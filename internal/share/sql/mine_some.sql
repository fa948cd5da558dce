-- Which contents: these.
WITH mine AS (SELECT id AS content_id, published_at FROM content WHERE id = ANY (@ids::int4[]))
