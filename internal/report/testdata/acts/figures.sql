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
    FROM below JOIN placement AS p ON p.unit_id = below.id AND p.from_day <= @to::date AND (p.until_day IS NULL OR p.until_day > @to::date)
    JOIN app_user AS u ON u.id = p.user_id AND u.active
    WHERE p.user_id IN (SELECT act.user_id FROM act WHERE act.day <= @to::date)
       OR p.user_id IN (SELECT s.user_id FROM session AS s WHERE s.created_at < ((@to::date + 1)::timestamp AT TIME ZONE @zone))
), span AS MATERIALIZED ( -- the whole months in the days, and the days before and after them
    SELECT m.*, CASE WHEN whole_from < whole_until THEN whole_from - 1 ELSE @to::date END AS before_to,
           CASE WHEN whole_from < whole_until THEN whole_until ELSE @to::date + 1 END AS after_from
    FROM (SELECT (date_trunc('month', @from::date - 1) + interval '1 month')::date AS whole_from,
                 date_trunc('month', @to::date + 1)::date AS whole_until) AS m
), worked AS MATERIALIZED (
    SELECT p.* FROM below JOIN placement AS p ON p.unit_id = below.id
    WHERE p.from_day <= @to::date AND (p.until_day IS NULL OR p.until_day > @from::date)
), moved AS MATERIALIZED (
    SELECT * FROM span CROSS JOIN worked
    WHERE whole_from < whole_until AND (from_day > whole_from AND from_day < whole_until OR until_day > whole_from AND until_day < whole_until)
), reached AS (
    SELECT user_id, sum(people) AS people
    FROM (
        -- Who stayed for a whole month has a sum for it.
        SELECT w.user_id, r.people
        FROM span CROSS JOIN worked AS w
        JOIN rollup_user_month AS r ON r.user_id = w.user_id AND r.month >= whole_from AND r.month < whole_until
         AND r.month >= w.from_day AND (w.until_day IS NULL OR w.until_day >= r.month + interval '1 month')
        UNION ALL
        -- Whoever came or went within it is looked up by day.
        SELECT w.user_id, l.amount
        FROM moved AS w
        CROSS JOIN LATERAL (SELECT * FROM ledger WHERE ledger.user_id = w.user_id OFFSET 0) AS l -- few persons: by their key
        WHERE l.kind = 'people_reached' AND l.day >= whole_from AND l.day < whole_until
          AND l.day >= w.from_day AND (w.until_day IS NULL OR l.day < w.until_day)
          AND (date_trunc('month', l.day) < w.from_day OR w.until_day < date_trunc('month', l.day) + interval '1 month')
        UNION ALL
        SELECT w.user_id, l.amount
        FROM span CROSS JOIN LATERAL (
            SELECT * FROM ledger WHERE kind = 'people_reached' AND day BETWEEN @from::date AND before_to
            UNION ALL SELECT * FROM ledger WHERE kind = 'people_reached' AND day BETWEEN after_from AND @to::date
        ) AS l
        JOIN worked AS w ON w.user_id = l.user_id AND w.from_day <= l.day AND (w.until_day IS NULL OR w.until_day > l.day)
    ) AS part
    GROUP BY user_id HAVING sum(people) > 0 -- taken back whole: nobody was reached
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
