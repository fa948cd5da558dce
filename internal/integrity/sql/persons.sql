-- Each person's day: how many readers, from how many places, in which rhythm. lonely are blocks from which nobody
-- else was read. A fan is a visitor who opened everything of somebody's (three contents or more).
WITH block AS (
    SELECT block, count(DISTINCT user_id) AS persons FROM day_click WHERE valid GROUP BY block
), rhythm AS (
    SELECT user_id, count(*) AS steps, stddev_samp(gap) AS spread, avg(gap) AS mean FROM (
        SELECT user_id, extract(epoch FROM at - lag(at) OVER (PARTITION BY user_id ORDER BY at))::float8 AS gap FROM day_click WHERE valid
    ) AS g WHERE gap IS NOT NULL GROUP BY user_id
), reader AS (
    SELECT user_id, visitor, count(*) AS opened FROM day_click WHERE valid GROUP BY user_id, visitor
), own AS (
    SELECT DISTINCT s.user_id, a.id AS agent_id FROM click_sharer AS s JOIN click_agent AS a ON a.hash = s.agent WHERE s.day = @day::date
), agent AS (
    SELECT agent_id, count(*) AS n FROM day_click WHERE valid GROUP BY agent_id
), own_all AS (
    SELECT own.user_id, sum(agent.n)::int8 AS n FROM own JOIN agent USING (agent_id) GROUP BY own.user_id
), mine AS (
    SELECT c.user_id, count(*) FILTER (WHERE c.valid) AS n, count(*) FILTER (WHERE NOT c.valid) AS repeats, count(DISTINCT c.content_id) AS contents,
           count(DISTINCT c.address) AS addresses, count(DISTINCT c.block) AS blocks, count(DISTINCT c.agent_id) AS agents,
           count(*) FILTER (WHERE c.valid AND c.bare) AS bare,
           count(*) FILTER (WHERE c.valid AND b.persons = 1) AS lonely,
           count(DISTINCT c.block) FILTER (WHERE c.valid AND b.persons = 1) AS lonely_blocks,
           count(*) FILTER (WHERE c.valid AND own.agent_id IS NOT NULL) AS own_agent
    FROM day_click AS c LEFT JOIN block AS b ON b.block = c.block
    LEFT JOIN own ON own.user_id = c.user_id AND own.agent_id = c.agent_id
    GROUP BY c.user_id
), readers AS (
    SELECT r.user_id, count(*) AS n, count(*) FILTER (WHERE m.contents >= 3 AND r.opened >= greatest(3, 0.8 * m.contents)) AS fans
    FROM reader AS r JOIN mine AS m USING (user_id) GROUP BY r.user_id
)
SELECT m.user_id AS person, m.n, m.repeats, m.contents, m.addresses, m.blocks, m.agents, m.bare, m.lonely, m.lonely_blocks, m.own_agent,
       coalesce(own_all.n, 0) AS own_all, coalesce(readers.n, 0) AS readers, coalesce(readers.fans, 0) AS fans,
       coalesce(r.spread / nullif(r.mean, 0), 9)::float8 AS unevenness
FROM mine AS m LEFT JOIN rhythm AS r ON r.user_id = m.user_id
LEFT JOIN own_all ON own_all.user_id = m.user_id LEFT JOIN readers ON readers.user_id = m.user_id
WHERE m.n > 0
