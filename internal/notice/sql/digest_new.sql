-- What is new since the last summary and meant for a person, the newest first, without what they have done with already.
SELECT c.id, v.title, a.name AS agency_name
FROM content AS c
JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
JOIN agency AS a ON a.id = c.agency_id
WHERE c.state = 'live' AND c.published_at >= @since::timestamptz AND (c.ends_at IS NULL OR c.ends_at > @now::timestamptz)
  AND EXISTS (SELECT FROM content_target AS t WHERE t.content_id = c.id AND t.node_id = ANY (@path::int4[]))
  AND NOT EXISTS (SELECT FROM act WHERE act.user_id = @me::int4 AND act.content_id = c.id AND act.kind = 'share')
  AND NOT EXISTS (SELECT FROM feed_mark AS m WHERE m.user_id = @me::int4 AND m.mark = 'skip' AND m.content_id = c.id)
ORDER BY c.published_at DESC, c.id DESC LIMIT @most::int8
