-- What the ledger tells of each person's periods, from a day on; closed seasons stand as they are.
SELECT day.user_id, p.period, sum(day.points) AS points
FROM (SELECT user_id, day, sum(amount) AS points FROM ledger
      WHERE kind = 'people_reached' AND day >= @from::date GROUP BY user_id, day) AS day
CROSS JOIN LATERAL (
    SELECT to_char(day.day, 'YYYYMM')::int4 AS period
    UNION ALL SELECT 1000000 + to_char(day.day, 'IYYYIW')::int4
    UNION ALL SELECT 2000000 + season.id FROM season
    WHERE season.state = 'open' AND day.day >= season.from_day AND (season.to_day IS NULL OR day.day <= season.to_day)
) AS p
GROUP BY day.user_id, p.period
