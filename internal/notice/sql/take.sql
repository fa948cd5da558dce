-- The push messages that are due: what nobody needs any more goes, what may not go now waits, the rest is claimed.
WITH due AS MATERIALIZED (
    SELECT * FROM push_due WHERE due_at <= @now::timestamptz ORDER BY due_at, user_id, notice_id, device_id LIMIT @limit::int8 FOR UPDATE SKIP LOCKED
), looked AS MATERIALIZED (
    SELECT p.user_id, p.notice_id, p.device_id, p.class, p.tries, n.kind, coalesce(n.content_id, 0) AS content_id, n.final, n.step_name,
           coalesce(v.title, r.kind, season.name, '') AS title, u.lang, d.sealed, d.hash, d.vapid,
           coalesce(at.zone, @usual) AS zone, c.ends_at,
           n.kind = 'prompt' AND n.at < date_trunc('day', @now::timestamptz AT TIME ZONE coalesce(at.zone, @usual)) AT TIME ZONE coalesce(at.zone, @usual) AS late,
           (@now::timestamptz AT TIME ZONE coalesce(at.zone, @usual))::date AS today,
           coalesce(at.unit_id, 0) AS unit_id, coalesce(at.path, '{}') AS path,
           CASE WHEN p.class = 'recalled' OR p.class = 'urgent' AND coalesce(w.night, false) THEN NULL
                WHEN n.kind = 'neutrality' OR p.class = 'work' AND v.kind = 'klarifikasi' THEN 'urgent' ELSE p.class END AS told_as,
           p.unsure >= @most_unsure::int8 OR p.told_at < @stale::timestamptz OR NOT u.active OR n.read_at IS NOT NULL OR s.user_id IS NULL
           OR EXISTS (SELECT FROM push_off AS o WHERE o.user_id = p.user_id AND o.kind = CASE p.class WHEN 'urgent' THEN 'urgent' ELSE n.kind END)
           OR CASE n.kind
                WHEN 'prompt' THEN c.state <> 'live' OR c.ends_at <= @now::timestamptz
                    OR coalesce(w.pace, 'direct') <> ALL (CASE p.class WHEN 'urgent' THEN '{direct,daily,weekly}'::text[] ELSE '{direct}' END)
                    OR EXISTS (SELECT FROM prompt_off AS o WHERE o.user_id = p.user_id)
                    OR EXISTS (SELECT FROM act AS a WHERE a.user_id = p.user_id AND a.content_id = n.content_id AND a.kind = 'share')
                    OR EXISTS (SELECT FROM feed_mark AS m WHERE m.user_id = p.user_id AND m.mark = 'skip' AND m.content_id = n.content_id)
                WHEN 'recalled' THEN false
                WHEN 'data_request' THEN false
                WHEN 'raffle' THEN false
                ELSE NOT (EXISTS (SELECT FROM user_role AS g WHERE g.user_id = p.user_id AND g.role = ANY (@readers::text[]) AND g.agency_id = ANY (b.path))
                    OR EXISTS (SELECT FROM deputy AS x JOIN user_role AS g ON g.user_id = x.user_id AND g.role = 'approver' WHERE x.deputy_id = p.user_id
                        AND x.starts_at <= @now::timestamptz AND x.ends_at > @now::timestamptz AND x.ended_at IS NULL AND g.agency_id = ANY (b.path)))
              END AS over
    FROM due AS p
    JOIN notice AS n ON n.user_id = p.user_id AND n.id = p.notice_id
    JOIN push_device AS d ON d.user_id = p.user_id AND d.id = p.device_id
    JOIN app_user AS u ON u.id = p.user_id
    LEFT JOIN content AS c ON c.id = n.content_id
    LEFT JOIN agency AS b ON b.id = c.agency_id
    LEFT JOIN data_request AS r ON r.user_id = n.user_id AND r.id = n.request_id
    LEFT JOIN season ON season.id = n.season_id
    LEFT JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
    LEFT JOIN session AS s ON s.user_id = p.user_id AND s.id = d.session_id AND s.revoked_at IS NULL AND s.expires_at > @now::timestamptz
    LEFT JOIN notice_wish AS w ON w.user_id = p.user_id
    LEFT JOIN LATERAL (
        SELECT body.zone, unit.path, q.unit_id FROM placement AS q JOIN agency AS body ON body.id = q.agency_id JOIN agency AS unit ON unit.id = q.unit_id
        WHERE q.user_id = p.user_id AND q.until_day IS NULL LIMIT 1
    ) AS at ON true
), quiet AS MATERIALIZED (
    -- Once for all of a unit, not once for each message.
    SELECT unit_id, zone, told_as, notice_opens(path, zone, @now::timestamptz, told_as) AS opens
    FROM (SELECT DISTINCT unit_id, zone, told_as, path FROM looked WHERE told_as IS NOT NULL) AS each
), judged AS MATERIALIZED (
    SELECT l.*, q.opens, l.over OR l.late AND @most::int8 < dense_rank() OVER (PARTITION BY l.user_id, l.late ORDER BY l.notice_id)
           + (SELECT count(*) FROM notice AS n WHERE n.user_id = l.user_id AND n.kind = 'prompt' AND n.at + interval '0' >= l.today::timestamp AT TIME ZONE l.zone)
           + (SELECT count(*) FROM prompt_late AS o WHERE o.user_id = l.user_id AND o.day = l.today AND o.content_id <> l.content_id) AS gone
    FROM looked AS l LEFT JOIN quiet AS q USING (unit_id, zone, told_as)
), dropped AS (
    -- Of whom nothing is known any more as well, or they would stand before all others.
    DELETE FROM push_due AS p USING due AS d
    WHERE p.user_id = d.user_id AND p.notice_id = d.notice_id AND p.device_id = d.device_id
      AND (d.user_id, d.notice_id, d.device_id) NOT IN (SELECT user_id, notice_id, device_id FROM judged WHERE NOT gone)
), later AS (
    UPDATE push_due AS p
    SET due_at = j.opens + (((j.user_id::int8 * 2654435761) & 4294967295) >> 12) / 1048576.0 * interval '30 minutes'
    FROM judged AS j
    WHERE p.user_id = j.user_id AND p.notice_id = j.notice_id AND p.device_id = j.device_id AND NOT j.gone AND j.opens IS NOT NULL
), claimed AS (
    UPDATE push_due AS p SET due_at = @again::timestamptz, unsure = p.unsure + 1 FROM judged AS j
    WHERE p.user_id = j.user_id AND p.notice_id = j.notice_id AND p.device_id = j.device_id AND NOT j.gone AND j.opens IS NULL
), counted AS (
    INSERT INTO prompt_late (user_id, day, content_id) SELECT DISTINCT user_id, today, content_id FROM judged
    WHERE late AND NOT gone AND opens IS NULL ORDER BY user_id, content_id ON CONFLICT DO NOTHING
)
SELECT user_id, notice_id, device_id, class, tries, kind, content_id, final, step_name, title, lang, sealed, hash, vapid, zone, ends_at, gone, opens IS NOT NULL AS waits FROM judged
