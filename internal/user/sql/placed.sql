-- The placements of those who join or move, spliced in on each row's day: it holds until the next one
-- that is known already.
INSERT INTO placement (user_id, from_day, until_day, unit_id, agency_id)
SELECT r.user_id, r.day, (SELECT min(later.from_day) FROM placement AS later WHERE later.user_id = r.user_id AND later.from_day > r.day),
       r.unit_id, r.agency_id
FROM roster_row AS r
WHERE r.roster_id = @roster AND r.act IN ('join', 'move')
ORDER BY r.user_id
ON CONFLICT (user_id, from_day) DO UPDATE SET unit_id = excluded.unit_id, agency_id = excluded.agency_id
