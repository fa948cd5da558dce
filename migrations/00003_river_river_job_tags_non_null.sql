-- +goose Up
-- River's own migration 003, unchanged but for its schema; a test compares them.
-- +goose StatementBegin
ALTER TABLE river.river_job ALTER COLUMN tags SET DEFAULT '{}';
UPDATE river.river_job SET tags = '{}' WHERE tags IS NULL;
ALTER TABLE river.river_job ALTER COLUMN tags SET NOT NULL;
-- +goose StatementEnd
