-- +goose Up
-- What an office says to everybody through whom a content reached somebody. Once for each content.
CREATE TABLE thanks (
    content_id  int4 CONSTRAINT thanks_content_id_pkey PRIMARY KEY CONSTRAINT thanks_content_id_fkey REFERENCES content,
    text        text NOT NULL CONSTRAINT thanks_text_check CHECK (length(text) BETWEEN 1 AND 280),
    by_id       int4 NOT NULL,
    at          timestamptz NOT NULL
);
