-- Addresses by themselves: how many of the links that are opened there each visitor opens, and the same for links of
-- people who shared from there (inner). squares weigh each visitor by their own clicks, so that guests change little.
WITH here AS (
    SELECT DISTINCT address, user_id FROM click_sharer WHERE day = @day::date
), c AS (
    SELECT d.address, d.visitor, d.user_id, d.content_id, h.user_id IS NOT NULL AS inside
    FROM day_click AS d LEFT JOIN here AS h ON h.address = d.address AND h.user_id = d.user_id WHERE d.valid
), site AS (
    SELECT address, count(*) AS n, count(DISTINCT (user_id, content_id)) AS links,
           count(DISTINCT (user_id, content_id)) FILTER (WHERE inside) AS inner_links, count(DISTINCT user_id) FILTER (WHERE inside) AS inner_persons
    FROM c GROUP BY address HAVING count(*) >= 9 AND count(DISTINCT visitor) >= 3
), visitor AS (
    SELECT c.address, c.visitor, count(*)::int8 AS n, count(*) FILTER (WHERE c.inside)::int8 AS inner_n
    FROM c JOIN site USING (address) GROUP BY c.address, c.visitor
), sums AS (
    SELECT address, count(*) AS visitors, sum(n * n)::int8 AS squares, percentile_disc(0.5) WITHIN GROUP (ORDER BY n)::int8 AS median,
           count(*) FILTER (WHERE inner_n > 0) AS inner_visitors, sum(inner_n)::int8 AS inner_n, sum(inner_n * inner_n)::int8 AS inner_squares
    FROM visitor GROUP BY address
)
SELECT site.*, sums.visitors, sums.squares, sums.median, sums.inner_visitors, sums.inner_n, sums.inner_squares FROM site JOIN sums USING (address)
