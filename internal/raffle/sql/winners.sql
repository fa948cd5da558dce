-- Who holds the numbers of the draw that counts, below the nodes that the reader answers for: where they worked when
-- the season closed; who reached nobody has no place in the results, and is where they work now.
SELECT e.number::text AS number, hidden, CASE WHEN hidden THEN 0 ELSE u.id END AS id, CASE WHEN hidden THEN '' ELSE u.name END AS name,
       CASE WHEN hidden THEN '' ELSE unit.short_name END AS unit_name
FROM (SELECT numbers FROM raffle_draw WHERE season_id = @season ORDER BY version DESC LIMIT 1) AS d
CROSS JOIN LATERAL unnest(d.numbers) WITH ORDINALITY AS drawn (number, turn)
JOIN raffle_entry AS e ON e.season_id = @season AND e.number = drawn.number
JOIN app_user AS u ON u.id = e.user_id
JOIN season_final AS f ON f.user_id = e.user_id AND f.season_id = @season
JOIN agency AS unit ON unit.id = coalesce(nullif(f.unit_id, 0), (SELECT p.unit_id FROM placement AS p
    WHERE p.user_id = e.user_id AND p.from_day <= @now::date AND (p.until_day IS NULL OR p.until_day > @now::date)))
CROSS JOIN LATERAL (SELECT u.hide_name OR NOT u.active AS hidden) AS h
WHERE unit.path && @roots::int4[]
ORDER BY drawn.turn
