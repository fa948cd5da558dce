-- Takes back the evidence of links on which no click carries it any more, and lowers grades to what the
-- remaining evidence carries; what a network verified (A) stays. Raw clicks have no index but on their time:
-- the ledger tells for most whether a valid one is left, and only who shared one content over several
-- networks, and previews, are looked up. Acts are locked in key order, as when they are lifted.
WITH told AS (
    SELECT DISTINCT * FROM unnest(@users::int4[], @contents::int4[], @nets::int4[], @networks::int2[], @fetchers::text[])
        AS t (user_id, content_id, net, network, fetcher)
), due AS MATERIALIZED (
    SELECT a.user_id, a.content_id, a.network, a.at, a.again_at, told.net, told.fetcher
    FROM act AS a JOIN told USING (user_id, content_id, network)
    WHERE a.kind = 'share' ORDER BY a.user_id, a.content_id, a.network FOR UPDATE OF a
), reached AS MATERIALIZED (
    SELECT due.user_id, due.content_id, due.network, due.at,
           due.net + coalesce((SELECT sum(l.amount) FROM ledger AS l
                               WHERE l.user_id = due.user_id AND l.content_id = due.content_id AND l.kind = 'people_reached'), 0) AS people,
           (SELECT count(*) FROM act AS other WHERE other.user_id = due.user_id AND other.content_id = due.content_id AND other.kind = 'share') AS networks
    FROM due
    WHERE EXISTS (SELECT FROM act_evidence AS e WHERE (e.user_id, e.content_id, e.network, e.act, e.kind)
                  = (due.user_id, due.content_id, due.network, 'share', 'valid_click'))
), doubtful AS MATERIALIZED (
    SELECT * FROM reached WHERE people > 0 AND networks > 1
), kept AS (
    SELECT user_id, content_id, network, 'valid_click' AS kind FROM reached WHERE people > 0 AND networks = 1
    UNION
    SELECT d.user_id, d.content_id, d.network, 'valid_click'
    FROM doubtful AS d
    JOIN click AS c ON c.user_id = d.user_id AND c.content_id = d.content_id AND c.channel::int4 = d.network
    WHERE c.at >= (SELECT min(at) FROM doubtful) AND c.verdict::int4 = 1 AND c.unit_id <> 0
    UNION
    SELECT due.user_id, due.content_id, due.network, 'preview_fetched'
    FROM due
    CROSS JOIN LATERAL (VALUES (due.at), (due.again_at)) AS tap (at)
    JOIN LATERAL (
        SELECT FROM click AS c LEFT JOIN click_agent AS a ON a.id = c.agent_id
        WHERE c.at BETWEEN tap.at AND tap.at + @window::interval AND c.user_id = due.user_id AND c.content_id = due.content_id
          AND c.channel::int4 = due.network AND c.verdict::int4 = 2 AND (a.agent IS NULL OR a.agent = '' OR a.agent ~* due.fetcher)
        LIMIT 1
    ) AS drawn ON true
    WHERE EXISTS (SELECT FROM act_evidence AS e WHERE (e.user_id, e.content_id, e.network, e.act, e.kind)
                  = (due.user_id, due.content_id, due.network, 'share', 'preview_fetched'))
), gone AS (
    DELETE FROM act_evidence AS e USING due
    WHERE (e.user_id, e.content_id, e.network) = (due.user_id, due.content_id, due.network) AND e.act = 'share'
      AND e.kind IN ('valid_click', 'preview_fetched')
      AND (e.user_id, e.content_id, e.network, e.kind) NOT IN (SELECT user_id, content_id, network, kind FROM kept)
    RETURNING e.user_id, e.content_id, e.network, e.kind
), best AS (
    SELECT g.user_id, g.content_id, g.network, coalesce(max(e.level), 0) AS level
    FROM (SELECT DISTINCT user_id, content_id, network FROM gone) AS g
    LEFT JOIN act_evidence AS e ON (e.user_id, e.content_id, e.network, e.act) = (g.user_id, g.content_id, g.network, 'share')
        AND (e.user_id, e.content_id, e.network, e.kind) NOT IN (SELECT user_id, content_id, network, kind FROM gone)
    GROUP BY g.user_id, g.content_id, g.network
)
UPDATE act SET grade = CASE WHEN best.level >= 4 THEN 'B' WHEN best.level >= 1 THEN 'C' ELSE 'D' END, graded_at = @now
FROM best
WHERE act.user_id = best.user_id AND act.content_id = best.content_id AND act.network = best.network AND act.kind = 'share'
  AND act.grade IN ('B', 'C') AND act.grade <> CASE WHEN best.level >= 4 THEN 'B' WHEN best.level >= 1 THEN 'C' ELSE 'D' END
