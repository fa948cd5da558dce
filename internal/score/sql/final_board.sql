-- A board of persons of a closed season: ranks as they were written down, names as people want it today. {of}
-- ties a result to one of the bodies that are merged.
WITH me AS MATERIALIZED (
    SELECT f.user_id, f.people FROM season_final AS f JOIN agency AS unit ON unit.id = abs(f.unit_id) AND @node = ANY (unit.path)
    WHERE sign(f.unit_id) = @side AND f.user_id = @user AND f.season_id = @season AND f.people > 0
), near AS MATERIALIZED (
    (SELECT true AS head, s.* FROM unnest(@bodies::int4[]) AS body (id) CROSS JOIN LATERAL (
        SELECT f.* FROM season_final AS f WHERE f.season_id = @season AND f.people > 0 {of} ORDER BY -f.people, f.user_id LIMIT @limit
    ) AS s ORDER BY -s.people, s.user_id LIMIT @limit)
    UNION ALL
    (SELECT false, s.* FROM me CROSS JOIN unnest(@bodies::int4[]) AS body (id) CROSS JOIN LATERAL (
        SELECT f.* FROM season_final AS f WHERE f.season_id = @season AND (-f.people, f.user_id) < (-me.people, me.user_id) {of}
        ORDER BY -f.people DESC, f.user_id DESC LIMIT @reach
    ) AS s ORDER BY -s.people DESC, s.user_id DESC LIMIT @reach)
    UNION ALL
    (SELECT false, s.* FROM me CROSS JOIN unnest(@bodies::int4[]) AS body (id) CROSS JOIN LATERAL (
        SELECT f.* FROM season_final AS f WHERE f.season_id = @season AND (-f.people, f.user_id) >= (-me.people, me.user_id) AND -f.people < 0 {of}
        ORDER BY -f.people, f.user_id LIMIT @reach + 1
    ) AS s ORDER BY -s.people, s.user_id LIMIT @reach + 1)
)
SELECT near.head, CASE WHEN hidden THEN 0 ELSE near.user_id END AS id, near.people AS people_reached, hidden,
       CASE WHEN hidden THEN '' ELSE p.name END AS name,
       CASE WHEN hidden THEN '' ELSE (SELECT short_name FROM agency AS unit WHERE unit.id = abs(near.unit_id)) END AS unit_name,
       near.ranks[@depth]::int8 AS rank, near.tied[@depth] AS tied
FROM near
JOIN app_user AS p ON p.id = near.user_id
CROSS JOIN LATERAL (SELECT (p.hide_name OR NOT p.active) AND p.id <> @user AS hidden) AS h
ORDER BY near.head DESC, near.people DESC, near.user_id
