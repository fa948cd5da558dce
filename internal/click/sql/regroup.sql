-- What the day holds of some visitors on some links that counts as theirs: valid clicks and repeats.
SELECT c.ctid::text, c.at, c.visitor, c.content_id, c.user_id, c.unit_id, c.channel::int4, c.verdict::int4, c.reason::int4, c.rule::int4,
       coalesce(a.agent, '')
FROM unnest($1::int4[], $2::int4[], $3::int4[]) AS g (content_id, user_id, visitor)
JOIN click_of_the_day AS c USING (content_id, user_id, visitor)
LEFT JOIN click_agent AS a ON a.id = c.agent_id
WHERE c.verdict::int4 IN (1, 6) AND (c.agent_id = 0 OR a.agent <> '')
