-- +goose Up
-- A directive (arahan pimpinan): a numbered letter of a leader, whom it concerns, and who of them has opened it.
CREATE TABLE directive (
    id               int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT directive_id_pkey PRIMARY KEY,
    agency_id        int4 NOT NULL CONSTRAINT directive_agency_id_fkey REFERENCES agency,
    author_id        int4 NOT NULL,
    state            text NOT NULL DEFAULT 'draft' CONSTRAINT directive_state_check CHECK (state IN ('draft', 'issued', 'withdrawn')),
    version          int4 NOT NULL DEFAULT 1,
    number           text NOT NULL CONSTRAINT directive_number_check CHECK (length(number) <= 100),
    title            text NOT NULL CONSTRAINT directive_title_check CHECK (length(title) BETWEEN 1 AND 200),
    body             text NOT NULL CONSTRAINT directive_body_check CHECK (length(body) <= 20000),
    signer           text NOT NULL CONSTRAINT directive_signer_check CHECK (length(signer) <= 200),
    signed_on        date,
    attachment       jsonb, -- {file, name, bytes}
    issued_at        timestamptz,
    withdrawn_at     timestamptz,
    withdraw_reason  text NOT NULL DEFAULT '',
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    CONSTRAINT directive_issued_at_check CHECK ((state = 'draft') = (issued_at IS NULL)),
    CONSTRAINT directive_complete_check CHECK (state = 'draft' OR (number <> '' AND signer <> '' AND signed_on IS NOT NULL)),
    CONSTRAINT directive_withdrawn_at_check CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (state <> 'withdrawn' OR withdraw_reason <> ''))
);
CREATE INDEX directive_agency_id_idx ON directive (agency_id, id DESC);

-- Whom it concerns: everybody below these nodes.
CREATE TABLE directive_target (
    node_id       int4 NOT NULL CONSTRAINT directive_target_node_id_fkey REFERENCES agency,
    directive_id  int4 NOT NULL CONSTRAINT directive_target_directive_id_fkey REFERENCES directive,
    CONSTRAINT directive_target_node_id_pkey PRIMARY KEY (node_id, directive_id)
);
CREATE INDEX directive_target_directive_id_idx ON directive_target (directive_id);

-- The contents that carry it out.
CREATE TABLE directive_content (
    directive_id  int4 NOT NULL CONSTRAINT directive_content_directive_id_fkey REFERENCES directive,
    content_id    int4 NOT NULL CONSTRAINT directive_content_content_id_fkey REFERENCES content,
    CONSTRAINT directive_content_directive_id_pkey PRIMARY KEY (directive_id, content_id)
);

-- Who opened it, so that a person counts once and sees what is new to them. Nobody is ever shown a name of
-- it: others get the sum alone.
CREATE TABLE directive_read (
    user_id       int4 NOT NULL,
    directive_id  int4 NOT NULL,
    at            timestamptz NOT NULL,
    CONSTRAINT directive_read_user_id_pkey PRIMARY KEY (user_id, directive_id)
);
CREATE INDEX directive_read_directive_id_idx ON directive_read (directive_id);
