-- What the subtree published: by whomever it was shared. What was not there yet has no days before.
WITH published AS MATERIALIZED (
    SELECT c.id, v.title, a.name AS agency_name, (c.published_at AT TIME ZONE a.zone)::date <= @previous_to::date AS known
    FROM content AS c
    JOIN agency AS a ON a.id = c.agency_id AND a.path @> ARRAY[@node::int4]
    JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
    WHERE (c.published_at AT TIME ZONE a.zone)::date <= @to::date
), shared AS (
    SELECT act.content_id, count(*) AS shares FROM act
    WHERE act.content_id IN (SELECT id FROM published) AND act.kind = 'share' AND act.day BETWEEN @from::date AND @to::date
    GROUP BY act.content_id
), read AS (
    SELECT r.content_id, sum(r.people) AS people FROM rollup_content_day AS r
    WHERE r.content_id IN (SELECT id FROM published) AND r.day BETWEEN @from::date AND @to::date
    GROUP BY r.content_id
), shown AS (
    SELECT published.*, coalesce(shared.shares, 0)::int8 AS shares, coalesce(read.people, 0)::int8 AS people_reached
    FROM published LEFT JOIN shared ON shared.content_id = published.id LEFT JOIN read ON read.content_id = published.id
    ORDER BY people_reached DESC, shares DESC, id DESC LIMIT 20
)
SELECT id, title, agency_name, shares, people_reached,
       CASE WHEN known THEN (SELECT count(*) FROM act WHERE act.content_id = shown.id AND act.kind = 'share'
                             AND act.day BETWEEN @previous_from::date AND @previous_to::date) END AS past_shares,
       CASE WHEN known THEN coalesce((SELECT sum(r.people)::int8 FROM rollup_content_day AS r WHERE r.content_id = shown.id
                             AND r.day BETWEEN @previous_from::date AND @previous_to::date), 0) END AS past_people
FROM shown ORDER BY people_reached DESC, shares DESC, id DESC
