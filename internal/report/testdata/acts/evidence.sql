SELECT g.grade, coalesce(sum(1) FILTER (WHERE act.kind = 'share'), 0)::int8 AS shares,
       coalesce(sum(1) FILTER (WHERE act.kind = 'like'), 0)::int8 AS likes
FROM unnest(ARRAY['A', 'B', 'C', 'D']) AS g (grade)
LEFT JOIN (act JOIN agency AS u ON u.id = act.unit_id AND u.path @> ARRAY[@node::int4])
       ON act.grade = g.grade AND act.day BETWEEN @from::date AND @to::date
GROUP BY g.grade ORDER BY g.grade
