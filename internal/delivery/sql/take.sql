-- The subscription that has been due for longest, whose report it is, and whether its person may be told now.
SELECT s.user_id, s.id, s.node_id, s.pace, s.pdf, s.xlsx, s.through_day, s.outcome_day, s.tries, s.ended, n.name, n.short_name, n.zone, n.path::text AS path,
       u.email, u.lang, u.active, r.user_id IS NOT NULL AS refused, coalesce(at.zone, n.zone) AS own_zone,
       notice_opens(coalesce(at.path, n.path), coalesce(at.zone, n.zone), @now::timestamptz, 'digest') AS opens
FROM report_subscription AS s
JOIN agency AS n ON n.id = s.node_id
JOIN app_user AS u ON u.id = s.user_id
LEFT JOIN mail_refused AS r ON r.user_id = s.user_id AND r.until > @now::timestamptz AND r.address = sha256(convert_to(lower(u.email), 'UTF8'))
LEFT JOIN LATERAL (
    SELECT body.zone, unit.path FROM placement AS q JOIN agency AS body ON body.id = q.agency_id JOIN agency AS unit ON unit.id = q.unit_id
    WHERE q.user_id = s.user_id AND q.until_day IS NULL LIMIT 1
) AS at ON true
WHERE CASE WHEN @sample::bool THEN s.sample_due IS NOT NULL ELSE s.due_at <= @now::timestamptz END
ORDER BY s.due_at, s.user_id, s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED
