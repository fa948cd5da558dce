-- One day of the ledger in its canonical form: what is left of each person, content or module, and network.
SELECT kind, user_id, content_id, channel, sum(amount)::int8 AS amount
FROM ledger WHERE day = @day::date AND id <= @upto
GROUP BY kind, user_id, content_id, channel HAVING sum(amount) <> 0
