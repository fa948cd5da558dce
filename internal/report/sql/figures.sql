-- The sums of a node's subtree over local days. A group under the limit has none.
WITH node AS (
    SELECT a.id, a.path, (SELECT e.people FROM eligible_day AS e
                  WHERE e.node_id = a.id AND e.day <= @to::date ORDER BY e.day DESC LIMIT 1)::int8 AS eligible
    FROM agency AS a WHERE a.id = @node
), acts AS (
    SELECT count(DISTINCT act.user_id) FILTER (WHERE act.kind = 'share') AS sharers,
           count(*) FILTER (WHERE act.kind = 'share') AS shares, count(*) FILTER (WHERE act.kind = 'like') AS likes
    FROM act JOIN agency AS u ON u.id = act.unit_id
    WHERE u.path @> ARRAY[@node::int4] AND act.day BETWEEN @from::date AND @to::date
), reach AS (
    SELECT coalesce(sum(people), 0)::int8 AS people, coalesce(sum(valid), 0)::int8 AS valid, coalesce(sum(machines), 0)::int8 AS machines
    FROM rollup_node_day WHERE node_id = @node AND day BETWEEN @from::date AND @to::date
)
SELECT CASE WHEN shown THEN eligible END AS eligible, CASE WHEN shown THEN sharers END AS active_sharers,
       CASE WHEN shown THEN shares END AS shares, CASE WHEN shown THEN likes END AS likes,
       CASE WHEN shown THEN people END AS people_reached, CASE WHEN shown THEN valid END AS valid_clicks,
       CASE WHEN shown THEN machines END AS machine_requests,
       CASE WHEN shown THEN per_100(sharers, eligible) END AS share_rate,
       CASE WHEN shown THEN per_100(people, eligible) END AS reach_per100
FROM node, acts, reach, LATERAL (SELECT coalesce(node.eligible, 0) >= @smallest AS shown) AS s
