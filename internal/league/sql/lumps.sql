-- How unevenly the persons of a node reached people.
WITH below AS NOT MATERIALIZED (
    SELECT u.id FROM agency AS u WHERE u.path @> ARRAY[@node::int4]
), edge AS MATERIALIZED (
    SELECT * FROM unnest(@edge_from::date[], @edge_to::date[], @edge_sign::int4[]) AS e (from_day, to_day, sign)
), {reached}
SELECT coalesce(sum(people::float8 ^ 2) / nullif(sum(people), 0), 1) AS second,
       coalesce(sum(people::float8 ^ 3) / nullif(sum(people), 0), 1) AS third
FROM reached
