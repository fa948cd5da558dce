-- The agency that each unit lies in, nearest above it, with its zone.
SELECT unit.id, body.id, body.zone
FROM agency AS unit
CROSS JOIN LATERAL (
    SELECT coalesce((SELECT above.id FROM agency AS above WHERE above.id = ANY (unit.path) AND above.kind = 'agency'
                     ORDER BY cardinality(above.path) DESC LIMIT 1), unit.id) AS agency_id
) AS of
JOIN agency AS body ON body.id = of.agency_id
WHERE unit.id = ANY ($1::int4[])
