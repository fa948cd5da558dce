-- The node's children. The acts are read once for all of them: the child is the next step of the path
-- below the node.
WITH child AS (
    SELECT a.id, a.name, a.short_name, a.kind, coalesce((SELECT e.people FROM eligible_day AS e
                          WHERE e.node_id = a.id AND e.day <= @to::date ORDER BY e.day DESC LIMIT 1), 0)::int8 AS eligible
    FROM agency AS a WHERE a.parent_id = @node
), acts AS (
    SELECT u.path[cardinality(node.path) + 1] AS child_id, count(DISTINCT act.user_id) AS sharers, count(*) AS shares,
           count(*) FILTER (WHERE act.grade = 'A') AS a, count(*) FILTER (WHERE act.grade = 'B') AS b,
           count(*) FILTER (WHERE act.grade = 'C') AS c, count(*) FILTER (WHERE act.grade = 'D') AS d
    FROM agency AS node
    JOIN agency AS u ON u.path @> ARRAY[@node::int4]
    JOIN act ON act.unit_id = u.id AND act.kind = 'share' AND act.day BETWEEN @from::date AND @to::date
    WHERE node.id = @node
    GROUP BY 1
)
SELECT child.id, child.name, child.short_name, child.kind, child.eligible, coalesce(acts.sharers, 0) AS active_sharers,
       coalesce(acts.shares, 0) AS shares, coalesce(acts.a, 0) AS a, coalesce(acts.b, 0) AS b, coalesce(acts.c, 0) AS c, coalesce(acts.d, 0) AS d,
       coalesce(reach.people, 0) AS people_reached, per_100(coalesce(reach.people, 0), child.eligible) AS rate
FROM child
LEFT JOIN acts ON acts.child_id = child.id
LEFT JOIN LATERAL (SELECT sum(people)::int8 AS people FROM rollup_node_day
     WHERE node_id = child.id AND day BETWEEN @from::date AND @to::date) AS reach ON true
ORDER BY child.name, child.id
