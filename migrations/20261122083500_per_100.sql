-- +goose Up
-- The one definition of a rate per 100: boards, reports, their CSV and the API all show its digits.
-- +goose StatementBegin
CREATE FUNCTION per_100(part int8, whole int8) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN round(100.0 * part / nullif(whole, 0), 1)::float8;
-- +goose StatementEnd
