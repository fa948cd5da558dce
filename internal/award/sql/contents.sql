-- What each content did through a person in a span of days: whom it reached, and how it was shared.
WITH reached AS (
    SELECT content_id, sum(amount) AS people FROM ledger
    WHERE user_id = @me AND kind = 'people_reached' AND day BETWEEN @from::date AND @to::date GROUP BY 1 HAVING sum(amount) <> 0
), shared AS (
    SELECT content_id, min(grade) AS grade, array_agg(DISTINCT network ORDER BY network) AS numbers,
           bool_or(day BETWEEN @from::date AND @to::date) AS within
    FROM act WHERE user_id = @me AND kind = 'share' GROUP BY 1
), mine AS (
    SELECT content_id, coalesce(people, 0) AS people, coalesce(grade, 'B') AS grade, coalesce(numbers, '{}') AS numbers
    FROM reached FULL JOIN shared USING (content_id) WHERE within OR people IS NOT NULL
)
SELECT c.id, v.title, mine.people, mine.grade, mine.numbers::text AS numbers, coalesce(t.text, '') AS thanks, a.name AS thanked_by,
       c.state = 'live' AND (c.ends_at IS NULL OR c.ends_at > @now::timestamptz) AS live
FROM mine
JOIN content AS c ON c.id = mine.content_id
JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
JOIN agency AS a ON a.id = c.agency_id
LEFT JOIN thanks AS t ON t.content_id = c.id AND mine.people > 0
WHERE c.state <> 'recalled' AND (@first::bool OR (mine.people, c.id) < (@people::int4, @before::int4))
ORDER BY mine.people DESC, c.id DESC LIMIT @limit
