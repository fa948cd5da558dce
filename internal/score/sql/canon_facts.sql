-- The same day out of the facts: clicks that are valid now, on the day that it was in the zone of the agency
-- that the unit lies in, and modules, on the day that they were first passed in Jakarta.
SELECT 'people_reached' AS kind, c.user_id, c.content_id, c.channel::int4::int2 AS channel, count(*) AS amount
FROM click AS c
JOIN agency AS unit ON unit.id = c.unit_id
CROSS JOIN LATERAL (SELECT zone FROM agency AS body WHERE body.id = coalesce((
    SELECT above.id FROM agency AS above WHERE above.id = ANY (unit.path) AND above.kind = 'agency'
    ORDER BY cardinality(above.path) DESC LIMIT 1), unit.id)) AS at
WHERE c.at >= (@day::date - 1)::timestamp AT TIME ZONE 'UTC' AND c.at < (@day::date + 1)::timestamp AT TIME ZONE 'UTC'
  AND c.verdict::int4 = 1 AND (c.at AT TIME ZONE at.zone)::date = @day::date
GROUP BY c.user_id, c.content_id, c.channel
UNION ALL
SELECT 'learned', r.user_id, r.module_id, 0, 1
FROM (SELECT user_id, module_id, min(passed_at) AS passed_at FROM learn_result WHERE passed_at IS NOT NULL GROUP BY user_id, module_id) AS r
WHERE (r.passed_at AT TIME ZONE 'Asia/Jakarta')::date = @day::date
