-- +goose Up
-- How an agency decides on its contents: one to four steps. An agency without a row uses that of its
-- nearest ancestor; without any, there is one step for whoever approves there.
CREATE TABLE approval_chain (
    agency_id       int4 CONSTRAINT approval_chain_agency_id_pkey PRIMARY KEY CONSTRAINT approval_chain_agency_id_fkey REFERENCES agency,
    steps           jsonb NOT NULL CONSTRAINT approval_chain_steps_check CHECK (jsonb_array_length(steps) BETWEEN 1 AND 4),
    repeats         bool NOT NULL, -- one person may decide several steps of one round
    remind_hours    int4 NOT NULL CONSTRAINT approval_chain_remind_hours_check CHECK (remind_hours BETWEEN 1 AND 80),
    escalate_hours  int4 NOT NULL,
    updated_at      timestamptz NOT NULL,
    CONSTRAINT approval_chain_escalate_hours_check CHECK (escalate_hours > remind_hours AND escalate_hours <= 160)
);

-- Who acts for whom, and when: Plh. or Plt. The days are local days of where the represented person
-- works; the instants are what they were when the deputy was named.
CREATE TABLE deputy (
    user_id    int4 NOT NULL, -- who is represented
    id         int8 GENERATED ALWAYS AS IDENTITY,
    deputy_id  int4 NOT NULL,
    kind       text NOT NULL CONSTRAINT deputy_kind_check CHECK (kind IN ('plh', 'plt')),
    from_day   date NOT NULL,
    to_day     date NOT NULL, -- the last day
    starts_at  timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL,
    named_by   int4 NOT NULL,
    named_at   timestamptz NOT NULL,
    ended_at   timestamptz, -- earlier than planned
    ended_by   int4,
    CONSTRAINT deputy_user_id_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT deputy_deputy_id_check CHECK (deputy_id <> user_id),
    CONSTRAINT deputy_to_day_check CHECK (to_day >= from_day AND ends_at > starts_at),
    CONSTRAINT deputy_period_excl EXCLUDE USING gist
        (int4range(user_id, user_id, '[]') WITH &&, daterange(from_day, to_day, '[]') WITH &&) WHERE (ended_at IS NULL)
);
CREATE INDEX deputy_deputy_id_idx ON deputy (deputy_id, ends_at);
CREATE INDEX deputy_id_idx ON deputy (id); -- the list of them, newest first

ALTER TABLE content DROP CONSTRAINT content_state_check;
ALTER TABLE content ADD CONSTRAINT content_state_check CHECK
    (state IN ('draft', 'in_review', 'on_hold', 'changes_requested', 'rejected', 'approved', 'scheduled', 'live', 'ended', 'recalled'));
-- Which round of review it is in or was in last; 0: it was never submitted.
ALTER TABLE content ADD COLUMN round int4 NOT NULL DEFAULT 0;

-- One round of review: from a submission, or an edit during review, on. It carries the chain as it was
-- then; a later change of the agency's chain does not move it.
CREATE TABLE content_review (
    content_id     int4 NOT NULL CONSTRAINT content_review_content_id_fkey REFERENCES content,
    round          int4 NOT NULL,
    version        int4 NOT NULL,
    chain          jsonb NOT NULL,
    step           int2 NOT NULL,   -- the present step, or the last one that was reached; from 1
    node_id        int4 NOT NULL CONSTRAINT content_review_node_id_fkey REFERENCES agency, -- whose approvers decide the present step
    persons        int4[] NOT NULL, -- who is named for it; empty: whoever approves at the node
    began_at       timestamptz NOT NULL,
    step_at        timestamptz NOT NULL, -- since when the present step waits
    running_since  timestamptz,     -- since when its clock runs; null: it stands
    spent          int4 NOT NULL DEFAULT 0, -- working minutes before that
    told           int2 NOT NULL DEFAULT 0, -- 1: reminded, 2: escalated
    held_by        int4,
    held_at        timestamptz,
    held_reason    text NOT NULL DEFAULT '',
    CONSTRAINT content_review_content_id_pkey PRIMARY KEY (content_id, round),
    CONSTRAINT content_review_step_check CHECK (step BETWEEN 1 AND 4),
    CONSTRAINT content_review_held_check CHECK ((held_at IS NULL) = (held_by IS NULL) AND (held_at IS NULL OR held_reason <> ''))
);

ALTER TABLE content_decision DROP CONSTRAINT content_decision_decision_check;
ALTER TABLE content_decision DROP CONSTRAINT content_decision_reason_check;
ALTER TABLE content_decision ADD CONSTRAINT content_decision_decision_check CHECK
    (decision IN ('approved', 'returned', 'rejected', 'held', 'released'));
ALTER TABLE content_decision ADD CONSTRAINT content_decision_reason_check CHECK (decision IN ('approved', 'released') OR reason <> '');
ALTER TABLE content_decision ADD COLUMN round int4 NOT NULL DEFAULT 0;
ALTER TABLE content_decision ADD COLUMN final bool NOT NULL DEFAULT false; -- the approval that ended the chain
ALTER TABLE content_decision ADD COLUMN step_name text NOT NULL DEFAULT '';
ALTER TABLE content_decision ADD COLUMN behalf_id int4; -- for whom, when a deputy decided
ALTER TABLE content_decision ADD COLUMN post text NOT NULL DEFAULT '' CONSTRAINT content_decision_post_check
    CHECK (post IN ('', 'plh', 'plt') AND (post = '') = (behalf_id IS NULL));
ALTER TABLE content_decision ADD COLUMN basis text NOT NULL DEFAULT 'role' CONSTRAINT content_decision_basis_check
    CHECK (basis IN ('named', 'role', 'fallback')); -- fallback: nobody named could, so the role did
-- What was decided before stays: each version was a round of one step.
UPDATE content_decision SET round = version, final = decision = 'approved';
DROP INDEX content_decision_step_key;
CREATE UNIQUE INDEX content_decision_round_key ON content_decision (content_id, round, step) WHERE decision = 'approved';
INSERT INTO content_review (content_id, round, version, chain, step, node_id, persons, began_at, step_at, running_since)
SELECT id, version + 1, version, jsonb_build_object('steps', jsonb_build_array(jsonb_build_object('name', 'Penyetuju', 'agency_id', agency_id)),
       'repeats', false, 'remind_hours', 4, 'escalate_hours', 8), 1,
       agency_id, '{}', updated_at, updated_at, NULL -- no clock begins by an upgrade
FROM content WHERE state IN ('in_review', 'approved', 'scheduled');
UPDATE content SET round = version + 1 WHERE state IN ('in_review', 'approved', 'scheduled');
UPDATE content SET round = version WHERE state NOT IN ('in_review', 'approved', 'scheduled', 'draft');

-- Who had which version before them, in review.
CREATE TABLE content_seen (
    user_id     int4 NOT NULL,
    content_id  int4 NOT NULL CONSTRAINT content_seen_content_id_fkey REFERENCES content,
    version     int4 NOT NULL,
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    CONSTRAINT content_seen_user_id_pkey PRIMARY KEY (user_id, content_id, version)
);
CREATE INDEX content_seen_content_id_idx ON content_seen (content_id, version);

-- Who approves at a node is asked for each item in review.
CREATE INDEX user_role_agency_id_idx ON user_role (agency_id, role);
