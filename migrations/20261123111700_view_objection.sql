-- +goose Up
-- Whose name or address the desk reads in an objection is told of it, as of the other occasions.
ALTER TABLE person_view DROP CONSTRAINT person_view_what_check;
ALTER TABLE person_view ADD CONSTRAINT person_view_what_check CHECK (what IN ('list', 'search', 'roles', 'request', 'objection')) NOT VALID;
ALTER TABLE person_view VALIDATE CONSTRAINT person_view_what_check;
