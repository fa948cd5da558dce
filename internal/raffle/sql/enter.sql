-- Numbers for those who qualified and have none yet. The boards' rule: who stands among the executives or had left
-- takes no part (their unit is negative or 0); who reached nobody and qualified by learning has no place in the
-- results, so for them it is looked up. The twelve digits are random bits of the operating system.
WITH due AS MATERIALIZED (
    SELECT f.user_id FROM season AS s
    JOIN rulebook AS b ON b.version = s.rulebook_version AND (b.rules -> 'qualify' ->> 'points')::int8 > 0
    JOIN season_final AS f ON f.season_id = s.id AND f.points >= (b.rules -> 'qualify' ->> 'points')::int8
    WHERE s.id = @season AND s.state = 'closed'
      AND (f.unit_id > 0 OR f.unit_id = 0
           AND EXISTS (SELECT FROM placement AS p WHERE p.user_id = f.user_id AND p.from_day <= s.to_day AND (p.until_day IS NULL OR p.until_day > @now::date))
           AND NOT EXISTS (SELECT FROM executive AS e WHERE e.user_id = f.user_id))
      AND NOT EXISTS (SELECT FROM raffle_entry AS e WHERE e.user_id = f.user_id AND e.season_id = s.id)
), put AS (
    INSERT INTO raffle_entry (user_id, season_id, number)
    SELECT user_id, @season, 100000000000 + ('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::int8 % 900000000000 FROM due
    ON CONFLICT ON CONSTRAINT raffle_entry_number_key DO NOTHING
    RETURNING user_id
)
SELECT (SELECT count(*) FROM due) AS due, (SELECT count(*) FROM put) AS put
