SELECT c.id, v.title, v.summary, CASE WHEN @body::bool THEN v.body ELSE '' END AS body, v.kind, v.topic, v.hashtags,
       'approver' AS approved_by,
       (SELECT max(d.at) FROM content_decision AS d WHERE d.content_id = c.id AND d.version = v.no AND d.decision = 'approved') AS approved_at,
       v.captions AS written, v.official_posts, v.images AS pictures, CASE WHEN @body::bool THEN v.video END AS clip, v.landing_url,
       CASE WHEN (v.mandate->>'until')::date >= (@now::timestamptz AT TIME ZONE a.zone)::date THEN v.mandate END AS mandate, encode(substr(v.hash, 1, 8), 'hex') AS hash, v.no AS version,
       a.name AS agency_name, a.zone AS agency_zone, c.published_at, c.ends_at, c.slug,
       -- The end counts from its time on, not from when the job gets to it.
       CASE WHEN c.state = 'live' AND c.ends_at <= @now THEN 'ended' ELSE c.state END AS state, c.recall_reason,
       EXISTS (SELECT FROM feed_mark AS m WHERE m.user_id = @user AND m.mark = 'skip' AND m.content_id = c.id) AS skipped,
       EXISTS (SELECT FROM feed_mark AS m WHERE m.user_id = @user AND m.mark = 'save' AND m.content_id = c.id) AS saved,
       (SELECT coalesce(json_agg(json_build_object('id', act.id, 'kind', act.kind, 'network_number', act.network,
               'grade', act.grade, 'at', act.at, 'evidence',
               (SELECT e.kind FROM act_evidence AS e WHERE e.user_id = act.user_id AND e.content_id = act.content_id
                AND e.network = act.network AND e.act = act.kind ORDER BY e.level DESC, e.at LIMIT 1)) ORDER BY act.id), '[]')
        FROM act WHERE act.user_id = @user AND act.content_id = c.id) AS acts
FROM mine
JOIN content AS c ON c.id = mine.content_id
JOIN content_version AS v ON v.content_id = c.id AND v.no = coalesce(c.approved_version, c.version)
JOIN agency AS a ON a.id = c.agency_id
ORDER BY mine.published_at DESC, c.id DESC
