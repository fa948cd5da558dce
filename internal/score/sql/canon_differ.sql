-- What the ledger of one day ({ledger}) says otherwise than its facts ({facts}), and how much was compared.
WITH kept AS MATERIALIZED ({ledger}
), fact AS MATERIALIZED ({facts}
), compared AS (
    SELECT kind, user_id, content_id, channel, coalesce(kept.amount, 0) AS kept, coalesce(fact.amount, 0) AS told
    FROM kept FULL JOIN fact USING (kind, user_id, content_id, channel)
)
