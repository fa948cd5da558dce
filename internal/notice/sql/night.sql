-- Who wants urgent clarifications in quiet hours as well: few, found by their wish, told at once.
WITH wanted AS MATERIALIZED (
    SELECT DISTINCT d.user_id
    FROM notice_wish AS d
    JOIN placement AS p ON p.user_id = d.user_id
    JOIN agency AS unit ON unit.id = p.unit_id
    JOIN agency AS body ON body.id = p.agency_id
    JOIN app_user AS u ON u.id = d.user_id AND u.active
    WHERE d.night AND d.pace <> 'none' AND unit.path && @nodes::int4[] AND body.zone = @zone
      AND p.from_day <= @day::date AND (p.until_day IS NULL OR p.until_day > @day::date)
      AND EXISTS (SELECT FROM push_device AS v JOIN session AS s ON s.user_id = v.user_id AND s.id = v.session_id
                  WHERE v.user_id = d.user_id AND s.revoked_at IS NULL AND s.expires_at > @now::timestamptz)
      AND NOT EXISTS (SELECT FROM push_off AS o WHERE o.user_id = d.user_id AND o.kind = 'urgent')
      AND NOT EXISTS (SELECT FROM prompt_off AS o WHERE o.user_id = d.user_id)
      AND NOT EXISTS (SELECT FROM act AS a WHERE a.user_id = d.user_id AND a.content_id = @content::int4 AND a.kind = 'share')
      AND NOT EXISTS (SELECT FROM feed_mark AS m WHERE m.user_id = d.user_id AND m.mark = 'skip' AND m.content_id = @content::int4)
      AND NOT EXISTS (SELECT FROM notice AS n WHERE n.user_id = d.user_id AND n.key = @key::text)
      AND NOT EXISTS (SELECT FROM notice AS n WHERE n.user_id = d.user_id AND n.urgent AND n.at + interval '0' >= @midnight::timestamptz)
      AND (SELECT count(*) FROM notice AS n WHERE n.user_id = d.user_id AND n.urgent AND n.at + interval '0' >= @monday::timestamptz) < @most_week::int8
      AND (SELECT count(*) FROM notice AS n WHERE n.user_id = d.user_id AND n.kind = 'prompt' AND n.at + interval '0' >= @midnight::timestamptz)
          + (SELECT count(*) FROM prompt_late AS l WHERE l.user_id = d.user_id AND l.day = @day::date) < @most::int8
), told AS (
    INSERT INTO notice (user_id, key, kind, content_id, urgent, at)
    SELECT user_id, @key::text, 'prompt', @content::int4, true, @now::timestamptz FROM wanted ORDER BY user_id
    ON CONFLICT (user_id, key) DO NOTHING RETURNING user_id, id, kind, urgent
), /* pushed */
SELECT count(*) AS told FROM told
