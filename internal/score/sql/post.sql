-- Adds what a batch of counted clicks brought, or takes it back: scores, and with them the histograms that
-- ranks are read from. Rows are taken in key order, so that two batches cannot wait for each other; that is
-- why one statement does both. A row to be inserted may not be negative even where one is there already, so
-- what is taken comes beside it, by "user/period".
WITH brought AS (
    SELECT b.user_id, b.period, b.agency_id * side AS agency_id, b.unit_id * side AS unit_id, b.amount
    FROM unnest(@users::int4[], @periods::int4[], @agencies::int4[], @units::int4[], @amounts::int4[]) AS b (user_id, period, agency_id, unit_id, amount)
    CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (SELECT FROM executive AS e WHERE e.user_id = b.user_id) THEN -1 ELSE 1 END AS side) AS s
), scored AS (
    INSERT INTO score AS s (user_id, period, agency_id, unit_id, points)
    SELECT user_id, period, agency_id, unit_id, greatest(amount, 0) FROM brought ORDER BY user_id, period
    ON CONFLICT ON CONSTRAINT score_user_id_pkey DO UPDATE
        SET points = s.points + excluded.points + coalesce((@taken::jsonb ->> (s.user_id || '/' || s.period))::int4, 0)
    RETURNING s.user_id, s.period, s.agency_id, s.points
), moved AS (
    SELECT scored.period, scope * sign(scored.agency_id)::int4 AS scope, scored.points AS now, scored.points - brought.amount AS before
    FROM scored
    JOIN brought USING (user_id, period)
    JOIN agency AS body ON body.id = abs(scored.agency_id) -- where the person is now
    CROSS JOIN LATERAL unnest(body.path) AS scope
), step AS (
    SELECT period, scope, now AS points, 1 AS n FROM moved WHERE now > 0
    UNION ALL
    SELECT period, scope, before, -1 FROM moved WHERE before > 0
), turned AS ( -- for those who watch the boards
    INSERT INTO score_turn AS t (agency_id, turn)
    SELECT DISTINCT abs(agency_id), 1 FROM scored WHERE agency_id <> 0 ORDER BY 1
    ON CONFLICT ON CONSTRAINT score_turn_agency_id_pkey DO UPDATE SET turn = t.turn + 1
), low AS (
    INSERT INTO hist AS h (period, scope, points, n)
    SELECT period, scope, points, sum(n) FROM step GROUP BY period, scope, points HAVING sum(n) <> 0
    ORDER BY period, scope, points
    ON CONFLICT ON CONSTRAINT hist_period_pkey DO UPDATE SET n = h.n + excluded.n
)
INSERT INTO hist_hi AS h (period, scope, hi, n)
SELECT period, scope, points >> 8, sum(n) FROM step GROUP BY period, scope, points >> 8 HAVING sum(n) <> 0
ORDER BY period, scope, points >> 8
ON CONFLICT ON CONSTRAINT hist_hi_period_pkey DO UPDATE SET n = h.n + excluded.n
