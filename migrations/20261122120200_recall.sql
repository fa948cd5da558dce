-- +goose Up
-- A recall whose sharers are told: how many there are, and when all were.
CREATE TABLE recall_round (
    content_id  int4 CONSTRAINT recall_round_content_id_pkey PRIMARY KEY CONSTRAINT recall_round_content_id_fkey REFERENCES content,
    sharers     int4 NOT NULL,
    began_at    timestamptz NOT NULL,
    done_at     timestamptz
);
-- Who was told to delete what they passed on, and says that they did.
CREATE TABLE recall_told (
    user_id     int4 NOT NULL,
    content_id  int4 NOT NULL CONSTRAINT recall_told_content_id_fkey REFERENCES content,
    told_at     timestamptz NOT NULL,
    again_at    timestamptz, -- reminded, once
    deleted_at  timestamptz,
    CONSTRAINT recall_told_user_id_pkey PRIMARY KEY (user_id, content_id)
);
CREATE INDEX recall_told_content_id_idx ON recall_told (content_id);
CREATE INDEX recall_told_told_at_idx ON recall_told (told_at) WHERE again_at IS NULL AND deleted_at IS NULL;
