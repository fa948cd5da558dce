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
)
SELECT m.user_id AS person, m.n, m.repeats, m.contents, m.addresses, m.blocks, m.agents, m.bare, m.lonely, m.lonely_blocks, m.own_agent,
       coalesce((SELECT sum(agent.n) FROM own JOIN agent ON agent.agent_id = own.agent_id WHERE own.user_id = m.user_id), 0)::int8 AS own_all,
       (SELECT count(*) FROM reader AS r WHERE r.user_id = m.user_id) AS readers,
       (SELECT count(*) FROM reader AS r WHERE r.user_id = m.user_id AND m.contents >= 3 AND r.opened >= greatest(3, 0.8 * m.contents)) AS fans,
       coalesce(r.spread / nullif(r.mean, 0), 9)::float8 AS unevenness
FROM mine AS m LEFT JOIN rhythm AS r ON r.user_id = m.user_id
WHERE m.n > 0
