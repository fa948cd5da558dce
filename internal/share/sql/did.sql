-- What persons did in a stretch of contents, for many at once: marks, and acts with their strongest
-- evidence. Each arm is one range of a primary key.
SELECT q.no::int4, d.content_id, d.mark, d.id, d.kind, d.network, d.grade, d.at, d.evidence
FROM unnest(@users::int4[], @lows::int4[], @highs::int4[]) WITH ORDINALITY AS q (user_id, low, high, no)
CROSS JOIN LATERAL (
    SELECT content_id, mark, 0::int8 AS id, '' AS kind, 0::int2 AS network, '' AS grade, at, '' AS evidence
    FROM feed_mark WHERE user_id = q.user_id AND mark = 'skip' AND content_id BETWEEN q.low AND q.high
    UNION ALL
    SELECT content_id, mark, 0, '', 0, '', at, ''
    FROM feed_mark WHERE user_id = q.user_id AND mark = 'save' AND content_id BETWEEN q.low AND q.high
    UNION ALL
    SELECT content_id, '', id, kind, network, grade, at, coalesce((
        SELECT e.kind FROM act_evidence AS e WHERE e.user_id = act.user_id AND e.content_id = act.content_id
        AND e.network = act.network AND e.act = act.kind ORDER BY e.level DESC, e.at LIMIT 1), '')
    FROM act WHERE user_id = q.user_id AND content_id BETWEEN q.low AND q.high
) AS d
ORDER BY d.id
