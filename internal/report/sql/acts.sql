-- What was done in a node's subtree, by network and by the child of the node below which it was done (0: at
-- the node itself): whole months from their sums, the days by which the span differs from them act by act.
WITH below AS NOT MATERIALIZED (
    SELECT u.id, coalesce(u.path[(SELECT cardinality(path) + 1 FROM agency WHERE id = @node)], 0) AS child
    FROM agency AS u WHERE u.path @> ARRAY[@node::int4]
), edge AS (
    SELECT * FROM unnest(@edge_from::date[], @edge_to::date[], @edge_sign::int4[]) AS e (from_day, to_day, sign)
), part AS (
    SELECT child, network, share_a, share_b, share_c, share_d, like_a, like_b, like_c, like_d
    FROM below JOIN rollup_unit_act_month AS r ON r.unit_id = below.id AND r.month >= @whole_from::date AND r.month < @whole_until::date
    UNION ALL
    SELECT child, network,
           sign * count(*) FILTER (WHERE kind = 'share' AND grade = 'A'), sign * count(*) FILTER (WHERE kind = 'share' AND grade = 'B'),
           sign * count(*) FILTER (WHERE kind = 'share' AND grade = 'C'), sign * count(*) FILTER (WHERE kind = 'share' AND grade = 'D'),
           sign * count(*) FILTER (WHERE kind = 'like' AND grade = 'A'), sign * count(*) FILTER (WHERE kind = 'like' AND grade = 'B'),
           sign * count(*) FILTER (WHERE kind = 'like' AND grade = 'C'), sign * count(*) FILTER (WHERE kind = 'like' AND grade = 'D')
    FROM edge CROSS JOIN below
    CROSS JOIN LATERAL (SELECT * FROM act WHERE act.unit_id = below.id AND act.day BETWEEN from_day AND to_day OFFSET 0) AS a -- by its index
    GROUP BY child, network, sign
)
SELECT child, network,
       sum(share_a)::int8 AS a, sum(share_b)::int8 AS b, sum(share_c)::int8 AS c, sum(share_d)::int8 AS d,
       sum(like_a)::int8 AS like_a, sum(like_b)::int8 AS like_b, sum(like_c)::int8 AS like_c, sum(like_d)::int8 AS like_d
FROM part GROUP BY child, network ORDER BY child, network
