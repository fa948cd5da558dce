-- Addresses, or network blocks, by themselves: how many of the links that are opened there each visitor opens, and the same for links of
-- people who shared from there (inner). squares weigh each visitor by their own clicks, so that guests change little; wide
-- are visitors who open three quarters of the inner links, four at least.
WITH here AS (
    SELECT DISTINCT p.PLACE AS place, s.user_id FROM click_sharer AS s JOIN (SELECT DISTINCT address, block FROM day_click) AS p USING (address)
    WHERE s.day = @day::date
), c AS (
    SELECT d.PLACE AS place, d.visitor, d.user_id, d.content_id, h.user_id IS NOT NULL AS inside
    FROM day_click AS d LEFT JOIN here AS h ON h.place = d.PLACE AND h.user_id = d.user_id WHERE d.valid
), site AS (
    SELECT place, count(*) AS n, count(DISTINCT (user_id, content_id)) AS links, count(DISTINCT user_id) AS persons,
           count(DISTINCT (user_id, content_id)) FILTER (WHERE inside) AS inner_links, count(DISTINCT user_id) FILTER (WHERE inside) AS inner_persons,
           coalesce(array_agg(DISTINCT user_id) FILTER (WHERE inside), '{}')::text AS inside
    FROM c GROUP BY place HAVING count(*) >= 9 AND count(DISTINCT visitor) >= 3
), visitor AS (
    SELECT c.place, c.visitor, count(*) AS n, count(*) FILTER (WHERE c.inside) AS inner_n
    FROM c JOIN site USING (place) GROUP BY c.place, c.visitor
), sums AS (
    SELECT place, count(*) AS visitors, sum(visitor.n * visitor.n)::int8 AS squares, percentile_disc(0.5) WITHIN GROUP (ORDER BY visitor.n)::int8 AS median,
           count(*) FILTER (WHERE inner_n >= greatest(4, 0.75 * inner_links)) AS wide
    FROM visitor JOIN site USING (place) GROUP BY place
)
SELECT site.*, sums.visitors, sums.squares, sums.median, sums.wide FROM site JOIN sums USING (place)
