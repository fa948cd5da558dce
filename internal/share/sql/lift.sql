-- Enters what readers and previews tell of shares, and lifts their grades; never lowers one. Acts are
-- locked in key order, so that two batches cannot wait for each other. It gives the shares that have new
-- evidence, and those that were lifted with the grade before and the new one.
WITH told AS (
    SELECT * FROM unnest(@users::int4[], @contents::int4[], @networks::int2[], @readers::bool[], @times::timestamptz[])
        AS t (user_id, content_id, network, reader, at)
), due AS (
    SELECT a.user_id, a.content_id, a.network, a.at, a.again_at, a.grade FROM act AS a
    WHERE a.kind = 'share' AND (a.user_id, a.content_id, a.network) IN (SELECT user_id, content_id, network FROM told)
    ORDER BY a.user_id, a.content_id, a.network FOR UPDATE
), proof AS (
    SELECT user_id, content_id, network, told.reader, min(told.at) AS at, min(due.grade) AS was
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
    RETURNING user_id
), lifted AS (
    UPDATE act SET grade = best.grade, graded_at = @now
    FROM (SELECT user_id, content_id, network, CASE WHEN bool_or(reader) THEN 'B' ELSE 'C' END AS grade, min(was) AS was
          FROM proof GROUP BY user_id, content_id, network) AS best
    WHERE act.user_id = best.user_id AND act.content_id = best.content_id AND act.network = best.network
      AND act.kind = 'share' AND act.grade > best.grade
    RETURNING act.user_id, act.content_id, act.network, act.unit_id, act.day, best.was, act.grade
)
SELECT * FROM lifted
UNION ALL
SELECT DISTINCT user_id, 0, 0::int2, 0, '2000-01-01'::date, '', '' FROM kept
