-- Which contents: those that are live and not too old, all of them or some.
WITH mine AS (
    SELECT id AS content_id, published_at FROM content
    WHERE state = 'live' AND published_at >= @floor AND (@all::bool OR id = ANY (@ids::int4[]))
)
