-- +goose Up
CREATE TABLE app_user (
    id          int4 GENERATED ALWAYS AS IDENTITY (MAXVALUE 268435455) CONSTRAINT app_user_id_pkey PRIMARY KEY, -- 28 bits of a link code
    name        text NOT NULL CONSTRAINT app_user_name_check CHECK (length(name) BETWEEN 1 AND 200),
    email       text NOT NULL CONSTRAINT app_user_email_check CHECK (length(email) BETWEEN 3 AND 254),
    lang        text NOT NULL DEFAULT 'id' CONSTRAINT app_user_lang_check CHECK (lang IN ('id', 'en')),
    active      bool NOT NULL DEFAULT true,
    created_at  timestamptz NOT NULL
);

-- What one signs in with, as a keyed hash: unique without the person's number in the key.
CREATE TABLE user_identifier (
    hash     bytea CONSTRAINT user_identifier_hash_pkey PRIMARY KEY,
    user_id  int4 NOT NULL,
    kind     text NOT NULL CONSTRAINT user_identifier_kind_check CHECK (kind IN ('email'))
);

-- A role is given on a node and holds for its subtree. Every person is an asn without a row.
CREATE TABLE user_role (
    user_id    int4 NOT NULL,
    agency_id  int4 NOT NULL CONSTRAINT user_role_agency_id_fkey REFERENCES agency,
    role       text NOT NULL CONSTRAINT user_role_role_check CHECK
               (role IN ('author', 'approver', 'publisher', 'operator', 'leader', 'dpo', 'auditor', 'admin')),
    CONSTRAINT user_role_user_id_pkey PRIMARY KEY (user_id, agency_id, role)
);

-- Where a person works, by local day; until_day is the first day that no longer counts.
CREATE TABLE placement (
    user_id    int4 NOT NULL,
    from_day   date NOT NULL,
    until_day  date,
    unit_id    int4 NOT NULL CONSTRAINT placement_unit_id_fkey REFERENCES agency,
    agency_id  int4 NOT NULL CONSTRAINT placement_agency_id_fkey REFERENCES agency,
    CONSTRAINT placement_user_id_pkey PRIMARY KEY (user_id, from_day),
    CONSTRAINT placement_until_day_check CHECK (until_day > from_day)
);
CREATE UNIQUE INDEX placement_user_id_open_key ON placement (user_id) WHERE until_day IS NULL;
CREATE INDEX placement_unit_id_idx ON placement (unit_id, from_day);

-- How many people a node had on a day: the denominator of every rate.
CREATE TABLE eligible_day (
    node_id  int4 NOT NULL,
    day      date NOT NULL,
    people   int4 NOT NULL CONSTRAINT eligible_day_people_check CHECK (people >= 0),
    CONSTRAINT eligible_day_node_id_pkey PRIMARY KEY (node_id, day)
);
