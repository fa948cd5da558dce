-- One slice of a wave: everybody of the audience in one zone whose turn lies in a range. Who has had the
-- most of the day is held until tomorrow, and whose unit is quiet now until it is not; who wants none, or has
-- shared it or put it aside, is passed over. The urgent way is open to a person once a day and three times a week.
-- (The sum with nothing keeps the planner from reading everybody's notices of the day for each person.)
WITH due AS MATERIALIZED (
    SELECT p.user_id, min(unit.id) AS unit_id
    FROM placement AS p
    JOIN agency AS unit ON unit.id = p.unit_id
    JOIN agency AS body ON body.id = p.agency_id
    JOIN app_user AS u ON u.id = p.user_id AND u.active
    WHERE (((p.user_id::int8 * 2654435761) & 4294967295) >> 12) >= @low::int8
      AND (((p.user_id::int8 * 2654435761) & 4294967295) >> 12) < @high::int8
      AND unit.path && @nodes::int4[] AND body.zone = @zone
      AND p.from_day <= @day::date AND (p.until_day IS NULL OR p.until_day > @day::date)
    GROUP BY p.user_id
), quiet AS MATERIALIZED (
    SELECT unit.id AS unit_id, notice_opens(unit.path, @zone, @now::timestamptz, 'prompt') AS ordinary,
           notice_opens(unit.path, @zone, @now::timestamptz, 'urgent') AS urgent
    FROM agency AS unit WHERE unit.id IN (SELECT unit_id FROM due)
), wanted AS MATERIALIZED (
    SELECT d.user_id, d.unit_id,
           (SELECT count(*) FROM notice AS n WHERE n.user_id = d.user_id AND n.kind = 'prompt' AND n.at + interval '0' >= @midnight::timestamptz)
           + (SELECT count(*) FROM prompt_late AS l WHERE l.user_id = d.user_id AND l.day = @day::date) AS had,
           @urgent::bool AND NOT EXISTS (SELECT FROM notice AS n WHERE n.user_id = d.user_id AND n.urgent AND n.at + interval '0' >= @midnight::timestamptz)
           AND (SELECT count(*) FROM notice AS n WHERE n.user_id = d.user_id AND n.urgent AND n.at + interval '0' >= @monday::timestamptz) < @most_week::int8 AS urgent,
           ((((d.user_id::int8 * 2654435761) & 4294967295) >> 12) - @start::int8) & 1048575 AS place
    FROM due AS d
    WHERE NOT EXISTS (SELECT FROM prompt_off AS o WHERE o.user_id = d.user_id)
      AND NOT EXISTS (SELECT FROM act AS a WHERE a.user_id = d.user_id AND a.content_id = @content::int4 AND a.kind = 'share')
      AND NOT EXISTS (SELECT FROM feed_mark AS m WHERE m.user_id = d.user_id AND m.mark = 'skip' AND m.content_id = @content::int4)
), timed AS MATERIALIZED (
    SELECT w.user_id, w.had, w.urgent, w.place / 1048576.0 AS place, CASE WHEN w.urgent THEN q.urgent ELSE q.ordinary END AS opens
    FROM wanted AS w JOIN quiet AS q USING (unit_id)
), told AS (
    INSERT INTO notice (user_id, key, kind, content_id, urgent, at)
    SELECT user_id, @key::text, 'prompt', @content::int4, urgent, @now::timestamptz FROM timed WHERE had < @most::int8 AND opens IS NULL ORDER BY user_id
    ON CONFLICT (user_id, key) DO NOTHING RETURNING user_id, id, kind, urgent
), held AS (
    INSERT INTO prompt_held (user_id, content_id, due_at)
    SELECT user_id, @content::int4, CASE WHEN opens IS NULL THEN @tomorrow::timestamptz + make_interval(secs => place * @room::float8)
                                         ELSE opens + place * interval '30 minutes' END
    FROM timed WHERE had >= @most::int8 OR opens IS NOT NULL ORDER BY user_id
    ON CONFLICT DO NOTHING RETURNING 1
), /* pushed */
SELECT (SELECT count(*) FROM due) AS seen, (SELECT count(*) FROM told) AS told, (SELECT count(*) FROM held) AS held
