-- +goose Up
-- One row a request on a personal link. Partitioned by visitor day (19.00 UTC to 19.00 UTC); no id and
-- no unique index: exactly-once comes from the journal's checkpoint. Column order saves padding.
CREATE TABLE click (
    at          timestamptz NOT NULL,
    visitor     int8 NOT NULL, -- keyed hash of address and browser under the day's salt
    content_id  int4 NOT NULL,
    user_id     int4 NOT NULL,
    unit_id     int4 NOT NULL, -- the person's unit when it was clicked
    agent_id    int4 NOT NULL, -- click_agent; 0: none
    channel     int2 NOT NULL,
    verdict     int2 NOT NULL,
    reason      int2 NOT NULL,
    rule        int2 NOT NULL  -- version of the rules that judged it
) PARTITION BY RANGE (at);
CREATE INDEX click_at_idx ON click USING brin (at);

-- Distinct user agents, kept for 30 days so that newer rules reach back that far.
CREATE TABLE click_agent (
    id        int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT click_agent_id_pkey PRIMARY KEY,
    hash      bytea NOT NULL CONSTRAINT click_agent_hash_key UNIQUE,
    agent     text NOT NULL CONSTRAINT click_agent_agent_check CHECK (length(agent) <= 512),
    last_day  date NOT NULL
);

-- The salt of a visitor day; destroyed when the day is over, and with it every way back to a visitor.
CREATE TABLE click_salt (
    day   date CONSTRAINT click_salt_day_pkey PRIMARY KEY,
    salt  bytea NOT NULL CONSTRAINT click_salt_salt_check CHECK (length(salt) = 32)
);

-- Who was seen in a visitor day: k is a keyed hash of content, sharer and visitor.
CREATE TABLE click_seen (
    day  date NOT NULL,
    k    int8 NOT NULL,
    CONSTRAINT click_seen_day_pkey PRIMARY KEY (day, k)
) PARTITION BY RANGE (day);

-- How far each instance's journal was shipped; moves in the transaction that ships.
CREATE TABLE click_checkpoint (
    instance  int4 CONSTRAINT click_checkpoint_instance_pkey PRIMARY KEY,
    seq       int8 NOT NULL
);

-- Sums kept in the shipping transaction. valid: clicks judged valid; people: unique visitors of the
-- day; repeats: the same visitor again; machines: preview, bot and prefetch. The day is the local day
-- in the zone of what the row is keyed by. A row is updated all day long: the free room keeps the new
-- version on its page, and so out of the index.
CREATE TABLE rollup_content_day (
    content_id int4, day date, valid int4 NOT NULL, people int4 NOT NULL, repeats int4 NOT NULL, machines int4 NOT NULL,
    CONSTRAINT rollup_content_day_content_id_pkey PRIMARY KEY (content_id, day)
) WITH (fillfactor = 70);
CREATE TABLE rollup_node_day (
    node_id int4, day date, valid int4 NOT NULL, people int4 NOT NULL, repeats int4 NOT NULL, machines int4 NOT NULL,
    CONSTRAINT rollup_node_day_node_id_pkey PRIMARY KEY (node_id, day)
) WITH (fillfactor = 70);
CREATE TABLE rollup_node_month (
    node_id int4, month date, valid int4 NOT NULL, people int4 NOT NULL, repeats int4 NOT NULL, machines int4 NOT NULL,
    CONSTRAINT rollup_node_month_node_id_pkey PRIMARY KEY (node_id, month)
) WITH (fillfactor = 70);
CREATE TABLE rollup_node_channel_day (
    node_id int4, day date, channel int2, valid int4 NOT NULL, people int4 NOT NULL, repeats int4 NOT NULL, machines int4 NOT NULL,
    CONSTRAINT rollup_node_channel_day_node_id_pkey PRIMARY KEY (node_id, day, channel)
) WITH (fillfactor = 70);
CREATE TABLE rollup_user_month (
    user_id int4, month date, valid int4 NOT NULL, people int4 NOT NULL, repeats int4 NOT NULL, machines int4 NOT NULL,
    CONSTRAINT rollup_user_month_user_id_pkey PRIMARY KEY (user_id, month)
) WITH (fillfactor = 70);
