-- What the subtree published: by whomever it was shared. What was not there yet has no days before.
WITH shown AS (
    SELECT c.id, v.title, a.name AS agency_name, (c.published_at AT TIME ZONE a.zone)::date <= @previous_to::date AS known,
           (SELECT count(*) FROM act WHERE act.content_id = c.id AND act.kind = 'share' AND act.day BETWEEN @from::date AND @to::date)::int8 AS shares,
           coalesce((SELECT sum(r.people) FROM rollup_content_day AS r
                     WHERE r.content_id = c.id AND r.day BETWEEN @from::date AND @to::date), 0)::int8 AS people_reached
    FROM content AS c
    JOIN agency AS a ON a.id = c.agency_id AND a.path @> ARRAY[@node::int4]
    JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
    WHERE (c.published_at AT TIME ZONE a.zone)::date <= @to::date
    ORDER BY people_reached DESC, shares DESC, c.id DESC LIMIT 20
)
SELECT id, title, agency_name, shares, people_reached,
       CASE WHEN known THEN (SELECT count(*) FROM act WHERE act.content_id = shown.id AND act.kind = 'share'
                             AND act.day BETWEEN @previous_from::date AND @previous_to::date) END AS past_shares,
       CASE WHEN known THEN coalesce((SELECT sum(r.people)::int8 FROM rollup_content_day AS r WHERE r.content_id = shown.id
                             AND r.day BETWEEN @previous_from::date AND @previous_to::date), 0) END AS past_people
FROM shown ORDER BY people_reached DESC, shares DESC, id DESC
