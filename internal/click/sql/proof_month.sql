-- The sums of one month against those of its days, and the hours against the month.
WITH days AS (
    SELECT node_id, sum(valid) AS valid, sum(people) AS people, sum(repeats) AS repeats, sum(machines) AS machines
    FROM rollup_node_day WHERE day >= @month::date AND day < @month::date + interval '1 month' GROUP BY 1
), hours AS (
    SELECT node_id, sum(valid) AS valid, sum(people) AS people, sum(repeats) AS repeats, sum(machines) AS machines
    FROM rollup_node_hour WHERE month = @month::date GROUP BY 1
), months AS (
    SELECT node_id, valid, people, repeats, machines FROM rollup_node_month WHERE month = @month::date
)
SELECT count(*) AS sums, count(*) FILTER (WHERE days IS DISTINCT FROM (m.node_id, m.valid::int8, m.people::int8, m.repeats::int8, m.machines::int8)
                                             OR hours IS DISTINCT FROM (m.node_id, m.valid::int8, m.people::int8, m.repeats::int8, m.machines::int8)) AS wrong
FROM months AS m FULL JOIN days USING (node_id) FULL JOIN hours USING (node_id)
