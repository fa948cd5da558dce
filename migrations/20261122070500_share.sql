-- +goose Up
-- What a person did with a content: once per network and kind, with the highest grade of its evidence.
CREATE SEQUENCE act_id_seq;
CREATE TABLE act (
    user_id     int4 NOT NULL,
    content_id  int4 NOT NULL CONSTRAINT act_content_id_fkey REFERENCES content,
    network     int2 NOT NULL,
    kind        text NOT NULL CONSTRAINT act_kind_check CHECK (kind IN ('share', 'like')),
    id          int8 NOT NULL DEFAULT nextval('act_id_seq'),
    grade       text NOT NULL CONSTRAINT act_grade_check CHECK (grade IN ('A', 'B', 'C', 'D')),
    unit_id     int4 NOT NULL, -- the person's unit and agency when it was done
    agency_id   int4 NOT NULL,
    day         date NOT NULL, -- local day in the agency's zone
    at          timestamptz NOT NULL,
    graded_at   timestamptz NOT NULL,
    CONSTRAINT act_user_id_pkey PRIMARY KEY (user_id, content_id, network, kind)
);
CREATE INDEX act_agency_id_idx ON act (agency_id, day);
CREATE INDEX act_content_id_idx ON act (content_id);

-- Requests that carried an Idempotency-Key: the same key for something else is refused.
CREATE TABLE act_request (
    user_id      int4 NOT NULL,
    key          text NOT NULL CONSTRAINT act_request_key_check CHECK (length(key) BETWEEN 1 AND 100),
    fingerprint  bytea NOT NULL,
    at           timestamptz NOT NULL,
    CONSTRAINT act_request_user_id_pkey PRIMARY KEY (user_id, key)
);
CREATE INDEX act_request_at_idx ON act_request (at);
