-- +goose Up
-- Whoever wants to can stay off the boards of persons by name; they count in their unit all the same.
ALTER TABLE app_user ADD COLUMN hide_name bool NOT NULL DEFAULT false;
-- Somebody who works nowhere any more keeps their points without a place: 0 instead of a unit.
COMMENT ON COLUMN score.unit_id IS 'where the person is now; 0: nowhere';
