-- +goose Up
-- What a person should know, in the app. It names things and persons by number; names are read when it is.
CREATE TABLE notice (
    user_id     int4 NOT NULL,
    id          int8 GENERATED ALWAYS AS IDENTITY,
    key         text NOT NULL, -- what happened: told once to each person, however often it is reported
    kind        text NOT NULL CONSTRAINT notice_kind_check CHECK
                (kind IN ('turn', 'approved', 'returned', 'rejected', 'held', 'released', 'reminder', 'escalation')),
    content_id  int4 NOT NULL CONSTRAINT notice_content_id_fkey REFERENCES content,
    step_name   text NOT NULL DEFAULT '',
    final       bool NOT NULL DEFAULT false,
    by_id       int4, -- null: the system
    behalf_id   int4,
    post        text NOT NULL DEFAULT '' CONSTRAINT notice_post_check CHECK (post IN ('', 'plh', 'plt')),
    at          timestamptz NOT NULL,
    read_at     timestamptz,
    CONSTRAINT notice_user_id_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT notice_user_id_key UNIQUE (user_id, key)
);
CREATE INDEX notice_user_id_at_idx ON notice (user_id, at DESC, id DESC);
CREATE INDEX notice_user_id_unread_idx ON notice (user_id) WHERE read_at IS NULL;
CREATE INDEX notice_at_idx ON notice (at);
