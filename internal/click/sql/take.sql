-- The clicks of some people's cells that count or are held, each with the first reason that names it in the place
-- of the rule.
WITH cell AS MATERIALIZED (
    SELECT * FROM unnest($1::int4[], $2::int2[], $3::text[], $4::int8[]) AS t (user_id, reason, scope, value)
), day_click AS MATERIALIZED (
    SELECT c.ctid::text AS tid, c.at, c.visitor, c.content_id, c.user_id, c.unit_id, c.channel::int4 AS channel, c.verdict::int4 AS verdict,
           c.reason::int4 AS reason, c.rule::int4 AS rule, c.agent_id
    FROM click_of_the_day AS c
    WHERE c.user_id = ANY ($1::int4[]) AND (c.verdict::int4 = 1 OR c.reason::int4 = 70)
), origin AS MATERIALIZED (
    SELECT DISTINCT ON (o.visitor) o.visitor, o.address, o.block FROM click_origin AS o
    WHERE o.day = $5::date AND o.visitor IN (SELECT visitor FROM day_click) ORDER BY o.visitor, o.address
), due AS (
    SELECT d.tid, min(cell.reason) AS new_reason
    FROM day_click AS d LEFT JOIN origin AS o ON o.visitor = d.visitor
    JOIN cell ON cell.user_id = d.user_id AND CASE cell.scope WHEN 'person' THEN true WHEN 'address' THEN o.address = cell.value
        WHEN 'block' THEN o.block = cell.value ELSE d.visitor = cell.value END
    GROUP BY d.tid
)
SELECT d.tid, d.at, d.visitor, d.content_id, d.user_id, d.unit_id, d.channel, d.verdict, d.reason, due.new_reason::int4, coalesce(a.agent, '')
FROM due JOIN day_click AS d USING (tid) LEFT JOIN click_agent AS a ON a.id = d.agent_id
