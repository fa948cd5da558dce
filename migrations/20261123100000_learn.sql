-- +goose Up
-- A module: what its writers work on. What people learn from are its versions.
CREATE TABLE module (
    id            int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT module_id_pkey PRIMARY KEY,
    agency_id     int4 CONSTRAINT module_agency_id_fkey REFERENCES agency, -- null: built in, for everybody
    key           text NOT NULL DEFAULT '', -- of what is built in
    state         text NOT NULL DEFAULT 'draft' CONSTRAINT module_state_check CHECK (state IN ('draft', 'published', 'archived')),
    revision      int4 NOT NULL DEFAULT 1, -- of the text that is worked on
    version       int4 NOT NULL DEFAULT 0, -- the newest one that was published
    published     int4 NOT NULL DEFAULT 0, -- the revision that it was made of
    lesson        jsonb NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CONSTRAINT module_key_check CHECK ((key = '') = (agency_id IS NOT NULL)),
    CONSTRAINT module_version_check CHECK (state <> 'published' OR version > 0)
);
CREATE INDEX module_agency_id_idx ON module (agency_id, id DESC);

CREATE TABLE module_version (
    module_id     int4 NOT NULL CONSTRAINT module_version_module_id_fkey REFERENCES module,
    no            int4 NOT NULL,
    lesson        jsonb NOT NULL,
    lesson_en     jsonb, -- the same in English, question for question; only of what is built in
    published_at  timestamptz NOT NULL,
    CONSTRAINT module_version_module_id_pkey PRIMARY KEY (module_id, no)
);

-- How far a person is in a module, and what they wrote of its practice task: read by nobody else.
CREATE TABLE learn_progress (
    user_id      int4 NOT NULL,
    module_id    int4 NOT NULL CONSTRAINT learn_progress_module_id_fkey REFERENCES module,
    step         int4 NOT NULL DEFAULT 0,
    practice     text NOT NULL DEFAULT '' CONSTRAINT learn_progress_practice_check CHECK (length(practice) <= 4000),
    practice_at  timestamptz,
    at           timestamptz NOT NULL,
    CONSTRAINT learn_progress_user_id_pkey PRIMARY KEY (user_id, module_id)
);

-- The best a person did in the quiz of a version.
CREATE TABLE learn_result (
    user_id    int4 NOT NULL,
    module_id  int4 NOT NULL,
    version    int4 NOT NULL,
    best       int2 NOT NULL,
    questions  int2 NOT NULL,
    attempts   int4 NOT NULL,
    passed_at  timestamptz,
    at         timestamptz NOT NULL,
    CONSTRAINT learn_result_user_id_pkey PRIMARY KEY (user_id, module_id, version),
    CONSTRAINT learn_result_module_id_fkey FOREIGN KEY (module_id, version) REFERENCES module_version
);
CREATE INDEX learn_result_module_id_idx ON learn_result (module_id) WHERE passed_at IS NOT NULL;

-- Answers that were graded, so that a repeated request is told the same and counts once.
CREATE TABLE learn_request (
    user_id      int4 NOT NULL,
    key          text NOT NULL CONSTRAINT learn_request_key_check CHECK (length(key) <= 100),
    fingerprint  bytea NOT NULL,
    graded       jsonb NOT NULL,
    at           timestamptz NOT NULL,
    CONSTRAINT learn_request_user_id_pkey PRIMARY KEY (user_id, key)
);

-- Who knows what comes before the first share. A share asks for it once, by its key.
CREATE TABLE learn_ready (
    user_id  int4 NOT NULL CONSTRAINT learn_ready_user_id_pkey PRIMARY KEY,
    at       timestamptz NOT NULL
);

-- A certificate holds what is printed on it.
CREATE TABLE certificate (
    user_id      int4 NOT NULL,
    id           int8 GENERATED ALWAYS AS IDENTITY,
    module_id    int4 NOT NULL DEFAULT 0, -- 0: of a theme
    version      int4 NOT NULL DEFAULT 0,
    theme        text NOT NULL DEFAULT '',
    holder       text NOT NULL,
    title        text NOT NULL,
    competences  jsonb NOT NULL,
    agency_name  text NOT NULL,
    zone         text NOT NULL,
    earned_at    timestamptz NOT NULL,
    issued_at    timestamptz NOT NULL,
    code         text NOT NULL,
    hidden_at    timestamptz, -- since when its public page says nothing
    CONSTRAINT certificate_user_id_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT certificate_theme_check CHECK ((module_id = 0) = (theme <> '')),
    CONSTRAINT certificate_module_id_key UNIQUE (user_id, module_id, version, theme)
);

-- Which certificate a code is of.
CREATE TABLE certificate_code (
    code            text CONSTRAINT certificate_code_code_pkey PRIMARY KEY,
    user_id         int4 NOT NULL,
    certificate_id  int8 NOT NULL
);

-- Guidance (juknis) to look things up in.
CREATE TABLE guide (
    id          int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT guide_id_pkey PRIMARY KEY,
    agency_id   int4 NOT NULL CONSTRAINT guide_agency_id_fkey REFERENCES agency,
    state       text NOT NULL DEFAULT 'draft' CONSTRAINT guide_state_check CHECK (state IN ('draft', 'published', 'archived')),
    revision    int4 NOT NULL DEFAULT 1,
    title       text NOT NULL CONSTRAINT guide_title_check CHECK (length(title) BETWEEN 1 AND 200),
    theme       text NOT NULL,
    edition     text NOT NULL CONSTRAINT guide_edition_check CHECK (length(edition) <= 40),
    valid_from  date,
    body        text NOT NULL CONSTRAINT guide_body_check CHECK (length(body) <= 60000),
    file        jsonb, -- {file, name, bytes}
    words       tsvector NOT NULL GENERATED ALWAYS AS (setweight(search_title(title), 'A') || setweight(search_title(body), 'D')) STORED,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL
);
CREATE INDEX guide_agency_id_idx ON guide (agency_id, id DESC);
CREATE INDEX guide_words_idx ON guide USING gin (words) WITH (fastupdate = off);

-- A guest trainer (pelatih tamu) writes what is learned on a node, and nothing else.
ALTER TABLE user_role DROP CONSTRAINT user_role_role_check;
ALTER TABLE user_role ADD CONSTRAINT user_role_role_check CHECK
    (role IN ('author', 'approver', 'publisher', 'operator', 'leader', 'dpo', 'auditor', 'admin', 'trainer'));
