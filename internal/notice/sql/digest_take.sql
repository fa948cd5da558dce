-- The summary that has been due for longest, and whether it may go now.
SELECT w.user_id, w.pace, w.hour, coalesce(w.since, @now::timestamptz - interval '1 day') AS since, w.tries, w.unsure, coalesce(at.zone, @usual) AS zone, coalesce(at.path, '{}')::text AS path, u.email, u.lang,
       notice_opens(coalesce(at.path, '{}'), coalesce(at.zone, @usual), @now::timestamptz, 'digest') AS opens,
       NOT u.active OR u.email = '' OR at.zone IS NULL OR r.user_id IS NOT NULL AS gone
FROM notice_wish AS w
JOIN app_user AS u ON u.id = w.user_id
LEFT JOIN mail_refused AS r ON r.user_id = w.user_id AND r.until > @now::timestamptz AND r.address = sha256(convert_to(lower(u.email), 'UTF8'))
LEFT JOIN LATERAL (
    SELECT body.zone, unit.path FROM placement AS q JOIN agency AS body ON body.id = q.agency_id JOIN agency AS unit ON unit.id = q.unit_id
    WHERE q.user_id = w.user_id AND q.until_day IS NULL LIMIT 1
) AS at ON true
WHERE w.next_at <= @now::timestamptz ORDER BY w.next_at, w.user_id LIMIT 1 FOR UPDATE OF w SKIP LOCKED
