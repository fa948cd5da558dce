-- Whose number counts now and was not told so, and who was told so and whose number counts no more. What counts is the
-- last draw, whenever this runs: a correction may have come before the draw that it corrects was told.
INSERT INTO notice (user_id, key, kind, season_id, step_name, final, at)
SELECT e.user_id, format('raffle/%s/%s', e.season_id, d.version), 'raffle', e.season_id, CASE WHEN e.number = ANY (d.numbers) THEN 'won' ELSE 'corrected' END, true, d.drawn_at
FROM (SELECT version, numbers, drawn_at FROM raffle_draw WHERE season_id = @season ORDER BY version DESC LIMIT 1) AS d
CROSS JOIN raffle_entry AS e
LEFT JOIN LATERAL (SELECT n.step_name FROM notice AS n WHERE n.user_id = e.user_id AND n.kind = 'raffle' AND n.season_id = e.season_id ORDER BY n.id DESC LIMIT 1) AS last ON true
WHERE e.season_id = @season AND e.number IN (SELECT unnest(numbers) FROM raffle_draw WHERE season_id = @season)
  AND (e.number = ANY (d.numbers)) <> (coalesce(last.step_name, '') = 'won')
ORDER BY e.user_id
ON CONFLICT (user_id, key) DO NOTHING
