SELECT d::date AS day, coalesce(r.people, 0)::int8 AS people_reached, coalesce(a.shares, 0)::int8 AS shares
FROM generate_series(@from::date, @to::date, interval '1 day') AS d
LEFT JOIN rollup_node_day AS r ON r.node_id = @node AND r.day = d::date
LEFT JOIN (SELECT s.day, sum(s.shares) AS shares FROM rollup_unit_act_day AS s JOIN agency AS u ON u.id = s.unit_id
           WHERE u.path @> ARRAY[@node::int4] AND s.day BETWEEN @from::date AND @to::date
           GROUP BY s.day) AS a ON a.day = d::date
ORDER BY d
