-- +goose Up
-- How far each journal was shipped: the frame, and how many records up to it; moves in the transaction
-- that ships.
ALTER TABLE click_checkpoint
    ALTER COLUMN instance TYPE int8,
    ADD COLUMN records int8 NOT NULL DEFAULT 0,
    ADD COLUMN at timestamptz NOT NULL DEFAULT now();

-- Records that could not be stored, as they are in the journal: for a person to look at.
CREATE TABLE click_quarantine (
    instance  int8 NOT NULL,
    seq       int8 NOT NULL,
    n         int4 NOT NULL, -- place among the records of the batch
    record    bytea NOT NULL,
    reason    text NOT NULL,
    at        timestamptz NOT NULL,
    CONSTRAINT click_quarantine_instance_pkey PRIMARY KEY (instance, seq, n)
);

-- Links that lead nowhere any more: one of a person, or all of theirs (content 0, channel 0).
CREATE TABLE click_block (
    user_id     int4 NOT NULL,
    content_id  int4 NOT NULL,
    channel     int2 NOT NULL,
    reason      text NOT NULL CONSTRAINT click_block_reason_check CHECK (length(reason) BETWEEN 1 AND 500),
    blocked_by  int4 NOT NULL,
    at          timestamptz NOT NULL,
    CONSTRAINT click_block_user_id_pkey PRIMARY KEY (user_id, content_id, channel)
);

-- When people read: sums by hour of the day, in the node's zone, a month a row.
CREATE TABLE rollup_node_hour (
    node_id int4, month date, hour int2 CONSTRAINT rollup_node_hour_hour_check CHECK (hour BETWEEN 0 AND 23),
    valid int4 NOT NULL, people int4 NOT NULL, repeats int4 NOT NULL, machines int4 NOT NULL,
    CONSTRAINT rollup_node_hour_node_id_pkey PRIMARY KEY (node_id, month, hour)
) WITH (fillfactor = 70);

-- Whether the sums of a local day still equal its raw clicks.
CREATE TABLE click_proof (
    day         date CONSTRAINT click_proof_day_pkey PRIMARY KEY,
    checked_at  timestamptz NOT NULL,
    sums        int4 NOT NULL, -- rows that were compared
    wrong       int4 NOT NULL  -- rows that differed
);
