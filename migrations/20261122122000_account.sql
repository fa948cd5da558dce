-- +goose Up
-- The accounts that official posts may stand on. One of an official's own is closed unless it was opened up to a day.
CREATE TABLE account (
    id          int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT account_id_pkey PRIMARY KEY,
    agency_id   int4 NOT NULL CONSTRAINT account_agency_id_fkey REFERENCES agency,
    version     int4 NOT NULL DEFAULT 1,
    network     text NOT NULL,
    handle      text NOT NULL CONSTRAINT account_handle_check CHECK (length(handle) BETWEEN 1 AND 100), -- small letters, without @; of a website its host
    kind        text NOT NULL CONSTRAINT account_kind_check CHECK (kind IN ('official', 'personal')),
    owner       text NOT NULL DEFAULT '' CONSTRAINT account_owner_check CHECK (length(owner) <= 200), -- the office of the person
    open_until  date,     -- of a personal one: the last day on which it may be used; null: closed
    open_reason text NOT NULL DEFAULT '',
    closed_at   timestamptz, -- it is not used any more; posts that stand on it keep their number
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    CONSTRAINT account_owner_kind_check CHECK (kind = 'official' OR owner <> ''),
    CONSTRAINT account_open_until_check CHECK (open_until IS NULL OR (kind = 'personal' AND open_reason <> '')),
    CONSTRAINT account_handle_key UNIQUE (agency_id, network, handle)
);

-- The letter that asks for a content, part of what is approved.
ALTER TABLE content_version ADD COLUMN mandate jsonb;
