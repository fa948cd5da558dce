-- The clicks of some pages that other rules judged and whose user agent is still known.
SELECT c.ctid::text, c.at, c.visitor, c.content_id, c.user_id, c.unit_id, c.channel::int4, c.verdict::int4, c.reason::int4, c.rule::int4,
       coalesce(a.agent, '')
FROM click_of_the_day AS c
LEFT JOIN click_agent AS a ON a.id = c.agent_id
WHERE c.ctid >= $2::text::tid AND c.ctid < $3::text::tid AND c.rule::int4 <> $1::int4
  AND (c.agent_id = 0 OR a.agent <> '')
