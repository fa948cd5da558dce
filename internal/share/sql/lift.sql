-- Enters what readers and previews tell of shares, and lifts their grades; never lowers one. Acts are
-- locked in key order, so that two batches cannot wait for each other. It gives the shares that have new
-- evidence, with the grade before and the new one where there is one.
WITH told AS (
    SELECT * FROM unnest(@users::int4[], @contents::int4[], @networks::int2[], @readers::bool[], @times::timestamptz[])
        AS t (user_id, content_id, network, reader, at)
), due AS (
    SELECT a.user_id, a.content_id, a.network, a.at, a.again_at, a.unit_id, a.day, a.grade FROM act AS a
    WHERE a.kind = 'share' AND (a.user_id, a.content_id, a.network) IN (SELECT user_id, content_id, network FROM told)
    ORDER BY a.user_id, a.content_id, a.network FOR UPDATE
), proof AS (
    SELECT user_id, content_id, network, told.reader, min(told.at) AS at
    FROM due JOIN told USING (user_id, content_id, network)
    WHERE told.reader OR told.at BETWEEN due.at AND due.at + @window::interval
       OR told.at BETWEEN due.again_at AND due.again_at + @window::interval
    GROUP BY user_id, content_id, network, told.reader
), kept AS (
    INSERT INTO act_evidence (user_id, content_id, network, act, kind, level, at)
    SELECT user_id, content_id, network, 'share', CASE WHEN reader THEN 'valid_click' ELSE 'preview_fetched' END,
           CASE WHEN reader THEN 4 ELSE 2 END, at
    FROM proof ORDER BY user_id, content_id, network, reader
    ON CONFLICT DO NOTHING
    RETURNING user_id, content_id, network
), lifted AS (
    UPDATE act SET grade = best.grade, graded_at = @now
    FROM (SELECT user_id, content_id, network, CASE WHEN bool_or(reader) THEN 'B' ELSE 'C' END AS grade
          FROM proof GROUP BY user_id, content_id, network) AS best
    WHERE act.user_id = best.user_id AND act.content_id = best.content_id AND act.network = best.network
      AND act.kind = 'share' AND act.grade > best.grade
    RETURNING act.user_id, act.content_id, act.network, act.grade
), touched AS (
    SELECT user_id, content_id, network FROM kept UNION SELECT user_id, content_id, network FROM lifted
)
SELECT due.user_id, due.content_id, due.network, due.unit_id, due.day, due.grade AS was, coalesce(lifted.grade, due.grade) AS grade
FROM touched JOIN due USING (user_id, content_id, network) LEFT JOIN lifted USING (user_id, content_id, network)
