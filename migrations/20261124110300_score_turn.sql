-- +goose Up
-- Moves with every batch that changes a score of an agency's people: whoever watches boards asks this small table,
-- and not the scores. A row is updated all day long: the free room keeps it on its page.
CREATE TABLE score_turn (
    agency_id  int4 CONSTRAINT score_turn_agency_id_pkey PRIMARY KEY,
    turn       int8 NOT NULL
) WITH (fillfactor = 20);
