-- Every table that holds rows: ordinary ones and partitions. The migrations' own table is written by the
-- restoring program; unlogged tables hold only what a running process needs.
SELECT format('%I.%I', n.nspname, c.relname) AS name,
       ARRAY(SELECT quote_ident(attname) FROM pg_attribute
             WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum) AS columns,
       coalesce((SELECT format('%I.%I', pn.nspname, p.relname) FROM pg_inherits AS i
             JOIN pg_class AS p ON p.oid = i.inhparent JOIN pg_namespace AS pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid), '') AS parent,
       coalesce(pg_get_expr(c.relpartbound, c.oid), '') AS bound,
       ARRAY(SELECT DISTINCT format('%I.%I', rn.nspname, r.relname) FROM pg_constraint AS f
             JOIN pg_class AS r ON r.oid = f.confrelid JOIN pg_namespace AS rn ON rn.oid = r.relnamespace
             WHERE f.conrelid = c.oid AND f.contype = 'f') AS needs
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'river') AND c.relkind = 'r' AND c.relpersistence = 'p' AND c.relname <> 'goose_db_version'
ORDER BY 1
