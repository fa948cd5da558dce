-- +goose Up
-- How far the check of a visitor day is: found (its cells wait to be taken), done.
CREATE TABLE integrity_pass (
    day         date CONSTRAINT integrity_pass_day_pkey PRIMARY KEY,
    state       text NOT NULL CONSTRAINT integrity_pass_state_check CHECK (state IN ('found', 'done')),
    clicks      int4 NOT NULL,            -- people that were looked at
    sharers     int4 NOT NULL,            -- whose links they were on
    taken       int4 NOT NULL DEFAULT 0,  -- people taken out
    settled     int4 NOT NULL DEFAULT 0,  -- people counted that had been held above the limit of a block
    started_at  timestamptz NOT NULL,
    done_at     timestamptz
);

-- What is to be taken, until it has been: hashes whose salt is gone, for the minutes of one night.
CREATE TABLE integrity_cell (
    user_id  int4 NOT NULL,
    day      date NOT NULL,
    reason   int2 NOT NULL,
    scope    text NOT NULL,
    value    int8 NOT NULL,
    CONSTRAINT integrity_cell_user_id_pkey PRIMARY KEY (user_id, day, reason, scope, value)
);

-- What the check found of a person's links on a visitor day, and what became of it.
CREATE TABLE integrity_case (
    user_id      int4 NOT NULL,
    id           int8 GENERATED ALWAYS AS IDENTITY,
    day          date NOT NULL,
    reason       int2 NOT NULL, -- click.Reason
    unit_id      int4 NOT NULL, -- of the person, on that day
    agency_id    int4 NOT NULL, -- whose officers decide
    facts        jsonb NOT NULL, -- sums alone, nothing of any visitor
    people       int4 NOT NULL DEFAULT 0, -- taken out
    held         int4 NOT NULL DEFAULT 0, -- taken out before they counted
    state        text NOT NULL DEFAULT 'open' CONSTRAINT integrity_case_state_check CHECK (state IN ('open', 'objected', 'kept', 'restored')),
    at           timestamptz NOT NULL,
    words        text NOT NULL DEFAULT '', -- the person's objection
    objected_at  timestamptz,
    due_at       timestamptz, -- when the objection has to be answered
    decided_by   int4,
    decided_at   timestamptz,
    answer       text NOT NULL DEFAULT '',
    CONSTRAINT integrity_case_user_id_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT integrity_case_id_key UNIQUE (id),
    CONSTRAINT integrity_case_user_id_day_key UNIQUE (user_id, day, reason)
);
CREATE INDEX integrity_case_agency_id_idx ON integrity_case (agency_id, id);
