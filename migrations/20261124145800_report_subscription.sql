-- +goose Up
-- Reports that people have sent to them by e-mail (decision 0058). A row is its own outbox: through and outcome are
-- written before a letter is handed over, so that a crash never sends a period twice.
CREATE SEQUENCE report_subscription_id_seq;
CREATE TABLE report_subscription (
    user_id       int4 NOT NULL,
    id            int4 NOT NULL DEFAULT nextval('report_subscription_id_seq'),
    node_id       int4 NOT NULL CONSTRAINT report_subscription_node_id_fkey REFERENCES agency,
    pace          text NOT NULL CONSTRAINT report_subscription_pace_check CHECK (pace IN ('week', 'month')),
    pdf           bool NOT NULL,
    xlsx          bool NOT NULL,
    created_at    timestamptz NOT NULL,
    through_day   date NOT NULL, -- the last day of the newest period that is done with
    due_at        timestamptz,   -- when to look at it next; while a letter is made: when another process may; null: never
    tries         int2 NOT NULL DEFAULT 0, -- how often the letter was put off
    outcome       text NOT NULL DEFAULT '' CONSTRAINT report_subscription_outcome_check CHECK (outcome IN ('', 'sent', 'unsure', 'refused', 'waiting', 'failed')),
    outcome_day   date, -- the last day of the period that the outcome is about
    outcome_at    timestamptz,
    ended         text NOT NULL DEFAULT '' CONSTRAINT report_subscription_ended_check CHECK (ended IN ('', 'role', 'account', 'link')),
    sample_due    timestamptz, -- asked for, and not taken yet
    sample        text NOT NULL DEFAULT '' CONSTRAINT report_subscription_sample_check CHECK (sample IN ('', 'sent', 'unsure', 'refused', 'waiting', 'failed')),
    sample_at     timestamptz,
    CONSTRAINT report_subscription_user_id_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT report_subscription_node_key UNIQUE (user_id, node_id, pace)
);
CREATE INDEX report_subscription_due_at_idx ON report_subscription (due_at, user_id, id) WHERE due_at IS NOT NULL;
CREATE INDEX report_subscription_sample_due_idx ON report_subscription (sample_due) WHERE sample_due IS NOT NULL;
CREATE INDEX report_subscription_node_id_idx ON report_subscription (node_id);

-- How many samples a person asked for on a day: deleting a subscription does not give new ones.
CREATE TABLE report_sample (
    user_id  int4 CONSTRAINT report_sample_user_id_pkey PRIMARY KEY,
    day      date NOT NULL,
    times    int2 NOT NULL
);
