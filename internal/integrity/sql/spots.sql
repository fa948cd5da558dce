-- One person's readers at one address or in one network block, where they are enough to tell anything, beside all
-- that the address or block brings. own: the sharer was there.
WITH spot AS (
    SELECT user_id, place, count(*) FILTER (WHERE valid) AS n, count(*) FILTER (WHERE NOT valid) AS repeats,
           count(DISTINCT visitor) AS visitors, count(DISTINCT agent_id) AS agents, count(DISTINCT content_id) AS contents,
           count(DISTINCT address) AS addresses
    FROM (SELECT *, PLACE AS place FROM day_click) AS c GROUP BY user_id, place
    HAVING count(*) FILTER (WHERE valid) >= @least
), rhythm AS (
    SELECT user_id, place, stddev_samp(gap) / nullif(avg(gap), 0) AS unevenness, min(rush) AS rush FROM (
        SELECT c.user_id, PLACE AS place, extract(epoch FROM at - lag(at) OVER w)::float8 AS gap, extract(epoch FROM at - lag(at, 14) OVER w)::float8 AS rush
        FROM day_click AS c JOIN spot ON spot.user_id = c.user_id AND spot.place = PLACE
        WINDOW w AS (PARTITION BY c.user_id, PLACE ORDER BY at)
    ) AS g GROUP BY user_id, place
), site AS (
    SELECT PLACE AS place, count(*) FILTER (WHERE valid) AS n, count(DISTINCT user_id) AS persons
    FROM day_click WHERE PLACE IN (SELECT place FROM spot) GROUP BY 1
)
SELECT spot.user_id AS person, spot.place, spot.n, spot.repeats, spot.visitors, spot.agents, spot.contents, spot.addresses,
       site.n AS all_n, site.persons, coalesce(rhythm.unevenness, 9) AS unevenness, coalesce(rhythm.rush, 86400) AS rush,
       EXISTS (SELECT FROM click_sharer AS s WHERE s.user_id = spot.user_id AND s.day = @day::date AND s.address = spot.place) AS own
FROM spot JOIN site USING (place) LEFT JOIN rhythm USING (user_id, place)
