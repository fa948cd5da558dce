-- +goose Up
-- The networks that a person uses, in their order: the order of the share sheet.
CREATE TABLE network_use (
    user_id  int4 NOT NULL,
    network  int2 NOT NULL,
    place    int2 NOT NULL,
    CONSTRAINT network_use_user_id_pkey PRIMARY KEY (user_id, network)
);
