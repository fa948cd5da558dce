-- +goose Up
-- Who did what. Rows are only ever inserted; a single job chains committed rows in id order by
-- filling hash once. Shares, likes and skips are acts, not audit rows.
CREATE TABLE audit_log (
    id         int8 GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_log_id_pkey PRIMARY KEY,
    at         timestamptz NOT NULL,
    actor_id   int4,          -- null: the system itself
    agency_id  int4,
    action     text NOT NULL CONSTRAINT audit_log_action_check CHECK (action ~ '^[a-z]+(\.[a-z_]+)+$'),
    subject    text NOT NULL, -- e.g. content/12
    detail     jsonb NOT NULL DEFAULT '{}',
    hash       bytea
);
CREATE INDEX audit_log_subject_idx ON audit_log (subject, id);
CREATE INDEX audit_log_unchained_idx ON audit_log (id) WHERE hash IS NULL;
