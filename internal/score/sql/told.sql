-- What the ledger tells of each person's periods, from a day on; seasons that close stand as they are.
SELECT day.user_id, p.period, sum(day.points) AS points
FROM (SELECT user_id, day, sum(amount) AS points FROM ledger
      WHERE kind = 'people_reached' AND day >= @from::date GROUP BY user_id, day) AS day
CROSS JOIN LATERAL (
    SELECT to_char(day.day, 'YYYYMM')::int4 AS period
    UNION ALL SELECT 1000000 + to_char(day.day, 'IYYYIW')::int4
    UNION ALL SELECT 2000000 + season.id FROM season
    WHERE season.state IN ('planned', 'open') AND day.day >= season.from_day AND (season.to_day IS NULL OR day.day <= season.to_day)
) AS p
GROUP BY day.user_id, p.period
UNION ALL
SELECT l.user_id, 3000000 + c.id, sum(l.amount)
FROM campaign AS c JOIN campaign_content AS x ON x.campaign_id = c.id
JOIN ledger AS l ON l.content_id = x.content_id AND l.day BETWEEN c.from_day AND c.to_day
WHERE l.kind = 'people_reached' AND l.day >= @from::date
GROUP BY l.user_id, c.id
