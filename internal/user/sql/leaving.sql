-- Who works in the node's subtree on the first day and is not in the file.
SELECT w.user_id, w.from_day
FROM placement AS w JOIN agency AS a ON a.id = w.unit_id
WHERE a.path @> ARRAY[@node]::int4[] AND w.from_day <= @day AND (w.until_day IS NULL OR w.until_day > @day)
  AND NOT EXISTS (SELECT FROM roster_row AS r WHERE r.roster_id = @roster AND r.user_id = w.user_id)
