-- The sums of each person's month against the raw clicks. The month is that of the agency where they worked.
WITH raw AS (
    SELECT c.user_id, c.unit_id, count(*) FILTER (WHERE verdict::int4 = 1) AS valid, count(*) FILTER (WHERE verdict::int4 = 6) AS repeats,
           count(*) FILTER (WHERE verdict::int4 IN (2, 3, 4)) AS machines
    FROM click AS c JOIN agency AS unit ON unit.id = c.unit_id
    WHERE c.at >= (@month::date - 1)::timestamp AT TIME ZONE 'UTC' AND c.at < (@month::date + interval '1 month')::timestamp AT TIME ZONE 'UTC'
      AND date_trunc('month', c.at AT TIME ZONE unit.zone) = @month::date AND c.verdict::int4 IN (1, 2, 3, 4, 6)
    GROUP BY 1, 2
)
SELECT count(*) AS sums, count(*) FILTER (WHERE (coalesce(kept.valid, 0), coalesce(kept.repeats, 0), coalesce(kept.machines, 0))
                                             IS DISTINCT FROM (coalesce(raw.valid, 0), coalesce(raw.repeats, 0), coalesce(raw.machines, 0))) AS wrong
FROM (SELECT * FROM rollup_user_month WHERE month = @month::date) AS kept FULL JOIN raw USING (user_id, unit_id)
