-- What people say about their followers, as ranges: of everybody here, of who shared, and of what was shared.
WITH below AS NOT MATERIALIZED (
    SELECT u.id FROM agency AS u WHERE u.path @> ARRAY[@node::int4]
), said AS (
    SELECT n.user_id, n.network, b.low, b.high
    FROM network_use AS n JOIN unnest(@bands::int2[], @lows::int8[], @highs::int8[]) AS b (band, low, high) ON b.band = n.followers
    WHERE n.network = ANY (@networks::int2[])
), here AS (
    SELECT DISTINCT p.user_id FROM below JOIN placement AS p ON p.unit_id = below.id JOIN app_user AS u ON u.id = p.user_id AND u.active
    WHERE p.from_day <= @to::date AND (p.until_day IS NULL OR p.until_day > @to::date)
), shared AS (
    SELECT a.user_id, a.network, count(*) AS shares
    FROM below CROSS JOIN LATERAL (SELECT * FROM act WHERE act.unit_id = below.id AND act.day BETWEEN @from::date AND @to::date AND act.kind = 'share' OFFSET 0) AS a
    WHERE @shares::bool GROUP BY a.user_id, a.network
), who_shared AS (
    SELECT * FROM shared JOIN said USING (user_id, network)
)
SELECT 'gross_potential' AS key, sum(low)::float8 AS low, sum(high)::float8 AS high, count(DISTINCT user_id) AS people FROM said JOIN here USING (user_id)
UNION ALL
SELECT 'audience', sum(low), sum(high), count(DISTINCT user_id) FROM who_shared
UNION ALL
SELECT 'estimated_range', round(0.02 * sum(shares * low)), round(0.10 * sum(shares * high)), count(DISTINCT user_id) FROM who_shared
