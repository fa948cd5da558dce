-- +goose Up
-- When a role was given: a password that somebody else chose before it opens nothing any more.
ALTER TABLE user_role ADD COLUMN granted_at timestamptz NOT NULL DEFAULT '-infinity';
