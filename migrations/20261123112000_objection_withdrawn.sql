-- +goose Up
-- Whoever objected may take it back while nobody has answered.
ALTER TABLE objection DROP CONSTRAINT objection_state_check;
ALTER TABLE objection ADD CONSTRAINT objection_state_check CHECK (state IN ('received', 'examined', 'granted', 'rejected', 'withdrawn')) NOT VALID;
ALTER TABLE objection VALIDATE CONSTRAINT objection_state_check;
