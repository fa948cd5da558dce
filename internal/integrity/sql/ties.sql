-- Who, with the browser and address with which they shared, opened links of whom, where the other did the same from another
-- network: an office in IPv6 has many addresses, and colleagues may read each other.
WITH tie AS (
    SELECT s.user_id AS reader, c.user_id AS person, c.visitor, c.block, count(*) AS n
    FROM (SELECT DISTINCT user_id, visitor, address FROM click_sharer WHERE day = @day::date) AS s
    JOIN day_click AS c ON c.visitor = s.visitor AND c.user_id <> s.user_id
    WHERE c.valid AND NOT EXISTS (SELECT FROM click_sharer AS o WHERE o.day = @day::date AND o.user_id = c.user_id AND o.address = s.address)
    GROUP BY 1, 2, 3, 4
)
SELECT a.reader, a.person, a.visitor, a.n FROM tie AS a
WHERE EXISTS (SELECT FROM tie AS b WHERE b.reader = a.person AND b.person = a.reader AND b.block <> a.block)
