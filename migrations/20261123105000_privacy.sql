-- +goose Up
-- Nobody's name stands on a board of persons before they said that it may.
ALTER TABLE app_user ALTER COLUMN hide_name SET DEFAULT true;
UPDATE app_user SET hide_name = true WHERE NOT hide_name;

-- Who read which version of the privacy notice. The texts are part of the program.
CREATE TABLE privacy_ack (
    user_id  int4 NOT NULL,
    version  int2 NOT NULL,
    at       timestamptz NOT NULL,
    CONSTRAINT privacy_ack_user_id_pkey PRIMARY KEY (user_id, version)
);

-- What a person agreed to beside the public task, and took back: each change is a row and stays as proof.
CREATE SEQUENCE consent_id_seq;
CREATE TABLE consent (
    user_id  int4 NOT NULL,
    kind     text NOT NULL CONSTRAINT consent_kind_check CHECK (kind IN ('public_name', 'account_link', 'survey')),
    id       int8 NOT NULL DEFAULT nextval('consent_id_seq'),
    version  int2 NOT NULL, -- of the words that were agreed to
    given    bool NOT NULL,
    at       timestamptz NOT NULL,
    CONSTRAINT consent_user_id_pkey PRIMARY KEY (user_id, kind, id)
);

-- How far a newcomer has come; done: never shown again.
CREATE TABLE onboarding (
    user_id  int4 CONSTRAINT onboarding_user_id_pkey PRIMARY KEY,
    step     int2 NOT NULL CONSTRAINT onboarding_step_check CHECK (step BETWEEN 1 AND 6),
    done_at  timestamptz
);
INSERT INTO onboarding (user_id, step, done_at) SELECT user_id, 6, now() FROM rollup_user_act_first;

-- What a person asks of whoever keeps their data, and the clock that runs from then: 3 x 24 hours.
CREATE SEQUENCE data_request_id_seq;
CREATE TABLE data_request (
    user_id    int4 NOT NULL,
    id         int8 NOT NULL DEFAULT nextval('data_request_id_seq'),
    agency_id  int4 NOT NULL CONSTRAINT data_request_agency_id_fkey REFERENCES agency, -- where they worked then
    kind       text NOT NULL CONSTRAINT data_request_kind_check CHECK (kind IN ('correction', 'copy', 'information', 'erase', 'withdraw')),
    text       text NOT NULL CONSTRAINT data_request_text_check CHECK (length(text) BETWEEN 1 AND 2000),
    state      text NOT NULL DEFAULT 'received' CONSTRAINT data_request_state_check CHECK (state IN ('received', 'working', 'done', 'refused')),
    at         timestamptz NOT NULL,
    due_at     timestamptz NOT NULL,
    taken_at   timestamptz,
    closed_at  timestamptz,
    answer     text NOT NULL DEFAULT '' CONSTRAINT data_request_answer_check CHECK (length(answer) <= 2000),
    article    text NOT NULL DEFAULT '' CONSTRAINT data_request_article_check CHECK (length(article) <= 200), -- why it was refused, in law
    checked    text[] NOT NULL DEFAULT '{}', -- what was done by hand
    by_id      int4,
    CONSTRAINT data_request_user_id_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT data_request_id_key UNIQUE (id),
    CONSTRAINT data_request_closed_check CHECK ((closed_at IS NOT NULL) = (state IN ('done', 'refused')))
);
CREATE INDEX data_request_open_idx ON data_request (id) WHERE closed_at IS NULL; -- all clocks run equally long: who asked first is due first
CREATE UNIQUE INDEX data_request_open_key ON data_request (user_id, kind) WHERE closed_at IS NULL;

-- Who saw a person's record where the audit log does not tell: once a day for each viewer and occasion.
CREATE TABLE person_view (
    user_id    int4 NOT NULL, -- who was seen
    day        date NOT NULL, -- UTC
    viewer_id  int4 NOT NULL,
    what       text NOT NULL CONSTRAINT person_view_what_check CHECK (what IN ('list', 'search', 'roles', 'request')),
    times      int4 NOT NULL,
    at         timestamptz NOT NULL, -- the last of them
    CONSTRAINT person_view_user_id_pkey PRIMARY KEY (user_id, day, viewer_id, what)
);

-- A file with everything about a person, sealed, in parts; it goes after a week.
CREATE SEQUENCE data_export_id_seq;
CREATE TABLE data_export (
    user_id   int4 NOT NULL,
    id        int8 NOT NULL DEFAULT nextval('data_export_id_seq'),
    with_nip  bool NOT NULL,
    asked_at  timestamptz NOT NULL,
    ready_at  timestamptz,
    bytes     int8 NOT NULL DEFAULT 0,
    rows      int8 NOT NULL DEFAULT 0,
    CONSTRAINT data_export_user_id_pkey PRIMARY KEY (user_id, id)
);
CREATE UNIQUE INDEX data_export_running_key ON data_export (user_id) WHERE ready_at IS NULL;
CREATE INDEX data_export_asked_at_idx ON data_export (asked_at);
CREATE TABLE data_export_part (
    user_id    int4 NOT NULL,
    export_id  int8 NOT NULL,
    n          int4 NOT NULL,
    sealed     bytea NOT NULL,
    CONSTRAINT data_export_part_user_id_pkey PRIMARY KEY (user_id, export_id, n),
    CONSTRAINT data_export_part_export_id_fkey FOREIGN KEY (user_id, export_id) REFERENCES data_export ON DELETE CASCADE
);
