-- Takes back the evidence of links on which no click carries it any more, and lowers grades to what the
-- remaining evidence carries; what a network verified (A) stays. Raw clicks have no index but on their time:
-- the ledger tells for most whether a valid one is left, and only for who shared one content over several
-- networks, and for previews, they are read, once for all (IS TRUE keeps it from once for each). Acts are
-- locked in key order, as when they are lifted. It gives whose shares lost evidence, and those that were
-- lowered with both grades.
WITH told AS (
    SELECT DISTINCT * FROM unnest(@users::int4[], @contents::int4[], @networks::int2[], @kinds::text[], @nets::int4[], @fetchers::text[])
        AS t (user_id, content_id, network, kind, net, fetcher)
), held AS MATERIALIZED (
    SELECT a.user_id, a.content_id, a.network, a.at, a.again_at, a.grade FROM act AS a
    WHERE a.kind = 'share' AND (a.user_id, a.content_id, a.network) IN (SELECT user_id, content_id, network FROM told)
    ORDER BY a.user_id, a.content_id, a.network FOR UPDATE
), due AS MATERIALIZED (
    SELECT user_id, content_id, network, told.kind, held.at, held.again_at, held.grade, told.fetcher, told.net
           + coalesce((SELECT sum(l.amount) FROM ledger AS l WHERE l.user_id = held.user_id AND l.content_id = held.content_id
                       AND l.kind = 'people_reached'), 0) AS people,
           (SELECT count(*) FROM act AS other WHERE other.user_id = held.user_id AND other.content_id = held.content_id
            AND other.kind = 'share') AS networks
    FROM held JOIN told USING (user_id, content_id, network)
    JOIN act_evidence AS e USING (user_id, content_id, network, kind)
    WHERE e.act = 'share'
), doubtful AS MATERIALIZED (
    SELECT * FROM due WHERE kind = 'preview_fetched' OR people > 0 AND networks > 1
), left_over AS MATERIALIZED (
    SELECT c.user_id, c.content_id, c.channel::int4 AS network, c.verdict::int4 AS verdict, c.at, c.agent_id
    FROM click AS c
    WHERE c.at >= (SELECT min(at) FROM doubtful) AND c.verdict::int4 IN (1, 2) AND c.unit_id <> 0
      AND ((c.user_id, c.content_id, c.channel::int4) IN (SELECT user_id, content_id, network FROM doubtful)) IS TRUE
), kept AS (
    SELECT user_id, content_id, network, kind FROM due WHERE kind = 'valid_click' AND people > 0 AND networks = 1
    UNION
    SELECT user_id, content_id, network, 'valid_click' FROM left_over WHERE verdict = 1
    UNION
    SELECT user_id, content_id, network, d.kind
    FROM doubtful AS d JOIN left_over AS l USING (user_id, content_id, network)
    LEFT JOIN click_agent AS a ON a.id = l.agent_id
    WHERE d.kind = 'preview_fetched' AND l.verdict = 2 AND (a.agent IS NULL OR a.agent = '' OR a.agent ~* d.fetcher)
      AND (l.at BETWEEN d.at AND d.at + @window::interval OR l.at BETWEEN d.again_at AND d.again_at + @window::interval)
), gone AS (
    DELETE FROM act_evidence AS e USING due
    WHERE (e.user_id, e.content_id, e.network, e.act, e.kind) = (due.user_id, due.content_id, due.network, 'share', due.kind)
      AND (e.user_id, e.content_id, e.network, e.kind) NOT IN (SELECT user_id, content_id, network, kind FROM kept)
    RETURNING e.user_id, e.content_id, e.network, e.kind, due.grade
), best AS (
    SELECT g.user_id, g.content_id, g.network,
           CASE WHEN coalesce(max(e.level), 0) >= 4 THEN 'B' WHEN max(e.level) >= 1 THEN 'C' ELSE 'D' END AS grade, min(g.grade) AS was
    FROM (SELECT DISTINCT user_id, content_id, network, grade FROM gone) AS g
    LEFT JOIN act_evidence AS e ON (e.user_id, e.content_id, e.network, e.act) = (g.user_id, g.content_id, g.network, 'share')
        AND (e.user_id, e.content_id, e.network, e.kind) NOT IN (SELECT user_id, content_id, network, kind FROM gone)
    GROUP BY g.user_id, g.content_id, g.network
), lowered AS (
    UPDATE act SET grade = best.grade, graded_at = @now
    FROM best
    WHERE act.user_id = best.user_id AND act.content_id = best.content_id AND act.network = best.network AND act.kind = 'share'
      AND act.grade IN ('B', 'C') AND act.grade <> best.grade
    RETURNING act.user_id, act.content_id, act.network, act.unit_id, act.day, best.was, act.grade
)
SELECT * FROM lowered
UNION ALL
SELECT DISTINCT user_id, 0, 0::int2, 0, '2000-01-01'::date, '', '' FROM gone
