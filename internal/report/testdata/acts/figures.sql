-- The sums of a node's subtree over local days. Whoever worked there when it was done counts there.
WITH below AS MATERIALIZED (
    SELECT id FROM agency WHERE path @> ARRAY[@node::int4]
), node AS (
    SELECT (SELECT e.people FROM eligible_day AS e
            WHERE e.node_id = @node AND e.day <= @to::date ORDER BY e.day DESC LIMIT 1)::int8 AS eligible
), person AS MATERIALIZED (
    SELECT act.user_id, count(*) FILTER (WHERE act.kind = 'share') AS shares,
           count(*) FILTER (WHERE act.kind = 'share' AND act.grade IN ('A', 'B')) AS proven,
           count(*) FILTER (WHERE act.kind = 'like') AS likes,
           count(*) FILTER (WHERE act.kind = 'like' AND act.grade IN ('A', 'B')) AS proven_likes
    FROM below JOIN act ON act.unit_id = below.id AND act.day BETWEEN @from::date AND @to::date
    GROUP BY act.user_id
), acts AS (
    SELECT count(*) AS active, count(*) FILTER (WHERE shares > 0) AS sharers,
           coalesce(sum(shares), 0)::int8 AS shares, coalesce(sum(proven), 0)::int8 AS proven, coalesce(sum(likes), 0)::int8 AS likes,
           count(*) FILTER (WHERE likes > 0) AS likers, count(*) FILTER (WHERE proven_likes > 0) AS proven_likers,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY shares) FILTER (WHERE shares > 0) AS median
    FROM person
), reach AS (
    SELECT coalesce(sum(people), 0)::int8 AS people, coalesce(sum(valid), 0)::int8 AS valid, coalesce(sum(machines), 0)::int8 AS machines
    FROM rollup_node_day WHERE node_id = @node AND day BETWEEN @from::date AND @to::date
), signed AS (
    SELECT count(*) AS people
    FROM (SELECT coalesce(max(e.day), @to::date) AS day FROM eligible_day AS e WHERE e.node_id = @node AND e.day <= @to::date) AS counted
    CROSS JOIN below JOIN placement AS p ON p.unit_id = below.id AND p.from_day <= counted.day AND (p.until_day IS NULL OR p.until_day > counted.day)
    JOIN app_user AS u ON u.id = p.user_id AND u.active
    WHERE p.user_id IN (SELECT act.user_id FROM act WHERE act.day <= @to::date)
       OR p.user_id IN (SELECT s.user_id FROM session AS s WHERE s.created_at < ((@to::date + 1)::timestamp AT TIME ZONE @zone))
), reached AS (
    SELECT l.user_id, sum(l.amount) AS people
    FROM below JOIN ledger AS l ON l.unit_id = below.id AND l.kind = 'people_reached' AND l.day BETWEEN @from::date AND @to::date
    GROUP BY l.user_id HAVING sum(l.amount) > 0 -- taken back whole: nobody was reached
), ranked AS (
    SELECT people, row_number() OVER (ORDER BY people DESC) AS place, count(*) OVER () AS n
    FROM (SELECT coalesce(reached.people, 0) AS people FROM (SELECT user_id FROM person WHERE shares > 0) AS sharer
          FULL JOIN reached USING (user_id)) AS sharer
), spread AS (
    SELECT coalesce(max(n), 0) AS n, sum(people) AS people,
           sum(people) FILTER (WHERE place <= ceil(n / 10.0)) AS top,
           sum((n + 1 - place) * people) AS weighted
    FROM ranked
)
SELECT (SELECT sum(people::float8 ^ 2) / nullif(sum(people), 0) FROM reached) AS second, (SELECT sum(people::float8 ^ 3) / nullif(sum(people), 0) FROM reached) AS third,
       eligible, sharers AS active_sharers, active AS monthly_active, shares, proven AS proven_shares, likes, reach.people AS people_reached,
       valid AS valid_clicks, machines AS machine_requests,
       per_100(sharers, eligible) AS share_rate, per_100(reach.people, eligible) AS reach_per100,
       per_100(signed.people, eligible) AS adoption, per_100(likers, eligible) AS like_completion,
       per_100(proven_likers, eligible) AS like_completion_proven,
       CASE WHEN sharers >= @smallest THEN median END AS shares_per_sharer,
       -- The head itself must be no group under the limit.
       CASE WHEN ceil(spread.n / 10.0) >= @smallest THEN per_100(top::int8, spread.people::int8) END AS concentration_top10,
       CASE WHEN spread.n >= @smallest AND spread.people > 0
            THEN round(2 * weighted / (spread.n * spread.people) - (spread.n + 1.0) / spread.n, 2)::float8 END AS concentration_gini
FROM node, acts, reach, signed, spread
