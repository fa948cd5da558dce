-- +goose Up
-- A raw click is the largest table by far: 60 bytes a row with its header. A visitor is told from others
-- only within one day and mostly within one link, for which 32 bits are plenty; the codes are small
-- numbers, kept in one byte each.
ALTER TABLE click
    ALTER COLUMN visitor TYPE int4 USING (visitor >> 32)::int4,
    ALTER COLUMN channel TYPE "char" USING channel::int4::"char",
    ALTER COLUMN verdict TYPE "char" USING verdict::int4::"char",
    ALTER COLUMN reason TYPE "char" USING reason::int4::"char",
    ALTER COLUMN rule TYPE "char" USING rule::int4::"char";

-- Where a person was when they passed a link on: a click on their own links from there is no reader's. It
-- lives as long as the salt that its hashes were made with.
CREATE TABLE click_sharer (
    user_id  int4 NOT NULL,
    day      date NOT NULL,
    address  int8 NOT NULL,
    visitor  int4 NOT NULL,
    at       timestamptz NOT NULL,
    CONSTRAINT click_sharer_user_id_pkey PRIMARY KEY (user_id, day, address, visitor)
);
CREATE INDEX click_sharer_day_idx ON click_sharer (day);

-- Thirty days after it was last seen only the family of a user agent is kept. Clicks go on naming the row.
ALTER TABLE click_agent
    ALTER COLUMN agent DROP NOT NULL,
    ALTER COLUMN hash DROP NOT NULL,
    ADD COLUMN family text NOT NULL DEFAULT '' CONSTRAINT click_agent_family_check CHECK (length(family) <= 40),
    ADD CONSTRAINT click_agent_agent_null_check CHECK ((agent IS NULL) = (hash IS NULL));
CREATE INDEX click_agent_last_day_idx ON click_agent (last_day) WHERE agent IS NOT NULL;
