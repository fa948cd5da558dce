-- +goose Up
-- From where the people of a visitor day came, for the nightly check alone: keyed hashes of address and network
-- block, whose salt is gone when the day is over. No key: it is only written at its end, and read whole once.
CREATE TABLE click_origin (
    address  int8 NOT NULL,
    day      date NOT NULL,
    visitor  int4 NOT NULL,
    block    int4 NOT NULL, -- /24, or /48 in IPv6; 0: unknown
    bare     bool NOT NULL   -- the browser sent none of the Sec-Fetch headers
) PARTITION BY RANGE (day);

-- With which browser a person passed links on: the hash by which click_agent knows it.
ALTER TABLE click_sharer ADD COLUMN agent bytea;

-- Why reach is taken back, or counted again.
ALTER TABLE ledger DROP CONSTRAINT ledger_reason_check;
ALTER TABLE ledger ADD CONSTRAINT ledger_reason_check
    CHECK (reason IN ('', 'reclassified', 'integrity', 'restored') AND (amount > 0 OR reason <> ''));
