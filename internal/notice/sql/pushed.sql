pushed AS (
    INSERT INTO push_due (user_id, notice_id, device_id, class, told_at, due_at)
    SELECT t.user_id, t.id, d.id, t.class, @now::timestamptz, @now::timestamptz
    FROM (SELECT user_id, id, kind, CASE WHEN kind = 'prompt' AND urgent THEN 'urgent' WHEN kind = 'prompt' THEN 'prompt'
                                         WHEN kind = 'recalled' THEN 'recalled' ELSE 'work' END AS class
          FROM told WHERE kind = ANY (@pushed::text[])) AS t
    JOIN push_device AS d ON d.user_id = t.user_id
    JOIN session AS s ON s.user_id = d.user_id AND s.id = d.session_id AND s.revoked_at IS NULL AND s.expires_at > @now::timestamptz
    LEFT JOIN notice_wish AS w ON w.user_id = t.user_id
    WHERE NOT EXISTS (SELECT FROM push_off AS o WHERE o.user_id = t.user_id AND o.kind = CASE t.class WHEN 'urgent' THEN 'urgent' ELSE t.kind END)
      AND CASE t.class WHEN 'prompt' THEN coalesce(w.pace, 'direct') = 'direct' WHEN 'urgent' THEN coalesce(w.pace, 'direct') <> 'none' ELSE true END
)
