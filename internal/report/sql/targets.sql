-- What the node wants in the shortest period that begins with these days and holds them.
SELECT DISTINCT ON (metric) metric, kind, to_day AS "to", value
FROM target WHERE node_id = @node AND from_day = @from::date AND to_day >= @to::date
ORDER BY metric, to_day
