-- A node that the actor may see the board of. Scores are kept by agency: bodies are the agencies under
-- which the persons of the node are kept. Units: of a unit, itself and those below it. Whole: the node is
-- the only root, so that everybody is on its board.
WITH RECURSIVE node AS MATERIALIZED (
    SELECT * FROM agency AS a WHERE a.id = @node AND (a.id = ANY (@path::int4[]) OR a.path && @roots::int4[])
), bare AS ( -- below no agency: a unit there is its own
    SELECT id, kind FROM node
    UNION ALL
    SELECT below.id, below.kind FROM bare
    CROSS JOIN LATERAL (SELECT id, kind FROM agency WHERE parent_id = bare.id OFFSET 0) AS below -- by its index, not all units
    WHERE bare.kind <> 'agency'
)
SELECT id, name, kind, zone, whole, cardinality(node.path) AS depth,
       CASE WHEN whole THEN ARRAY[0] WHEN node.kind = 'unit' THEN '{}' ELSE ARRAY(
           SELECT b.id FROM agency AS b WHERE b.kind = 'agency' AND b.path @> ARRAY[@node::int4]
           UNION SELECT bare.id FROM bare
       ) END AS bodies,
       CASE WHEN node.kind = 'unit' THEN ARRAY(SELECT u.id FROM agency AS u WHERE u.path @> ARRAY[@node::int4]) ELSE '{}' END AS units
FROM node
CROSS JOIN LATERAL (SELECT node.kind <> 'unit' AND node.parent_id IS NULL AND NOT EXISTS (
    SELECT FROM agency AS root WHERE root.parent_id IS NULL AND root.id <> node.id) AS whole) AS w
