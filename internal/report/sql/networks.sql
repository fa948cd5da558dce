-- Side by side and never added up: networks measure different things.
SELECT coalesce(a.network, r.channel)::int8 AS number, coalesce(a.shares, 0)::int8 AS shares, coalesce(r.people, 0)::int8 AS people_reached
FROM (SELECT act.network, count(*) AS shares FROM act JOIN agency AS u ON u.id = act.unit_id
      WHERE act.kind = 'share' AND u.path @> ARRAY[@node::int4] AND act.day BETWEEN @from::date AND @to::date
      GROUP BY act.network) AS a
FULL JOIN (SELECT channel, sum(people) AS people FROM rollup_node_channel_day
           WHERE node_id = @node AND day BETWEEN @from::date AND @to::date GROUP BY channel) AS r ON r.channel = a.network
ORDER BY 1
