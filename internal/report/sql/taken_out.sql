-- Clicks that look like people's, by whether they were taken out.
SELECT count(*) FILTER (WHERE verdict::int4 = 1) AS valid, count(*) FILTER (WHERE verdict::int4 IN (5, 7)) AS taken
FROM click WHERE unit_id = ANY (ARRAY(SELECT u.id FROM agency AS u WHERE u.path @> ARRAY[@node::int4]))
  AND at >= (@from::date::timestamp AT TIME ZONE @zone) AND at < ((@to::date + 1)::timestamp AT TIME ZONE @zone)
