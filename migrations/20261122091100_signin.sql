-- +goose Up
-- A password that somebody else chose must be changed at the first sign-in and does not live for ever.
ALTER TABLE credential
    ADD COLUMN must_change  bool NOT NULL DEFAULT false,
    ADD COLUMN first        bool NOT NULL DEFAULT false, -- the person never chose a password of their own
    ADD COLUMN expires_at   timestamptz;                 -- null: never

-- The secret of an authenticator app, sealed. It counts once it is confirmed. last_step is the newest
-- half minute whose code was used: a code opens once.
CREATE TABLE totp (
    user_id       int4 CONSTRAINT totp_user_id_pkey PRIMARY KEY,
    secret        bytea NOT NULL,
    created_at    timestamptz NOT NULL,
    confirmed_at  timestamptz,
    last_step     int8 NOT NULL DEFAULT 0
);

-- Codes for a lost phone, as keyed hashes; each opens once.
CREATE TABLE recovery_code (
    user_id  int4 NOT NULL,
    hash     bytea NOT NULL,
    used_at  timestamptz,
    CONSTRAINT recovery_code_user_id_pkey PRIMARY KEY (user_id, hash)
);

-- What a session was begun with, as a family ("Chrome", "Android"): never the raw agent.
ALTER TABLE session
    ADD COLUMN browser  text NOT NULL DEFAULT '',
    ADD COLUMN system   text NOT NULL DEFAULT '';

-- The place of a failure is an address, or a device that has signed in as this person before (known).
ALTER TABLE sign_in_failure
    ADD COLUMN known    bool NOT NULL DEFAULT false,
    ADD COLUMN last_at  timestamptz NOT NULL DEFAULT 'epoch';
