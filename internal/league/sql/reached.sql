-- Whom each person of a node reached in some days, while they worked there: worked and reached, to stand in a
-- statement that has below (the units of the node) and edge (the days beside whole months).
worked AS MATERIALIZED ( -- steady: here all the time; who came first of all to here had no links before
    SELECT p.user_id, p.from_day, p.until_day,
           (p.until_day IS NULL OR p.until_day >= @whole_until::date AND p.until_day > @to::date)
           AND (p.from_day <= least(@whole_from::date, @from::date)
                OR NOT EXISTS (SELECT FROM placement AS b WHERE b.user_id = p.user_id AND b.from_day < p.from_day)) AS steady
    FROM below JOIN placement AS p ON p.unit_id = below.id
    WHERE p.from_day <= @to::date AND (p.until_day IS NULL OR p.until_day > @from::date)
), reached AS (
    SELECT user_id, sum(people) AS people
    FROM (
        -- Most are steady: their months, and the days by which these differ from the span.
        -- Joined: of a set the planner would think that it is small, and look each of them up.
        SELECT w.user_id, r.people FROM worked AS w
        JOIN rollup_user_month AS r ON r.user_id = w.user_id AND r.month >= @whole_from::date AND r.month < @whole_until::date
        WHERE w.steady
        UNION ALL
        SELECT l.user_id, sum(sign * l.amount)::int4 FROM edge
        CROSS JOIN LATERAL (SELECT user_id, amount FROM ledger WHERE kind = 'people_reached' AND day BETWEEN edge.from_day AND edge.to_day OFFSET 0) AS l
        WHERE l.user_id IN (SELECT user_id FROM worked WHERE steady)
        GROUP BY l.user_id
        UNION ALL
        -- Whoever came from elsewhere or went is looked up by day, but for the whole months that they stayed.
        SELECT w.user_id, r.people
        FROM (SELECT * FROM worked WHERE NOT steady) AS w
        JOIN rollup_user_month AS r ON r.user_id = w.user_id AND r.month >= @from::date AND r.month < date_trunc('month', @to::date + 1)
         AND r.month >= w.from_day AND (w.until_day IS NULL OR r.month < date_trunc('month', w.until_day))
        UNION ALL
        SELECT m.user_id, l.amount
        FROM (SELECT DISTINCT user_id FROM worked WHERE NOT steady) AS m
        CROSS JOIN LATERAL (SELECT day, amount FROM ledger
                            WHERE ledger.user_id = m.user_id AND kind = 'people_reached' AND day BETWEEN @from::date AND @to::date OFFSET 0) AS l -- few persons: by their key, once
        JOIN (SELECT *, (date_trunc('month', greatest(@from::date, from_day) - 1) + interval '1 month')::date AS whole_from_day, -- the whole months that they stayed
                     date_trunc('month', least(@to::date + 1, until_day))::date AS whole_until_day
              FROM worked WHERE NOT steady) AS w ON w.user_id = m.user_id
        WHERE l.day >= w.from_day AND (w.until_day IS NULL OR l.day < w.until_day) AND (l.day < w.whole_from_day OR l.day >= w.whole_until_day)
    ) AS part
    GROUP BY user_id HAVING sum(people) > 0 -- taken back whole: nobody was reached
)
