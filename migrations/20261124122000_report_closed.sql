-- +goose Up
-- Reports as they were closed. Rows are added and never changed: what is counted anew later is another version.
-- Who asked for it stands in the audit log.
CREATE TABLE report_closed (
    id         int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT report_closed_id_pkey PRIMARY KEY,
    node_id    int4 NOT NULL CONSTRAINT report_closed_node_id_fkey REFERENCES agency,
    from_day   date NOT NULL,
    to_day     date NOT NULL,
    compare    text NOT NULL CONSTRAINT report_closed_compare_check CHECK (compare IN ('previous', 'year')),
    version    int4 NOT NULL,
    why        text NOT NULL CONSTRAINT report_closed_why_check CHECK (why IN ('month', 'asked', 'correction')),
    closed_at  timestamptz NOT NULL,
    inputs     text NOT NULL, -- SHA-256 of all rows that were counted
    hash       text NOT NULL, -- SHA-256 of body
    moved      jsonb NOT NULL, -- the figures that differ from the version before
    body       text NOT NULL, -- the whole report with its registry, as it is hashed
    CONSTRAINT report_closed_version_key UNIQUE (node_id, from_day, to_day, compare, version)
);
