-- +goose Up
-- Which keys this database was used with: a proof of each, never the key. Started with another ring,
-- nobody could sign in and every personal link would be dead, so that is refused instead.
CREATE TABLE key_ring (
    id     int4 CONSTRAINT key_ring_id_pkey PRIMARY KEY,
    proof  bytea NOT NULL
);
