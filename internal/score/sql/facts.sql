-- What the ledger says of persons between two days, up to an entry. A live content is never edited, so its
-- version is the one that was read.
SELECT l.user_id, l.kind, l.day - date '1970-01-01' AS day, l.channel, coalesce(c.clarifies, false) AS clarifies, sum(l.amount)::int8 AS amount
FROM unnest(@users::int4[]) AS who (id)
CROSS JOIN LATERAL (SELECT * FROM ledger WHERE ledger.user_id = who.id OFFSET 0) AS l -- by their key
LEFT JOIN (
    SELECT c.id, v.kind = 'klarifikasi' AS clarifies FROM content AS c JOIN content_version AS v ON v.content_id = c.id AND v.no = c.version
) AS c ON c.id = l.content_id AND l.kind = 'people_reached'
WHERE l.id <= @upto AND l.day BETWEEN @from::date AND @to::date
GROUP BY 1, 2, 3, 4, 5
