-- What the subtree published: by whomever it was shared. What was not there yet has no days before.
WITH published AS MATERIALIZED (
    SELECT c.id, v.title, a.name AS agency_name, (c.published_at AT TIME ZONE a.zone)::date <= @previous_to::date AS known
    FROM content AS c
    JOIN agency AS a ON a.id = c.agency_id AND a.path @> ARRAY[@node::int4]
    JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
    WHERE (c.published_at AT TIME ZONE a.zone)::date <= @to::date
), edge AS (
    SELECT * FROM unnest(@edge_from::date[], @edge_to::date[], @edge_sign::int4[]) AS e (from_day, to_day, sign)
), previous_edge AS (
    SELECT * FROM unnest(@previous_edge_from::date[], @previous_edge_to::date[], @previous_edge_sign::int4[]) AS e (from_day, to_day, sign)
), shown AS ( -- one sum over everything: however many there are, none is looked for among the others
    SELECT id, sum(shares)::int8 AS shares, sum(people)::int8 AS people_reached FROM (
        SELECT id, 0 AS shares, 0 AS people FROM published
        UNION ALL
        SELECT r.content_id, r.shares, 0 FROM rollup_content_act_month AS r
        WHERE r.content_id = ANY (ARRAY(SELECT id FROM published)) AND r.month >= @whole_from::date AND r.month < @whole_until::date
        UNION ALL
        SELECT act.content_id, edge.sign, 0 FROM edge CROSS JOIN published
        JOIN act ON act.content_id = published.id AND act.day BETWEEN edge.from_day AND edge.to_day AND act.kind = 'share'
        UNION ALL
        SELECT r.content_id, 0, r.people FROM rollup_content_day AS r
        WHERE r.content_id = ANY (ARRAY(SELECT id FROM published)) AND r.day BETWEEN @from::date AND @to::date
    ) AS part
    GROUP BY id ORDER BY people_reached DESC, shares DESC, id DESC LIMIT 20
)
SELECT id, title, agency_name, shares, people_reached,
       CASE WHEN known THEN (SELECT coalesce(sum(part.shares), 0)::int8 FROM (
           SELECT r.shares FROM rollup_content_act_month AS r
           WHERE r.content_id = shown.id AND r.month >= @previous_whole_from::date AND r.month < @previous_whole_until::date
           UNION ALL
           SELECT e.sign FROM previous_edge AS e JOIN act ON act.content_id = shown.id AND act.day BETWEEN e.from_day AND e.to_day AND act.kind = 'share'
       ) AS part) END AS past_shares,
       CASE WHEN known THEN coalesce((SELECT sum(r.people)::int8 FROM rollup_content_day AS r WHERE r.content_id = shown.id
                             AND r.day BETWEEN @previous_from::date AND @previous_to::date), 0) END AS past_people
FROM shown JOIN published USING (id) ORDER BY people_reached DESC, shares DESC, id DESC
