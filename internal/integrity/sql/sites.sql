-- Addresses by themselves: how many of the links that are opened there each visitor opens, and the same for links of
-- people who shared from there (inner). squares weigh each visitor by their own clicks, so that guests change little; wide
-- are visitors who open half of the inner links, four at least.
WITH here AS (
    SELECT DISTINCT address, user_id FROM click_sharer WHERE day = @day::date
), c AS (
    SELECT d.address, d.visitor, d.user_id, d.content_id, h.user_id IS NOT NULL AS inside
    FROM day_click AS d LEFT JOIN here AS h ON h.address = d.address AND h.user_id = d.user_id WHERE d.valid
), site AS (
    SELECT address, count(*) AS n, count(DISTINCT (user_id, content_id)) AS links, count(DISTINCT user_id) AS persons,
           count(DISTINCT (user_id, content_id)) FILTER (WHERE inside) AS inner_links, count(DISTINCT user_id) FILTER (WHERE inside) AS inner_persons
    FROM c GROUP BY address HAVING count(*) >= 9 AND count(DISTINCT visitor) >= 3
), visitor AS (
    SELECT c.address, c.visitor, count(*) AS n, count(*) FILTER (WHERE c.inside) AS inner_n
    FROM c JOIN site USING (address) GROUP BY c.address, c.visitor
), sums AS (
    SELECT address, count(*) AS visitors, sum(visitor.n * visitor.n)::int8 AS squares, percentile_disc(0.5) WITHIN GROUP (ORDER BY visitor.n)::int8 AS median,
           count(*) FILTER (WHERE 2 * inner_n >= greatest(8, inner_links)) AS wide
    FROM visitor JOIN site USING (address) GROUP BY address
)
SELECT site.*, sums.visitors, sums.squares, sums.median, sums.wide FROM site JOIN sums USING (address)
