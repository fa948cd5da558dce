-- Side by side and never added up: networks measure different things.
SELECT coalesce(s.network, r.channel)::int8 AS number, coalesce(s.shares, 0)::int8 AS shares, coalesce(s.a, 0)::int8 AS a,
       coalesce(s.b, 0)::int8 AS b, coalesce(s.c, 0)::int8 AS c, coalesce(s.d, 0)::int8 AS d, coalesce(r.people, 0)::int8 AS people_reached, coalesce(s.likes, 0)::int8 AS likes
FROM (SELECT act.network, count(*) FILTER (WHERE act.kind = 'share') AS shares, count(*) FILTER (WHERE act.kind = 'like') AS likes,
             count(*) FILTER (WHERE act.kind = 'share' AND act.grade = 'A') AS a, count(*) FILTER (WHERE act.kind = 'share' AND act.grade = 'B') AS b,
             count(*) FILTER (WHERE act.kind = 'share' AND act.grade = 'C') AS c, count(*) FILTER (WHERE act.kind = 'share' AND act.grade = 'D') AS d
      FROM act JOIN agency AS u ON u.id = act.unit_id
      WHERE u.path @> ARRAY[@node::int4] AND act.day BETWEEN @from::date AND @to::date
      GROUP BY act.network) AS s
FULL JOIN (SELECT channel, sum(people) AS people FROM rollup_node_channel_day
           WHERE node_id = @node AND day BETWEEN @from::date AND @to::date GROUP BY channel) AS r ON r.channel = s.network
ORDER BY 1
