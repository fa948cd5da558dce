-- +goose Up
-- How many rows told the check of a day from where people came: it is due again when clicks arrived since. NULL: of
-- earlier checks, which destroyed those rows.
ALTER TABLE integrity_pass ADD COLUMN origins int8;
