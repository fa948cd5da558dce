-- The sums of one local day against the raw clicks, reckoned anew. Zones differ by whole hours, so raw
-- clicks are first gathered by the hour.
WITH hourly AS MATERIALIZED (
    SELECT content_id, unit_id, channel::int4 AS channel, date_trunc('hour', at) AS hour,
           count(*) FILTER (WHERE verdict::int4 = 1) AS valid, count(*) FILTER (WHERE verdict::int4 = 6) AS repeats,
           count(*) FILTER (WHERE verdict::int4 IN (2, 3, 4)) AS machines
    FROM click
    WHERE at >= (@day::date - 1)::timestamp AT TIME ZONE 'UTC' AND at < (@day::date + 1)::timestamp AT TIME ZONE 'UTC'
    GROUP BY 1, 2, 3, 4
), by_content AS (
    SELECT h.content_id AS id, 0 AS split, sum(valid) AS valid, sum(repeats) AS repeats, sum(machines) AS machines
    FROM hourly AS h JOIN content AS c ON c.id = h.content_id JOIN agency AS a ON a.id = c.agency_id
    WHERE (h.hour AT TIME ZONE a.zone)::date = @day::date
    GROUP BY 1
), by_channel AS (
    SELECT n.id, h.channel AS split, sum(valid) AS valid, sum(repeats) AS repeats, sum(machines) AS machines
    FROM hourly AS h JOIN agency AS unit ON unit.id = h.unit_id JOIN agency AS n ON n.id = ANY (unit.path)
    WHERE (h.hour AT TIME ZONE n.zone)::date = @day::date
    GROUP BY 1, 2
), by_node AS (
    SELECT id, 0 AS split, sum(valid) AS valid, sum(repeats) AS repeats, sum(machines) AS machines FROM by_channel GROUP BY 1
), kept AS (
    SELECT 'content' AS what, content_id AS id, 0 AS split, valid, people, repeats, machines FROM rollup_content_day WHERE day = @day::date
    UNION ALL SELECT 'node', node_id, 0, valid, people, repeats, machines FROM rollup_node_day WHERE day = @day::date
    UNION ALL SELECT 'channel', node_id, channel, valid, people, repeats, machines FROM rollup_node_channel_day WHERE day = @day::date
), raw AS (
    SELECT 'content' AS what, * FROM by_content
    UNION ALL SELECT 'node', * FROM by_node
    UNION ALL SELECT 'channel', * FROM by_channel
)
SELECT count(*) AS sums,
       count(*) FILTER (WHERE (coalesce(kept.valid, 0), coalesce(kept.people, 0), coalesce(kept.repeats, 0), coalesce(kept.machines, 0))
                              IS DISTINCT FROM (coalesce(raw.valid, 0), coalesce(raw.valid, 0), coalesce(raw.repeats, 0), coalesce(raw.machines, 0))) AS wrong
FROM kept FULL JOIN raw ON kept.what = raw.what AND kept.id = raw.id AND kept.split = raw.split
