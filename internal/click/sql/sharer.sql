-- Where the owners of a batch's links were when they passed links on: only what the batch can ask for.
SELECT s.user_id, s.day, s.address, s.visitor, s.at
FROM unnest($1::int4[], $2::date[], $3::int8[]) AS asked (user_id, day, address)
JOIN click_sharer AS s USING (user_id, day, address)
