-- Groups below a node with what they reached, and what each lies in. A hospital below its dinas counts in
-- the dinas and is no group of its own beside it.
SELECT g.id, g.name, g.parent_id, coalesce(e.people, 0)::int8 AS people, coalesce(r.people, 0)::int8 AS reached,
       coalesce(whole.people, 0)::int8 AS whole, per_100(coalesce(r.people, 0), e.people) AS rate
FROM agency AS g
LEFT JOIN LATERAL (SELECT people FROM eligible_day WHERE node_id = g.id AND day <= @to::date ORDER BY day DESC LIMIT 1) AS e ON true
LEFT JOIN LATERAL (SELECT people FROM eligible_day WHERE node_id = g.parent_id AND day <= @to::date ORDER BY day DESC LIMIT 1) AS whole ON true
LEFT JOIN LATERAL (SELECT sum(people) AS people FROM rollup_node_day WHERE node_id = g.id AND day BETWEEN @from::date AND @to::date) AS r ON true
WHERE g.path @> ARRAY[@node::int4] AND g.kind = @level
  AND NOT EXISTS (SELECT FROM agency AS above WHERE above.id = g.parent_id AND above.kind = g.kind AND above.id <> @node)
  AND (e.people > 0 OR r.people > 0)
