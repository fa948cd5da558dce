-- The people and repeats of one visitor day with where they came from, for the statements that follow. What an earlier
-- check of the day took (80 and above) is among them: a later one must see what that one saw, and what came since.
CREATE TEMP TABLE day_click ON COMMIT DROP AS
SELECT c.at, c.visitor, c.content_id, c.user_id, c.agent_id, c.reason::int4 <> 2 AS valid, o.address, o.block, o.bare
FROM click AS c
JOIN (SELECT DISTINCT ON (visitor) visitor, address, block, bare FROM click_origin WHERE day = @day::date ORDER BY visitor, address) AS o
  ON o.visitor = c.visitor
WHERE c.at >= @from::timestamptz AND c.at < @until::timestamptz AND c.unit_id <> 0 AND (c.reason::int4 IN (1, 2, 70) OR c.reason::int4 >= 80)
