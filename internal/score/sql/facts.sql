-- What the ledger says of persons between two days, up to an entry. A live content is never edited, so its
-- version is the one that was read.
SELECT l.user_id, l.kind, l.day - date '1970-01-01' AS day, l.channel, coalesce(c.clarifies, false) AS clarifies, sum(l.amount)::int8 AS amount
FROM ledger AS l
LEFT JOIN LATERAL (
    SELECT v.kind = 'klarifikasi' AS clarifies FROM content AS c JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
    WHERE c.id = l.content_id AND l.kind = 'people_reached'
) AS c ON true
WHERE l.user_id = ANY (@users::int4[]) AND l.id <= @upto AND l.day BETWEEN @from::date AND @to::date
GROUP BY 1, 2, 3, 4, 5
