-- Where the owners of a batch's links were when they passed links on: only what the batch can ask for. The
-- OFFSET keeps it to one look into the index for each, however large the table.
SELECT asked.user_id, asked.day, asked.address, s.visitor, s.at
FROM unnest($1::int4[], $2::date[], $3::int8[]) AS asked (user_id, day, address)
CROSS JOIN LATERAL (
    SELECT visitor, at FROM click_sharer
    WHERE user_id = asked.user_id AND day = asked.day AND address = asked.address OFFSET 0
) AS s
