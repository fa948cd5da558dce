-- Who asks, for many at once: whether the session is open, what stands before everything else, where the
-- person works on this day of their agency's zone, what they were granted (a deputy approves where the
-- represented person does, as long as that lasts), and how far their own part of the feed is. One row for
-- each pair, in any order; every look-up is by key.
SELECT q.no::int4, s.user_id IS NOT NULL AS open, coalesce(c.must_change, false) AS must_change,
       coalesce(c.must_change AND g.newest > c.changed_at, false) AS outgrown, t.confirmed_at IS NOT NULL AS totp,
       coalesce(p.unit_id, 0), coalesce(p.agency_id, 0), coalesce(p.zone, ''), p.path, g.roles, g.nodes, coalesce(f.turn, 0)
FROM unnest($1::int4[], $2::int8[]) WITH ORDINALITY AS q (user_id, session_id, no)
LEFT JOIN LATERAL ( -- each a look-up by key with a limit, so that a small table is not read whole for a few
    SELECT session.user_id FROM session WHERE session.user_id = q.user_id AND session.id = q.session_id
      AND session.revoked_at IS NULL AND session.expires_at > $3::timestamptz LIMIT 1
) AS s ON true
LEFT JOIN LATERAL (SELECT must_change, changed_at FROM credential WHERE credential.user_id = q.user_id LIMIT 1) AS c ON true
LEFT JOIN LATERAL (SELECT confirmed_at FROM totp WHERE totp.user_id = q.user_id LIMIT 1) AS t ON true
LEFT JOIN LATERAL (SELECT turn FROM feed_turn WHERE feed_turn.user_id = q.user_id LIMIT 1) AS f ON true
LEFT JOIN LATERAL (
    SELECT placed.unit_id, placed.agency_id, a.zone, unit.path
    FROM placement AS placed
    JOIN app_user AS u ON u.id = placed.user_id AND u.active
    JOIN agency AS a ON a.id = placed.agency_id
    JOIN agency AS unit ON unit.id = placed.unit_id
    WHERE placed.user_id = q.user_id
      AND placed.from_day <= ($3::timestamptz AT TIME ZONE a.zone)::date
      AND (placed.until_day IS NULL OR placed.until_day > ($3::timestamptz AT TIME ZONE a.zone)::date)
    LIMIT 1
) AS p ON true
CROSS JOIN LATERAL (
    SELECT array_agg(r.role) AS roles, array_agg(r.agency_id) AS nodes, max(r.granted_at) AS newest
    FROM (
        SELECT role, agency_id, granted_at FROM user_role WHERE user_role.user_id = q.user_id
        UNION ALL
        SELECT g.role, g.agency_id, d.named_at FROM deputy AS d JOIN user_role AS g ON g.user_id = d.user_id AND g.role = 'approver'
        WHERE d.deputy_id = q.user_id AND d.starts_at <= $3 AND d.ends_at > $3 AND d.ended_at IS NULL
    ) AS r
) AS g
