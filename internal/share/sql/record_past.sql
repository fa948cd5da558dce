-- Acts of the past: each counts where the person worked on its local day, and only if the content was
-- live then and in the person's feed.
INSERT INTO act (user_id, content_id, network, kind, grade, unit_id, agency_id, day, at, graded_at, caption)
SELECT a.user_id, a.content_id, a.network, a.kind, 'D', p.unit_id, p.agency_id,
       (a.at AT TIME ZONE body.zone)::date, a.at, a.at, a.caption
FROM unnest($1::int4[], $2::int4[], $3::int2[], $4::text[], $5::timestamptz[], $6::int2[]) AS a (user_id, content_id, network, kind, at, caption)
JOIN placement AS p ON p.user_id = a.user_id
JOIN agency AS body ON body.id = p.agency_id
    AND p.from_day <= (a.at AT TIME ZONE body.zone)::date
    AND (p.until_day IS NULL OR p.until_day > (a.at AT TIME ZONE body.zone)::date)
JOIN agency AS unit ON unit.id = p.unit_id
JOIN content AS c ON c.id = a.content_id AND c.published_at <= a.at
    AND (c.ends_at IS NULL OR c.ends_at > a.at) AND (c.recalled_at IS NULL OR c.recalled_at > a.at)
WHERE EXISTS (SELECT FROM content_target AS t WHERE t.content_id = c.id AND t.node_id = ANY (unit.path))
ORDER BY a.user_id, a.content_id
ON CONFLICT DO NOTHING
RETURNING user_id AS "user", content_id AS content, network, kind, grade, unit_id AS unit, day, 1 AS n, at, caption
