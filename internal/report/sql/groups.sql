-- How many people the nodes of a path and their children have on a day. Bare: nobody, and nothing done.
SELECT a.id AS node, coalesce(a.parent_id, 0) AS parent, g.people,
       CASE WHEN g.people > 0 THEN false ELSE
            NOT EXISTS (SELECT FROM rollup_node_day AS r WHERE r.node_id = a.id AND r.day BETWEEN @from::date AND @to::date)
            AND NOT EXISTS (SELECT FROM agency AS u JOIN act ON act.unit_id = u.id AND act.day BETWEEN @from::date AND @to::date
                            WHERE u.path @> ARRAY[a.id]) END AS bare
FROM agency AS a
CROSS JOIN LATERAL (SELECT coalesce((SELECT e.people FROM eligible_day AS e
     WHERE e.node_id = a.id AND e.day <= @to::date ORDER BY e.day DESC LIMIT 1), 0)::int8 AS people) AS g
WHERE a.id = ANY(@nodes::int4[]) OR a.parent_id = ANY(@nodes::int4[])
ORDER BY a.id
