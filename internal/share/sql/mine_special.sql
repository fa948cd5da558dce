-- Which contents: of the live ones of the person's path since a day, those of a topic that they follow, or those
-- that are urgent; one page of the newest, without what they put aside.
WITH mine AS (
    SELECT DISTINCT t.content_id, t.published_at
    FROM content_target AS t
    JOIN content AS c ON c.id = t.content_id
    JOIN agency AS a ON a.id = c.agency_id
    JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
    WHERE t.node_id = ANY (@path::int4[]) AND t.published_at > @since::timestamptz
      AND (@first::bool OR (t.published_at, t.content_id) < (@at::timestamptz, @after::int4))
      AND CASE WHEN @followed::bool
          THEN EXISTS (SELECT FROM topic_wish AS w WHERE w.user_id = @user AND w.topic = v.topic AND w.wish = 1)
          ELSE v.kind = @urgent OR (v.mandate->>'until')::date >= (@now::timestamptz AT TIME ZONE a.zone)::date END
      AND NOT EXISTS (SELECT FROM feed_mark AS m WHERE m.user_id = @user AND m.mark = 'skip' AND m.content_id = t.content_id)
    ORDER BY t.published_at DESC, t.content_id DESC LIMIT @limit
)
