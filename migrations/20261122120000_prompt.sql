-- +goose Up
-- Over how many waking minutes the prompts of a content go out; its publisher may say another.
ALTER TABLE content ADD COLUMN spread_minutes int4 NOT NULL DEFAULT 240
    CONSTRAINT content_spread_minutes_check CHECK (spread_minutes BETWEEN 0 AND 1440);

-- How far the prompts of a content have come in one zone. When a person's turn is follows from the
-- numbers of the content and the person: nobody's is planned in a row.
CREATE TABLE prompt_wave (
    content_id  int4 NOT NULL CONSTRAINT prompt_wave_content_id_fkey REFERENCES content,
    zone        text NOT NULL,
    began_at    timestamptz NOT NULL,
    spread      int4 NOT NULL, -- waking minutes
    urgent      bool NOT NULL,
    people      int4 NOT NULL, -- who was in the audience when it began
    passed      int4 NOT NULL DEFAULT 0, -- turns that are over, of 1,048,576
    seen        int4 NOT NULL DEFAULT 0, -- people whose turn is over
    told        int4 NOT NULL DEFAULT 0, -- of those, who was prompted, then or later
    done_at     timestamptz,
    CONSTRAINT prompt_wave_content_id_pkey PRIMARY KEY (content_id, zone)
);
CREATE INDEX prompt_wave_began_at_idx ON prompt_wave (began_at) WHERE done_at IS NULL;

-- Prompts that a person has not had because the day already had its most.
CREATE TABLE prompt_held (
    user_id     int4 NOT NULL,
    content_id  int4 NOT NULL CONSTRAINT prompt_held_content_id_fkey REFERENCES content,
    due_at      timestamptz NOT NULL,
    CONSTRAINT prompt_held_user_id_pkey PRIMARY KEY (user_id, content_id)
);
CREATE INDEX prompt_held_due_at_idx ON prompt_held (due_at);
CREATE INDEX prompt_held_content_id_idx ON prompt_held (content_id);

-- Who wants no prompts. Shown to nobody but themselves.
CREATE TABLE prompt_off (
    user_id  int4 CONSTRAINT prompt_off_user_id_pkey PRIMARY KEY,
    at       timestamptz NOT NULL
);

-- A person's place in every wave; the same words are in internal/notice.
CREATE INDEX placement_turn_idx ON placement ((((user_id::int8 * 2654435761) & 4294967295) >> 12));
