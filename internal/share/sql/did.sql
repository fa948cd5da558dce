-- What persons did with some contents each, for many at once: marks, acts with their strongest
-- evidence, and what they wish of topics. Each arm reads one range of a primary key, and keeps what was asked for.
SELECT q.no, d.content_id, d.mark, d.id, d.kind, d.network, d.grade, d.at, d.evidence
FROM (
    SELECT no::int4, user_id, low, high, ($5::int4[])[first:last] AS items
    FROM unnest($1::int4[], $2::int4[], $3::int4[], $4::int4[], $6::int4[]) WITH ORDINALITY AS asked (user_id, low, high, first, last, no)
    OFFSET 0
) AS q
CROSS JOIN LATERAL (
    SELECT content_id, mark, 0::int8 AS id, '' AS kind, 0::int2 AS network, '' AS grade, at, '' AS evidence
    FROM feed_mark WHERE user_id = q.user_id AND mark = ANY ('{save,skip}') AND content_id BETWEEN q.low AND q.high AND content_id = ANY (q.items)
    UNION ALL
    SELECT 0, 'wish', 0, topic, wish, '', at, '' FROM topic_wish WHERE user_id = q.user_id
    UNION ALL
    SELECT content_id, '', id, kind, network, grade, at, coalesce((
        SELECT e.kind FROM act_evidence AS e WHERE e.user_id = act.user_id AND e.content_id = act.content_id
        AND e.network = act.network AND e.act = act.kind ORDER BY e.level DESC, e.at LIMIT 1), '')
    FROM act WHERE user_id = q.user_id AND content_id BETWEEN q.low AND q.high AND content_id = ANY (q.items)
) AS d
