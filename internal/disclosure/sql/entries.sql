-- A page of the register, the newest first. The days are those of the office's own zone; published_at is bounded
-- a day wider first, so that the index is walked and nothing beside it. How many were reached is told once five
-- different persons shared: before, it would be the figure of very few. Four persons fill at most 60 rows, one for each
-- of 15 channels, so that 64 rows tell.
SELECT c.id, c.slug, v.title, v.kind, v.topic, c.agency_id AS office_id, office.name AS office, office.zone,
       c.published_at, c.ends_at, c.state, c.recalled_at, c.recall_reason, encode(v.hash, 'hex') AS hash,
       -- Who signed is a person, and stays out.
       coalesce(v.mandate ->> 'number', '') AS mandate_number, (v.mandate ->> 'date')::date AS mandate_date,
       coalesce(v.mandate ->> 'basis', '') AS mandate_basis, (v.mandate ->> 'until')::date AS mandate_until,
       coalesce((SELECT json_agg(node.name ORDER BY cardinality(node.path), node.name)
                 FROM content_target AS t JOIN agency AS node ON node.id = t.node_id WHERE t.content_id = c.id), '[]') AS audience,
       coalesce((SELECT json_agg(DISTINCT post ->> 'network') FROM jsonb_array_elements(v.official_posts) AS post), '[]') AS liked_on,
       CASE WHEN (SELECT count(DISTINCT user_id) FROM (SELECT user_id FROM act WHERE content_id = c.id AND kind = 'share' ORDER BY day LIMIT 64) AS few) >= @least
            THEN (SELECT coalesce(sum(people), 0)::int8 FROM rollup_content_day AS r
                  WHERE r.content_id = c.id AND r.day < (@now::timestamptz AT TIME ZONE office.zone)::date) END AS people_reached
FROM content AS c
JOIN agency AS office ON office.id = c.agency_id
JOIN content_version AS v ON v.content_id = c.id AND v.no = c.approved_version
WHERE c.slug IS NOT NULL AND c.state IN ('live', 'ended', 'recalled')
  AND (c.published_at, c.id) < (@before::timestamptz, @below::int4)
  AND c.published_at >= @from::date - interval '1 day' AND c.published_at < @to::date + interval '2 days'
  AND (c.published_at AT TIME ZONE office.zone)::date BETWEEN @from::date AND @to::date
  AND (@office::int4 = 0 OR office.path @> ARRAY[@office::int4])
  AND (@kind::text = '' OR v.kind = @kind)
  AND (NOT @mandated::bool OR v.mandate <> 'null')
ORDER BY c.published_at DESC, c.id DESC
LIMIT @limit
