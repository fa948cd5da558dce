-- Those held until now: the urgent first, up to the most of the day, and only while people are awake where
-- they work and their unit is not quiet. The rest waits; what has become pointless is forgotten.
WITH due AS MATERIALIZED (
    SELECT user_id, content_id FROM prompt_held WHERE due_at <= @now::timestamptz ORDER BY due_at LIMIT @limit::int8 FOR UPDATE SKIP LOCKED
), looked AS MATERIALIZED (
    SELECT d.user_id, d.content_id, at.zone, at.path, v.kind = 'klarifikasi' AS first, @now::timestamptz AT TIME ZONE at.zone AS here,
           EXISTS (SELECT FROM prompt_wave AS w WHERE w.content_id = d.content_id AND w.zone = at.zone AND w.urgent) AS urgent,
           (((((d.user_id::int8 * 2654435761) & 4294967295) >> 12) - (((d.content_id::int8 * 2246822519) & 4294967295) >> 12)) & 1048575) / 1048576.0 AS place
    FROM due AS d
    JOIN content AS c ON c.id = d.content_id AND c.state = 'live' AND (c.ends_at IS NULL OR c.ends_at > @now::timestamptz) AND c.published_at > @oldest::timestamptz
    JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
    JOIN app_user AS u ON u.id = d.user_id AND u.active
    CROSS JOIN LATERAL (
        SELECT body.zone, unit.path FROM placement AS p
        JOIN agency AS body ON body.id = p.agency_id
        JOIN agency AS unit ON unit.id = p.unit_id
        WHERE p.user_id = d.user_id AND p.from_day <= (@now::timestamptz AT TIME ZONE body.zone)::date
          AND (p.until_day IS NULL OR p.until_day > (@now::timestamptz AT TIME ZONE body.zone)::date)
          AND EXISTS (SELECT FROM content_target AS t WHERE t.content_id = d.content_id AND t.node_id = ANY (unit.path))
        LIMIT 1
    ) AS at
    WHERE NOT EXISTS (SELECT FROM prompt_off AS o WHERE o.user_id = d.user_id)
      AND NOT EXISTS (SELECT FROM act AS a WHERE a.user_id = d.user_id AND a.content_id = d.content_id AND a.kind = 'share')
      AND NOT EXISTS (SELECT FROM feed_mark AS m WHERE m.user_id = d.user_id AND m.mark = 'skip' AND m.content_id = d.content_id)
      AND NOT EXISTS (SELECT FROM notice AS n WHERE n.user_id = d.user_id AND n.key = 'prompt/' || d.content_id)
), allowed AS MATERIALIZED (
    SELECT l.*, date_trunc('day', here) AT TIME ZONE zone AS midnight,
           l.urgent AND row_number() OVER (PARTITION BY l.user_id ORDER BY l.urgent DESC, l.content_id) = 1
           AND NOT EXISTS (SELECT FROM notice AS n WHERE n.user_id = l.user_id AND n.urgent AND n.at + interval '0' >= date_trunc('day', here) AT TIME ZONE zone)
           AND (SELECT count(*) FROM notice AS n WHERE n.user_id = l.user_id AND n.urgent
                AND n.at + interval '0' >= date_trunc('week', here) AT TIME ZONE zone) < @most_week::int8 AS hurried
    FROM looked AS l
), timed AS MATERIALIZED (
    SELECT a.*, notice_opens(path, zone, @now::timestamptz, CASE WHEN hurried THEN 'urgent' ELSE 'prompt' END) AS opens FROM allowed AS a
), ranked AS (
    SELECT *, here::time >= time '06:00' + place * interval '30 minutes' AS risen,
           row_number() OVER (PARTITION BY user_id ORDER BY opens IS NOT NULL, first DESC, content_id)
           + (SELECT count(*) FROM notice AS n WHERE n.user_id = timed.user_id AND n.kind = 'prompt' AND n.at + interval '0' >= midnight)
           + (SELECT count(*) FROM prompt_late AS o WHERE o.user_id = timed.user_id AND o.day = here::date) AS nth
    FROM timed
), told AS (
    INSERT INTO notice (user_id, key, kind, content_id, urgent, at)
    SELECT user_id, 'prompt/' || content_id, 'prompt', content_id, hurried, @now::timestamptz FROM ranked
    WHERE risen AND opens IS NULL AND nth <= @most::int8 ORDER BY user_id, content_id
    ON CONFLICT (user_id, key) DO NOTHING RETURNING user_id, content_id, id, kind, urgent
), later AS (
    UPDATE prompt_held AS h
    SET due_at = CASE WHEN r.risen AND r.opens IS NOT NULL THEN r.opens + r.place * interval '30 minutes'
                      ELSE (r.here::date + CASE WHEN r.risen THEN 1 ELSE 0 END + time '06:00' + r.place * interval '30 minutes') AT TIME ZONE r.zone END
    FROM ranked AS r
    WHERE h.user_id = r.user_id AND h.content_id = r.content_id AND NOT (r.risen AND r.opens IS NULL AND r.nth <= @most::int8)
), over AS (
    DELETE FROM prompt_held AS h USING due AS d
    WHERE h.user_id = d.user_id AND h.content_id = d.content_id
      AND NOT EXISTS (SELECT FROM ranked AS r WHERE r.user_id = d.user_id AND r.content_id = d.content_id
                      AND NOT (r.risen AND r.opens IS NULL AND r.nth <= @most::int8))
), summed AS (
    UPDATE prompt_wave AS w SET told = w.told + n.people
    FROM (SELECT content_id, zone, count(*) AS people FROM told JOIN ranked USING (user_id, content_id) GROUP BY 1, 2) AS n
    WHERE w.content_id = n.content_id AND w.zone = n.zone
), /* pushed */
SELECT count(*) AS n FROM due
