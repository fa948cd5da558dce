-- One slice of a wave: everybody of the audience in one zone whose turn lies in a range. Who has had the
-- most of the day is held until tomorrow; who wants none, or has shared it or put it aside, is passed over.
-- (The sum with nothing keeps the planner from reading everybody's notices of the day for each person.)
WITH due AS MATERIALIZED (
    SELECT DISTINCT p.user_id
    FROM placement AS p
    JOIN agency AS unit ON unit.id = p.unit_id
    JOIN agency AS body ON body.id = p.agency_id
    JOIN app_user AS u ON u.id = p.user_id AND u.active
    WHERE (((p.user_id::int8 * 2654435761) & 4294967295) >> 12) >= @low::int8
      AND (((p.user_id::int8 * 2654435761) & 4294967295) >> 12) < @high::int8
      AND unit.path && @nodes::int4[] AND body.zone = @zone
      AND p.from_day <= @day::date AND (p.until_day IS NULL OR p.until_day > @day::date)
), wanted AS MATERIALIZED (
    SELECT d.user_id,
           (SELECT count(*) FROM notice AS n WHERE n.user_id = d.user_id AND n.kind = 'prompt' AND n.at + interval '0' >= @midnight::timestamptz) AS had,
           ((((d.user_id::int8 * 2654435761) & 4294967295) >> 12) - @start::int8) & 1048575 AS place
    FROM due AS d
    WHERE NOT EXISTS (SELECT FROM prompt_off AS o WHERE o.user_id = d.user_id)
      AND NOT EXISTS (SELECT FROM act AS a WHERE a.user_id = d.user_id AND a.content_id = @content::int4 AND a.kind = 'share')
      AND NOT EXISTS (SELECT FROM feed_mark AS m WHERE m.user_id = d.user_id AND m.mark = 'skip' AND m.content_id = @content::int4)
), told AS (
    INSERT INTO notice (user_id, key, kind, content_id, at)
    SELECT user_id, @key::text, 'prompt', @content::int4, @now::timestamptz FROM wanted WHERE had < @most::int8 ORDER BY user_id
    ON CONFLICT (user_id, key) DO NOTHING RETURNING 1
), held AS (
    INSERT INTO prompt_held (user_id, content_id, due_at)
    SELECT user_id, @content::int4, @tomorrow::timestamptz + make_interval(secs => place / 1048576.0 * @room::float8) FROM wanted WHERE had >= @most::int8 ORDER BY user_id
    ON CONFLICT DO NOTHING RETURNING 1
)
SELECT (SELECT count(*) FROM due) AS seen, (SELECT count(*) FROM told) AS told, (SELECT count(*) FROM held) AS held
