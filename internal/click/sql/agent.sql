-- Only agents that are new or not yet seen today get here, so that the common ones are not locked by
-- every batch; in the order of their hashes, so that two batches cannot wait for each other.
INSERT INTO click_agent AS known (hash, agent, last_day)
SELECT hash, agent, day
FROM unnest($1::bytea[], $2::text[], $3::date[]) AS seen (hash, agent, day)
ORDER BY hash
ON CONFLICT (hash) DO UPDATE SET last_day = greatest(known.last_day, excluded.last_day)
RETURNING hash, id
