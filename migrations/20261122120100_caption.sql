-- +goose Up
-- Which caption was passed on: its index in the version that was live. Null: own words, or no share.
-- Before today nobody noted it: -1.
ALTER TABLE act ADD COLUMN caption int2 DEFAULT -1;
ALTER TABLE act ALTER COLUMN caption DROP DEFAULT;
