-- The node's children and whom they reached.
SELECT a.id, a.name, a.short_name, a.kind, e.people AS eligible, r.people AS people_reached, per_100(r.people, e.people) AS rate
FROM agency AS a
CROSS JOIN LATERAL (SELECT coalesce((SELECT e.people FROM eligible_day AS e
     WHERE e.node_id = a.id AND e.day <= @to::date ORDER BY e.day DESC LIMIT 1), 0)::int8 AS people) AS e
CROSS JOIN LATERAL (SELECT coalesce(sum(people), 0)::int8 AS people FROM rollup_node_day
     WHERE node_id = a.id AND day BETWEEN @from::date AND @to::date) AS r
WHERE a.parent_id = @node
ORDER BY a.name, a.id
