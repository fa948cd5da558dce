-- +goose Up
-- What somebody writes on top of a version, saved while they type. It is no version: once it has become
-- one it is gone.
CREATE TABLE working_copy (
    user_id     int4 NOT NULL,
    content_id  int4 NOT NULL CONSTRAINT working_copy_content_id_fkey REFERENCES content,
    revision    int8 NOT NULL, -- Unix microseconds; each is more than the one before, even over a removal
    version     int4 NOT NULL, -- the version that it began with
    device      text NOT NULL CONSTRAINT working_copy_device_check CHECK (length(device) BETWEEN 1 AND 40), -- a random mark of the tab
    draft       jsonb NOT NULL,
    at          timestamptz NOT NULL,
    CONSTRAINT working_copy_user_id_pkey PRIMARY KEY (user_id, content_id)
);

-- The keys with which items were begun: a request that is sent again gives the item that it made.
CREATE TABLE content_request (
    user_id     int4 NOT NULL,
    key         text NOT NULL,
    content_id  int4 CONSTRAINT content_request_content_id_fkey REFERENCES content,
    at          timestamptz NOT NULL,
    CONSTRAINT content_request_user_id_pkey PRIMARY KEY (user_id, key)
);
CREATE INDEX content_request_at_idx ON content_request (at);
