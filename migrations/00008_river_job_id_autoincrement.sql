-- +goose Up
-- River's own migration 008, unchanged but for its schema; a test compares them.
-- +goose StatementBegin
-- No-op. Postgres sequences already prevent automatically generated job IDs
-- from being reused.
SELECT 1;
-- +goose StatementEnd
