-- The items that stand in a stretch of time: by when they go out, went out, or are wished for; at is null for
-- one that only ends in it.
SELECT c.id, c.publish_at AS at, false AS wish FROM content AS c
WHERE c.state = 'scheduled' AND c.publish_at >= @from AND c.publish_at < @to
UNION ALL
SELECT c.id, c.published_at, false FROM content AS c
WHERE c.state IN ('live', 'ended', 'recalled') AND c.published_at >= @from AND c.published_at < @to
UNION ALL
SELECT c.id, w.at, true FROM content_wish AS w JOIN content AS c ON c.id = w.content_id
WHERE c.state IN ('draft', 'in_review', 'on_hold', 'changes_requested', 'approved') AND w.at >= @from AND w.at < @to
UNION ALL
SELECT c.id, NULL, false FROM content AS c
WHERE c.state IN ('scheduled', 'live', 'ended') AND c.ends_at >= @from AND c.ends_at < @to
