-- The node's children. A group under the limit has a name and no figures. The acts are read once for
-- all children: the child is the next step of the path below the node.
WITH child AS (
    SELECT a.id, a.name, a.kind, (SELECT e.people FROM eligible_day AS e
                          WHERE e.node_id = a.id AND e.day <= @to::date ORDER BY e.day DESC LIMIT 1)::int8 AS eligible
    FROM agency AS a WHERE a.parent_id = @node
), acts AS (
    SELECT u.path[cardinality(node.path) + 1] AS child_id, count(DISTINCT act.user_id) AS sharers, count(*) AS shares
    FROM agency AS node
    JOIN agency AS u ON u.path @> ARRAY[@node::int4]
    JOIN act ON act.unit_id = u.id AND act.kind = 'share' AND act.day BETWEEN @from::date AND @to::date
    WHERE node.id = @node
    GROUP BY 1
)
SELECT child.id, child.name, child.kind, CASE WHEN shown THEN eligible END AS eligible,
       CASE WHEN shown THEN coalesce(acts.sharers, 0) END AS active_sharers, CASE WHEN shown THEN coalesce(acts.shares, 0) END AS shares,
       CASE WHEN shown THEN coalesce(reach.people, 0) END AS people_reached,
       CASE WHEN shown THEN per_100(coalesce(reach.people, 0), eligible) END AS rate
FROM child
CROSS JOIN LATERAL (SELECT coalesce(eligible, 0) >= @smallest AS shown) AS s
LEFT JOIN acts ON acts.child_id = child.id
LEFT JOIN LATERAL (SELECT sum(people)::int8 AS people FROM rollup_node_day
     WHERE node_id = child.id AND day BETWEEN @from::date AND @to::date) AS reach ON true
ORDER BY rate DESC NULLS LAST, child.name, child.id
