-- What each row would do: found by its NIP, held against where the person works on the row's day.
UPDATE roster_row AS r
SET user_id = p.user_id, act = p.act, changed = p.changed, fresh = false
FROM (SELECT r.line, found.user_id,
             CASE WHEN r.unit_id IS NULL THEN NULL
                  WHEN placed.unit_id IS NULL THEN 'join'
                  WHEN placed.unit_id = r.unit_id THEN 'stay'
                  ELSE 'move' END AS act,
             coalesce(u.name <> r.name OR r.email NOT IN ('', u.email) OR r.position NOT IN ('', u.position) OR r.grade NOT IN ('', u.grade), false) AS changed
      FROM roster_row AS r
      LEFT JOIN LATERAL (SELECT i.user_id FROM user_identifier AS i WHERE i.hash = ANY(r.nip_hashes) AND i.kind = 'nip' LIMIT 1) AS found ON true
      LEFT JOIN app_user AS u ON u.id = found.user_id
      LEFT JOIN LATERAL (SELECT w.unit_id FROM placement AS w WHERE w.user_id = found.user_id AND w.from_day <= r.day
                         AND (w.until_day IS NULL OR w.until_day > r.day)) AS placed ON true
      WHERE r.roster_id = @roster) AS p
WHERE r.roster_id = @roster AND r.line = p.line
