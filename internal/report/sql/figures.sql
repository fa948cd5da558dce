-- The sums of a node's subtree over local days. Whoever worked there when it was done counts there. Also how
-- many persons shared below each child of the node: the child is the next step of the path.
WITH below AS NOT MATERIALIZED (
    SELECT u.id, coalesce(u.path[(SELECT cardinality(path) + 1 FROM agency WHERE id = @node)], 0) AS child
    FROM agency AS u WHERE u.path @> ARRAY[@node::int4]
), node AS MATERIALIZED ( -- the newest count: of a span that goes on it is not that of its last day
    SELECT sum(people)::int8 AS eligible, coalesce(max(day), @to::date) AS counted
    FROM (SELECT e.people, e.day FROM eligible_day AS e WHERE e.node_id = @node AND e.day <= @to::date ORDER BY e.day DESC LIMIT 1) AS newest
), edge AS MATERIALIZED (
    SELECT * FROM unnest(@edge_from::date[], @edge_to::date[], @edge_sign::int4[]) AS e (from_day, to_day, sign)
), part AS ( -- by unit: the child is looked up once for each person, not for each row
    SELECT unit_id, user_id, sum(shares)::int4 AS shares, sum(proven_shares)::int4 AS proven, sum(likes)::int4 AS likes, sum(proven_likes)::int4 AS proven_likes
    FROM (
        SELECT r.unit_id, r.user_id, r.shares, r.proven_shares, r.likes, r.proven_likes
        FROM below JOIN rollup_user_act_month AS r ON r.unit_id = below.id AND r.month >= @whole_from::date AND r.month < @whole_until::date
        UNION ALL
        SELECT below.id, a.user_id, CASE kind WHEN 'share' THEN sign ELSE 0 END, CASE WHEN kind = 'share' AND grade IN ('A', 'B') THEN sign ELSE 0 END,
               CASE kind WHEN 'like' THEN sign ELSE 0 END, CASE WHEN kind = 'like' AND grade IN ('A', 'B') THEN sign ELSE 0 END
        FROM edge CROSS JOIN below
        CROSS JOIN LATERAL (SELECT * FROM act WHERE act.unit_id = below.id AND act.day BETWEEN edge.from_day AND edge.to_day OFFSET 0) AS a
        WHERE cardinality(@edge_from::date[]) > 0 -- of whole months the planner sees that this part is empty
    ) AS row
    GROUP BY unit_id, user_id
), doing AS MATERIALIZED (
    SELECT child, user_id, sum(shares)::int4 AS shares, sum(proven)::int4 AS proven, sum(likes)::int4 AS likes, sum(proven_likes)::int4 AS proven_likes
    FROM part JOIN below ON below.id = part.unit_id
    GROUP BY child, user_id HAVING sum(shares) + sum(likes) > 0
), person AS MATERIALIZED (
    SELECT user_id, sum(shares)::int4 AS shares, sum(proven)::int4 AS proven, sum(likes)::int4 AS likes, sum(proven_likes)::int4 AS proven_likes
    FROM doing GROUP BY user_id
), acts AS (
    SELECT count(*) AS active, count(*) FILTER (WHERE shares > 0) AS sharers,
           coalesce(sum(shares), 0)::int8 AS shares, coalesce(sum(proven), 0)::int8 AS proven,
           count(*) FILTER (WHERE likes > 0) AS likers, count(*) FILTER (WHERE proven_likes > 0) AS proven_likers,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY shares) FILTER (WHERE shares > 0) AS median
    FROM person
), reach AS (
    SELECT coalesce(sum(people), 0)::int8 AS people, coalesce(sum(valid), 0)::int8 AS valid, coalesce(sum(machines), 0)::int8 AS machines
    FROM rollup_node_day WHERE node_id = @node AND day BETWEEN @from::date AND @to::date
), {reached}, signed AS (
    SELECT count(*) AS people
    FROM (SELECT p.user_id FROM node CROSS JOIN below JOIN placement AS p ON p.unit_id = below.id JOIN app_user AS u ON u.id = p.user_id AND u.active
          WHERE p.from_day <= counted AND (p.until_day IS NULL OR p.until_day > counted) OFFSET 0) AS here -- joined first, all at once
    WHERE EXISTS (SELECT FROM rollup_user_act_first AS f WHERE f.user_id = here.user_id AND f.day <= @to::date)
       OR EXISTS (SELECT FROM session AS s WHERE s.user_id = here.user_id AND s.created_at < ((@to::date + 1)::timestamp AT TIME ZONE @zone))
), sharer AS MATERIALIZED (
    SELECT coalesce(reached.people, 0) AS people FROM (SELECT user_id FROM person WHERE shares > 0) AS did FULL JOIN reached USING (user_id)
), ranked AS (
    SELECT people, row_number() OVER (ORDER BY people DESC) AS place FROM sharer
), spread AS (
    SELECT count(*) AS n, sum(people) AS people,
           sum(people) FILTER (WHERE place <= (SELECT ceil(count(*) / 10.0) FROM sharer)) AS top,
           (count(*) + 1) * sum(people) - sum(place * people) AS weighted
    FROM ranked
), lumps AS ( -- internal/league
    SELECT sum(people::float8 ^ 2) / nullif(sum(people), 0) AS second, sum(people::float8 ^ 3) / nullif(sum(people), 0) AS third FROM reached
)
SELECT eligible, sharers AS active_sharers, active AS monthly_active, shares, proven AS proven_shares, reach.people AS people_reached,
       lumps.second, lumps.third,
       valid AS valid_clicks, machines AS machine_requests,
       per_100(sharers, eligible) AS share_rate, per_100(reach.people, eligible) AS reach_per100,
       per_100(signed.people, eligible) AS adoption, per_100(likers, eligible) AS like_completion,
       per_100(proven_likers, eligible) AS like_completion_proven,
       (SELECT jsonb_object_agg(child, people) FROM (SELECT child, count(*) AS people FROM doing WHERE shares > 0 GROUP BY child) AS c)::text AS sharers,
       CASE WHEN sharers >= @smallest THEN median END AS shares_per_sharer,
       -- The head itself must be no group under the limit.
       CASE WHEN ceil(spread.n / 10.0) >= @smallest THEN per_100(top::int8, spread.people::int8) END AS concentration_top10,
       CASE WHEN spread.n >= @smallest AND spread.people > 0
            THEN round(2 * weighted / (spread.n * spread.people) - (spread.n + 1.0) / spread.n, 2)::float8 END AS concentration_gini
FROM node, acts, reach, signed, spread, lumps
