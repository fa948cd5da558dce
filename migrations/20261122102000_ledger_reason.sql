-- +goose Up
-- Why something was taken back. reverses names the entry that is taken back whole, where there is one.
ALTER TABLE ledger ADD COLUMN reason text NOT NULL DEFAULT '' CONSTRAINT ledger_reason_check
    CHECK (reason IN ('', 'reclassified') AND (amount > 0 OR reason <> ''));
