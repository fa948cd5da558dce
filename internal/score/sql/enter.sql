-- Enters what was reached and what is taken back. An entry that takes back exactly what one earlier entry
-- brought names it; what lies in several, or is a part of one, stands for itself.
INSERT INTO ledger (user_id, kind, content_id, amount, day, at, reverses, reason, channel, unit_id)
SELECT e.user_id, 'people_reached', e.content_id, e.amount, e.day, $5,
       CASE WHEN e.amount < 0 THEN (
           SELECT max(l.id) FROM ledger AS l
           WHERE l.user_id = e.user_id AND l.content_id = e.content_id AND l.day = e.day AND l.channel IN (e.channel, 0) AND l.unit_id IN (e.unit_id, 0) AND l.kind = 'people_reached' AND l.amount = -e.amount
             AND NOT EXISTS (SELECT FROM ledger AS r WHERE r.user_id = l.user_id AND r.reverses = l.id)
       ) END,
       CASE WHEN e.amount < 0 AND e.why = '' THEN 'reclassified' WHEN e.amount < 0 OR e.why = 'restored' THEN e.why ELSE '' END,
       e.channel, e.unit_id
FROM unnest($1::int4[], $2::int4[], $3::int4[], $4::date[], $6::int2[], $7::text[], $8::int4[]) AS e (user_id, content_id, amount, day, channel, why, unit_id)
