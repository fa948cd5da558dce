-- The node's children, with how many persons shared below each, if that is asked. The child is the next
-- step of the path below the node.
WITH child AS (
    SELECT a.id, a.name, a.short_name, a.kind, coalesce((SELECT e.people FROM eligible_day AS e
                          WHERE e.node_id = a.id AND e.day <= @to::date ORDER BY e.day DESC LIMIT 1), 0)::int8 AS eligible
    FROM agency AS a WHERE a.parent_id = @node
), below AS MATERIALIZED (
    SELECT u.id, u.path[cardinality(node.path) + 1] AS child
    FROM agency AS node JOIN agency AS u ON u.path @> ARRAY[@node::int4]
    WHERE node.id = @node AND @sharers::bool
), edge AS (
    SELECT * FROM unnest(@edge_from::date[], @edge_to::date[], @edge_sign::int4[]) AS e (from_day, to_day, sign)
), sharer AS (
    SELECT child FROM (
        SELECT child, user_id, shares
        FROM below JOIN rollup_user_act_month AS r ON r.unit_id = below.id AND r.month >= @whole_from::date AND r.month < @whole_until::date
        UNION ALL
        SELECT child, user_id, sign
        FROM edge CROSS JOIN below JOIN act ON act.unit_id = below.id AND act.day BETWEEN from_day AND to_day
        WHERE act.kind = 'share'
    ) AS part
    GROUP BY child, user_id HAVING sum(shares) > 0
), sharers AS (
    SELECT child, count(*) AS people FROM sharer GROUP BY child
)
SELECT child.id, child.name, child.short_name, child.kind, child.eligible, coalesce(sharers.people, 0) AS active_sharers,
       coalesce(reach.people, 0) AS people_reached, per_100(coalesce(reach.people, 0), child.eligible) AS rate
FROM child
LEFT JOIN sharers ON sharers.child = child.id
LEFT JOIN LATERAL (SELECT sum(people)::int8 AS people FROM rollup_node_day
     WHERE node_id = child.id AND day BETWEEN @from::date AND @to::date) AS reach ON true
ORDER BY child.name, child.id
