-- +goose Up
-- River's tables live in a schema of their own; goose keeps its versions, so River's migration 001
-- (its version table) is left out.
CREATE SCHEMA river;
