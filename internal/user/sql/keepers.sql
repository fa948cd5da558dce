-- Who must not leave by being left out of a list: whoever imports it, an administrator, and who holds a
-- role above the one who imports. Their roles are taken away first, by somebody who may.
INSERT INTO roster_fault (roster_id, line, seq, field, reason, mask)
SELECT r.id, r.header_line, 1000 + row_number() OVER (ORDER BY u.id), 'row',
       u.name || CASE WHEN u.id = r.by_user
                      THEN ' (Anda sendiri) tidak ada di berkas. Tambahkan baris Anda.'
                      ELSE ' tidak ada di berkas, padahal memegang peran administrator atau peran di luar wewenang Anda. Tambahkan barisnya, atau minta perannya dicabut lebih dahulu.' END,
       coalesce((SELECT @unshown || n.last3 FROM user_nip AS n WHERE n.user_id = u.id), '')
FROM roster AS r CROSS JOIN gone JOIN app_user AS u ON u.id = gone.user_id
WHERE r.id = @roster AND (u.id = r.by_user OR EXISTS (
    SELECT FROM user_role AS g JOIN agency AS a ON a.id = g.agency_id
    WHERE g.user_id = u.id AND (g.role = 'admin' OR NOT a.path && @roots::int4[])))
