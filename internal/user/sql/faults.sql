-- What only the whole file, or the people who are there, can tell.
WITH staged AS (SELECT * FROM roster_row WHERE roster_id = @roster),
twice AS (
    SELECT line, last3, first_value(line) OVER w AS first, nth_value(line, 2) OVER w AS second, count(*) OVER (PARTITION BY nip_hashes[1]) AS n
    FROM staged WHERE cardinality(nip_hashes) > 0
    WINDOW w AS (PARTITION BY nip_hashes[1] ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)),
mails AS (
    SELECT line, last3, first_value(line) OVER w AS first, nth_value(line, 2) OVER w AS second, count(*) OVER (PARTITION BY email_hashes[1]) AS n
    FROM staged WHERE cardinality(email_hashes) > 0
    WINDOW w AS (PARTITION BY email_hashes[1] ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)),
found AS (
    SELECT line, last3, 101 AS seq, 'nip' AS field,
           'NIP ini ada dua kali di berkas: juga di baris ' || CASE WHEN line = first THEN second ELSE first END || '. Hapus salah satunya.' AS reason
    FROM twice WHERE n > 1
    UNION ALL
    SELECT line, last3, 102, 'email',
           'Surel ini ada dua kali di berkas: juga di baris ' || CASE WHEN line = first THEN second ELSE first END || '. Setiap orang memerlukan surel sendiri.'
    FROM mails WHERE n > 1
    UNION ALL
    SELECT s.line, s.last3, 103, 'nip',
           'Pemilik NIP ini tercatat bekerja di instansi di luar wewenang Anda. Minta instansi itu mencatat kepindahannya lebih dahulu.'
    FROM staged AS s
    WHERE s.user_id IS NOT NULL AND EXISTS (
        SELECT FROM placement AS w JOIN agency AS a ON a.id = w.unit_id
        WHERE w.user_id = s.user_id AND (w.until_day IS NULL OR w.until_day > s.day) AND NOT a.path && @roots::int4[])
    UNION ALL
    SELECT s.line, s.last3, 104, 'email', 'Surel ini sudah dipakai orang lain. Periksa, atau kosongkan.'
    FROM staged AS s
    WHERE cardinality(s.email_hashes) > 0 AND EXISTS (
        SELECT FROM user_identifier AS i WHERE i.hash = ANY(s.email_hashes) AND i.user_id IS DISTINCT FROM s.user_id))
INSERT INTO roster_fault (roster_id, line, seq, field, reason, mask)
SELECT @roster, line, seq, field, reason, CASE WHEN last3 = '' THEN '' ELSE @unshown || last3 END FROM found
