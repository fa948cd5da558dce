-- The offices that ever asked, and what they lie in.
SELECT node.id, node.name, node.kind, cardinality(node.path) AS depth
FROM agency AS node
WHERE node.kind <> 'unit' AND EXISTS (
    SELECT FROM content AS c JOIN agency AS office ON office.id = c.agency_id
    WHERE c.slug IS NOT NULL AND c.state IN ('live', 'ended', 'recalled') AND office.path @> ARRAY[node.id])
ORDER BY node.path
