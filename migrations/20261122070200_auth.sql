-- +goose Up
CREATE TABLE credential (
    user_id        int4 CONSTRAINT credential_user_id_pkey PRIMARY KEY,
    password_hash  text NOT NULL, -- Argon2id in PHC form
    changed_at     timestamptz NOT NULL
);

-- One signed-in device. Its refresh tokens are derived from the seed and a counter, so that a token
-- can be handed out again to a second tab, and an old one is recognised.
CREATE SEQUENCE session_id_seq;
CREATE TABLE session (
    user_id     int4 NOT NULL,
    id          int8 NOT NULL DEFAULT nextval('session_id_seq'),
    seed        bytea NOT NULL CONSTRAINT session_seed_check CHECK (length(seed) = 32),
    turn        int4 NOT NULL DEFAULT 1, -- the number of the refresh token that is valid now
    turned_at   timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    revoked_at  timestamptz,
    created_at  timestamptz NOT NULL,
    CONSTRAINT session_user_id_pkey PRIMARY KEY (user_id, id)
);

-- Failed sign-ins by identifier and address, both as keyed hashes: who guesses is slowed down, the
-- owner at another address is not.
CREATE TABLE sign_in_failure (
    identifier  bytea NOT NULL,
    address     bytea NOT NULL,
    failures    int4 NOT NULL,
    since       timestamptz NOT NULL,
    CONSTRAINT sign_in_failure_identifier_pkey PRIMARY KEY (identifier, address)
);
CREATE INDEX sign_in_failure_address_idx ON sign_in_failure (address, since);
