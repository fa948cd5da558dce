-- Where each person worked when it was clicked, in the order of the records: by the local day in the zone
-- of the agency they were placed in. A move to a later zone leaves hours that are over in the old zone
-- and not begun in the new one: the old place holds until the next begins. 0: they worked nowhere.
SELECT coalesce(p.unit_id, 0), coalesce(p.agency_id, 0), coalesce(p.zone, '')
FROM unnest($1::int4[], $2::timestamptz[]) WITH ORDINALITY AS r (user_id, at, no)
LEFT JOIN LATERAL (
    SELECT begun.user_id, begun.unit_id, begun.agency_id, begun.until_day, a.zone, (r.at AT TIME ZONE a.zone)::date AS today
    FROM placement AS begun
    JOIN agency AS a ON a.id = begun.agency_id
    WHERE begun.user_id = r.user_id AND begun.from_day <= (r.at AT TIME ZONE a.zone)::date
    ORDER BY begun.from_day DESC
    LIMIT 1
) AS p ON p.until_day IS NULL OR p.until_day > p.today
       OR EXISTS (SELECT FROM placement AS next WHERE next.user_id = p.user_id AND next.from_day = p.until_day)
ORDER BY r.no
