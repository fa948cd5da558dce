-- +goose Up
-- Evidence that somebody looked at: the address of a post that our server read, a picture or an objection that a desk accepted.
ALTER TABLE act_evidence DROP CONSTRAINT act_evidence_kind_check;
ALTER TABLE act_evidence ADD CONSTRAINT act_evidence_kind_check CHECK
    (kind IN ('aborted', 'intent_returned', 'sheet_resolved', 'preview_fetched', 'valid_click',
              'address_checked', 'screenshot_reviewed', 'objection_granted'));

-- An address of a post that a person gave as proof of a share. The address points at a private account: it is
-- sealed, and only its keyed hash can be compared.
CREATE TABLE claim (
    user_id     int4 NOT NULL,
    id          int8 GENERATED ALWAYS AS IDENTITY,
    place       text NOT NULL, -- where the post is: a key of network's places
    content_id  int4 CONSTRAINT claim_content_id_fkey REFERENCES content, -- null: to be found in the post
    network     int2, -- of the act that it proves
    address     bytea NOT NULL,
    hash        bytea NOT NULL,
    state       text NOT NULL CONSTRAINT claim_state_check CHECK (state IN ('checking', 'confirmed', 'absent', 'unknown')),
    reason      text NOT NULL DEFAULT '',
    tries       int2 NOT NULL DEFAULT 0,
    next_at     timestamptz, -- when it is looked at again; null: no more
    at          timestamptz NOT NULL,
    checked_at  timestamptz,
    CONSTRAINT claim_user_id_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT claim_user_id_key UNIQUE (user_id, hash)
);
-- One address is one person's, unless it was looked at and does not prove anything.
CREATE UNIQUE INDEX claim_hash_key ON claim (hash) WHERE state = 'confirmed' OR next_at IS NOT NULL;
CREATE INDEX claim_user_id_at_idx ON claim (user_id, at);
CREATE INDEX claim_user_id_content_id_idx ON claim (user_id, content_id, network, id);

-- How often other servers may be asked: not before the time, which grows with their refusals.
CREATE TABLE proof_host (
    host      text CONSTRAINT proof_host_host_pkey PRIMARY KEY,
    free_at   timestamptz NOT NULL,
    refusals  int2 NOT NULL DEFAULT 0
);

-- A picture of a screen as the last resort. The file goes 30 days after the decision; what is left tells the same picture again.
CREATE TABLE screenshot (
    user_id     int4 NOT NULL,
    id          int8 GENERATED ALWAYS AS IDENTITY,
    content_id  int4 NOT NULL CONSTRAINT screenshot_content_id_fkey REFERENCES content,
    network     int2 NOT NULL,
    unit_id     int4 NOT NULL, -- of the person, when it was sent
    file        text NOT NULL, -- sealed; empty: deleted
    sum         bytea NOT NULL,
    look        int8 NOT NULL,  -- dHash
    bands       int4[] NOT NULL, -- four pieces of the dHash: who differs in three bits has one in common
    sampled     bool NOT NULL,  -- a second reviewer looks as well
    state       text NOT NULL CONSTRAINT screenshot_state_check CHECK (state IN ('waiting', 'second', 'third', 'accepted', 'rejected')),
    reason      text NOT NULL DEFAULT '',
    words       text NOT NULL DEFAULT '',
    at          timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    decided_at  timestamptz,
    CONSTRAINT screenshot_user_id_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT screenshot_id_key UNIQUE (id)
);
CREATE UNIQUE INDEX screenshot_sum_key ON screenshot (sum);
CREATE UNIQUE INDEX screenshot_user_id_open_key ON screenshot (user_id, content_id, network) WHERE state IN ('waiting', 'second', 'third');
CREATE INDEX screenshot_file_idx ON screenshot (file) WHERE file <> ''; -- whoever sweeps files asks for each
CREATE INDEX screenshot_bands_idx ON screenshot USING gin (bands);
CREATE INDEX screenshot_due_at_idx ON screenshot (due_at, id) WHERE state IN ('waiting', 'second', 'third');
CREATE INDEX screenshot_decided_at_idx ON screenshot (decided_at) WHERE file <> '' AND decided_at IS NOT NULL;

-- What each reviewer said of it.
CREATE TABLE screenshot_review (
    user_id        int4 NOT NULL, -- of the picture
    screenshot_id  int8 NOT NULL,
    reviewer_id    int4 NOT NULL,
    accepted       bool NOT NULL,
    reason         text NOT NULL,
    words          text NOT NULL,
    at             timestamptz NOT NULL,
    CONSTRAINT screenshot_review_user_id_pkey PRIMARY KEY (user_id, screenshot_id, reviewer_id),
    CONSTRAINT screenshot_review_screenshot_id_fkey FOREIGN KEY (user_id, screenshot_id) REFERENCES screenshot (user_id, id) ON DELETE CASCADE
);

-- A person says that something about an act is wrong. It is answered by a desk of the agency that published, and once
-- more, when the person asks, by the desk above it.
CREATE TABLE objection (
    user_id      int4 NOT NULL,
    id           int8 GENERATED ALWAYS AS IDENTITY,
    content_id   int4 NOT NULL CONSTRAINT objection_content_id_fkey REFERENCES content,
    network      int2 NOT NULL,
    act          text NOT NULL CONSTRAINT objection_act_check CHECK (act IN ('share', 'like')),
    unit_id      int4 NOT NULL, -- of the person, when it was sent
    desk_id      int4 NOT NULL, -- whose desk answers
    about        text NOT NULL CONSTRAINT objection_about_check CHECK (about IN ('not_recorded', 'wrong_value', 'not_me', 'other')),
    words        text NOT NULL,
    contact      bool NOT NULL, -- the desk may see the name
    claim_id     int8,          -- the desk may see this address
    round        int2 NOT NULL DEFAULT 1 CONSTRAINT objection_round_check CHECK (round IN (1, 2)),
    state        text NOT NULL CONSTRAINT objection_state_check CHECK (state IN ('received', 'examined', 'granted', 'rejected')),
    at           timestamptz NOT NULL, -- of this round
    due_at       timestamptz NOT NULL,
    taken_by     int4,
    answer       text NOT NULL DEFAULT '',
    answered_by  int4,
    answered_at  timestamptz,
    appeal       text NOT NULL DEFAULT '', -- why the person asks again
    first_answer text NOT NULL DEFAULT '', -- what the first desk said
    first_by     int4,
    CONSTRAINT objection_user_id_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT objection_id_key UNIQUE (id)
);
CREATE UNIQUE INDEX objection_user_id_open_key ON objection (user_id, content_id, network, act) WHERE state IN ('received', 'examined');
CREATE INDEX objection_user_id_content_id_idx ON objection (user_id, content_id, network, act, id);
CREATE INDEX objection_due_at_idx ON objection (due_at, id) WHERE state IN ('received', 'examined');
