-- +goose Up
-- The desk of one office among many, and the hourly search for looks of more than a year ago.
CREATE INDEX data_request_agency_id_idx ON data_request (agency_id, id);
CREATE INDEX person_view_day_idx ON person_view (day);
