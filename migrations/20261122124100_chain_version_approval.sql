-- +goose Up
-- Which state of a chain somebody changes, and whose it is. A number never comes again, so that a chain that was
-- taken away and set anew is another one.
ALTER TABLE approval_chain ADD COLUMN version int8 NOT NULL GENERATED ALWAYS AS IDENTITY;
ALTER TABLE approval_chain ADD COLUMN updated_by int4; -- null: from before this was kept
