-- +goose Up
-- Election mode: for a region and its days, what may not be said or shown, and who stands for election.
CREATE TABLE election (
    id          int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT election_id_pkey PRIMARY KEY,
    node_id     int4 NOT NULL CONSTRAINT election_node_id_fkey REFERENCES agency, -- it holds for the subtree
    author_id   int4 NOT NULL,
    version     int4 NOT NULL DEFAULT 1,
    name        text NOT NULL CONSTRAINT election_name_check CHECK (length(name) BETWEEN 1 AND 200),
    from_day    date NOT NULL,
    to_day      date NOT NULL,
    begins_at   timestamptz NOT NULL, -- the days on the region's clock
    ends_at     timestamptz NOT NULL,
    watch       jsonb NOT NULL,       -- {words, names, accounts}
    ended_at    timestamptz,          -- ended before its time
    end_reason  text NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    CONSTRAINT election_to_day_check CHECK (to_day >= from_day),
    CONSTRAINT election_ends_at_check CHECK (ends_at > begins_at),
    CONSTRAINT election_ended_at_check CHECK ((ended_at IS NULL) = (end_reason = ''))
);
CREATE INDEX election_node_id_idx ON election (node_id);
CREATE INDEX election_ends_at_idx ON election (ends_at) WHERE ended_at IS NULL;

-- What an approver ticked about the pictures: poses, attributes, candidates.
ALTER TABLE content_decision ADD COLUMN checklist text[] NOT NULL DEFAULT '{}';
