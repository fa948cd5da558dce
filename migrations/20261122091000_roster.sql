-- +goose Up
-- A person may have no e-mail address: a roster often knows only the NIP.
ALTER TABLE app_user DROP CONSTRAINT app_user_email_check;
ALTER TABLE app_user ALTER COLUMN email SET DEFAULT '';
ALTER TABLE app_user ADD CONSTRAINT app_user_email_check CHECK (email = '' OR length(email) BETWEEN 3 AND 254);
ALTER TABLE app_user ADD COLUMN position text NOT NULL DEFAULT '' CONSTRAINT app_user_position_check CHECK (length(position) <= 120);
ALTER TABLE app_user ADD COLUMN grade text NOT NULL DEFAULT '' CONSTRAINT app_user_grade_check CHECK (length(grade) <= 20);
CREATE INDEX app_user_name_idx ON app_user (lower(name), id);

ALTER TABLE user_identifier DROP CONSTRAINT user_identifier_kind_check;
ALTER TABLE user_identifier ADD CONSTRAINT user_identifier_kind_check CHECK (kind IN ('email', 'nip'));
CREATE INDEX user_identifier_user_id_idx ON user_identifier (user_id);

-- The NIP itself, sealed for this very row. Its look-up hash is in user_identifier.
CREATE TABLE user_nip (
    user_id  int4 CONSTRAINT user_nip_user_id_pkey PRIMARY KEY,
    sealed   bytea NOT NULL,
    last3    text NOT NULL CONSTRAINT user_nip_last3_check CHECK (last3 ~ '^[0-9]{3}$')
);

-- When an account was switched off, by local day; until_day is the first day it is on again. The flag
-- app_user.active is only about now: counts of past days read these.
CREATE TABLE user_off (
    user_id    int4 NOT NULL,
    from_day   date NOT NULL,
    until_day  date,
    CONSTRAINT user_off_user_id_pkey PRIMARY KEY (user_id, from_day),
    CONSTRAINT user_off_until_day_check CHECK (until_day > from_day)
);
INSERT INTO user_off (user_id, from_day) SELECT id, current_date FROM app_user WHERE NOT active;

-- One roster file on its way into the people of a node.
CREATE TABLE roster (
    id          int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT roster_id_pkey PRIMARY KEY,
    node_id     int4 NOT NULL CONSTRAINT roster_node_id_fkey REFERENCES agency,
    by_user     int4 NOT NULL,              -- 0: the command line
    roots       int4[] NOT NULL,            -- the subtrees in which who uploaded it may act
    name        text NOT NULL CONSTRAINT roster_name_check CHECK (length(name) BETWEEN 1 AND 200),
    format      text NOT NULL CONSTRAINT roster_format_check CHECK (format IN ('csv', 'xlsx')),
    bytes       int8 NOT NULL,
    state       text NOT NULL CONSTRAINT roster_state_check CHECK (state IN ('uploaded', 'checking', 'checked', 'applying', 'applied', 'failed')),
    trouble     text NOT NULL DEFAULT '',   -- why it failed, for the person
    progress    int2 NOT NULL DEFAULT 0 CONSTRAINT roster_progress_check CHECK (progress BETWEEN 0 AND 100),
    beat_at     timestamptz NOT NULL,       -- the last sign of life of its job
    header      jsonb NOT NULL DEFAULT '[]',
    preview     jsonb NOT NULL DEFAULT '[]',
    header_line int4 NOT NULL DEFAULT 1,
    mapping     jsonb NOT NULL DEFAULT '{}',
    from_day    date NOT NULL,
    complete    bool NOT NULL DEFAULT false,
    accept_leaving bool NOT NULL DEFAULT false,
    counts      jsonb NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL,
    applied_at  timestamptz
);
CREATE INDEX roster_node_id_idx ON roster (node_id, id);

-- The file, sealed piece by piece until it is applied or a day old.
CREATE TABLE roster_part (
    roster_id  int4 NOT NULL,
    part       int4 NOT NULL,
    sealed     bytea NOT NULL,
    CONSTRAINT roster_part_roster_id_pkey PRIMARY KEY (roster_id, part)
);

-- What the file says, and what would happen.
CREATE TABLE roster_row (
    roster_id     int4 NOT NULL,
    line          int4 NOT NULL,
    nip_hashes    bytea[] NOT NULL,   -- under every key of the ring, newest first; empty: none that is valid
    nip_sealed    bytea,
    last3         text NOT NULL,
    name          text NOT NULL,
    email         text NOT NULL,
    email_hashes  bytea[] NOT NULL,
    position      text NOT NULL,
    grade         text NOT NULL,
    day           date NOT NULL,      -- from when the unit holds
    unit_id       int4,
    agency_id     int4,
    user_id       int4,
    fresh         bool NOT NULL DEFAULT false,  -- the person is made by this import
    act           text CONSTRAINT roster_row_act_check CHECK (act IN ('join', 'move', 'stay')),
    changed       bool NOT NULL DEFAULT false,
    CONSTRAINT roster_row_roster_id_pkey PRIMARY KEY (roster_id, line)
);

CREATE TABLE roster_fault (
    roster_id  int4 NOT NULL,
    line       int4 NOT NULL,
    seq        int4 NOT NULL,         -- tens: read from the file; above 100: found by the plan
    field      text NOT NULL,
    reason     text NOT NULL,
    mask       text NOT NULL DEFAULT '',
    CONSTRAINT roster_fault_roster_id_pkey PRIMARY KEY (roster_id, line, seq)
);
