-- All that the day holds of some visitors on some links, by one walk through the day. With a join the planner
-- puts the day into the hash, and not the few visitors.
SELECT c.ctid::text, c.at, c.visitor, c.content_id, c.user_id, c.unit_id, c.channel::int4, c.verdict::int4, c.reason::int4, c.rule::int4,
       coalesce(a.agent, '')
FROM click_of_the_day AS c
LEFT JOIN click_agent AS a ON a.id = c.agent_id
WHERE EXISTS (SELECT FROM unnest($1::int4[], $2::int4[], $3::int4[]) AS g (content_id, user_id, visitor)
              WHERE g.content_id = c.content_id AND g.user_id = c.user_id AND g.visitor = c.visitor)
  AND (c.agent_id = 0 OR a.agent <> '')
