-- Whom each person of a node reached in some days, while they worked there, to stand in a statement that has below
-- (the units of the node) and edge (the days beside whole months).
reached AS (
    SELECT user_id, sum(people)::int4 AS people
    FROM (
        SELECT r.user_id, r.people
        FROM below JOIN rollup_user_month AS r ON r.unit_id = below.id AND r.month >= @whole_from::date AND r.month < @whole_until::date
        UNION ALL
        -- The days by which whole months differ from the span, entry by entry.
        SELECT l.user_id, sign * l.amount
        FROM edge
        CROSS JOIN LATERAL (SELECT user_id, unit_id, amount FROM ledger WHERE kind = 'people_reached' AND day BETWEEN edge.from_day AND edge.to_day OFFSET 0) AS l
        JOIN below ON below.id = l.unit_id
        WHERE cardinality(@edge_from::date[]) > 0 -- of whole months the planner sees that this part is empty
    ) AS part
    GROUP BY user_id HAVING sum(people) > 0 -- taken back whole: nobody was reached
)
