-- +goose Up
-- What a person is told and is still to go to them by e-mail. A row goes when its letter was sent. Names, titles
-- and addresses are read when the letter is written.
CREATE TABLE mail_due (
    user_id    int4 NOT NULL,
    notice_id  int8 NOT NULL,
    urgent     bool NOT NULL,        -- goes at night as well
    told_at    timestamptz NOT NULL,
    due_at     timestamptz NOT NULL, -- not before; while a letter is on its way: when it is taken up again
    letter     int8,                 -- the first notice of the letter; null: in none yet
    tries      int2 NOT NULL DEFAULT 0,
    unsure     int2 NOT NULL DEFAULT 0, -- how often nobody knows whether the letter went
    CONSTRAINT mail_due_user_id_pkey PRIMARY KEY (user_id, notice_id),
    CONSTRAINT mail_due_notice_id_fkey FOREIGN KEY (user_id, notice_id) REFERENCES notice (user_id, id) ON DELETE CASCADE
);
CREATE INDEX mail_due_due_at_idx ON mail_due (due_at, user_id, notice_id); -- a recall makes very many due at one moment

-- Which kinds a person does not want by e-mail.
CREATE TABLE mail_off (
    user_id  int4 NOT NULL,
    kind     text NOT NULL,
    at       timestamptz NOT NULL,
    CONSTRAINT mail_off_user_id_pkey PRIMARY KEY (user_id, kind)
);

-- Whose address the mail server refused. Another address is tried at once: this is the fingerprint of the refused one.
CREATE TABLE mail_refused (
    user_id  int4 CONSTRAINT mail_refused_user_id_pkey PRIMARY KEY,
    address  bytea NOT NULL,
    until    timestamptz NOT NULL
);
