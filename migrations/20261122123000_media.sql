-- +goose Up
-- The library of an agency: pictures and videos that its contents may show.
CREATE TABLE media (
    id          int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT media_id_pkey PRIMARY KEY,
    agency_id   int4 NOT NULL CONSTRAINT media_agency_id_fkey REFERENCES agency,
    kind        text NOT NULL CONSTRAINT media_kind_check CHECK (kind IN ('picture', 'video')),
    state       text NOT NULL CONSTRAINT media_state_check CHECK (state IN ('processing', 'ready', 'failed')),
    reason      text NOT NULL DEFAULT '', -- why it failed, for who sent it
    hash        text NOT NULL,            -- SHA-256 of the file as it came
    upload      text NOT NULL DEFAULT '', -- a picture as it came; it is removed once its forms are made
    version     int4 NOT NULL DEFAULT 1,  -- of the words
    name        text NOT NULL CONSTRAINT media_name_check CHECK (length(name) BETWEEN 1 AND 120),
    alt         text NOT NULL DEFAULT '' CONSTRAINT media_alt_check CHECK (length(alt) <= 300),
    tags        jsonb NOT NULL DEFAULT '[]',
    focus_x     int2 NOT NULL DEFAULT 50 CONSTRAINT media_focus_x_check CHECK (focus_x BETWEEN 0 AND 100), -- percent
    focus_y     int2 NOT NULL DEFAULT 50 CONSTRAINT media_focus_y_check CHECK (focus_y BETWEEN 0 AND 100),
    bytes       int8 NOT NULL,            -- of the file as it came
    width       int4 NOT NULL DEFAULT 0,
    height      int4 NOT NULL DEFAULT 0,
    seconds     int4 NOT NULL DEFAULT 0,  -- of a video
    file        text NOT NULL DEFAULT '', -- the largest form of a picture, or the video
    forms       jsonb NOT NULL DEFAULT '[]', -- every size of a picture, or of a video's poster
    crops       jsonb NOT NULL DEFAULT '[]',
    subtitles   jsonb NOT NULL DEFAULT '[]',
    files       text[] NOT NULL DEFAULT '{}', -- the names of all the above: whose a file is
    added_by    int4 NOT NULL,
    at          timestamptz NOT NULL,
    removed_at  timestamptz,              -- it cannot be chosen any more; versions keep their files
    words       tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', name || ' ' || alt || ' ' || tags::text)) STORED,
    CONSTRAINT media_file_check CHECK (state <> 'ready' OR file <> '')
);
CREATE INDEX media_agency_id_idx ON media (agency_id, id DESC) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX media_hash_key ON media (agency_id, hash) WHERE removed_at IS NULL AND state <> 'failed';
CREATE INDEX media_words_idx ON media USING gin (words) WHERE removed_at IS NULL;
CREATE INDEX media_files_idx ON media USING gin (files) WHERE removed_at IS NULL;
CREATE INDEX media_upload_idx ON media (upload) WHERE state = 'processing';

-- The video of a version, approved with its text.
ALTER TABLE content_version ADD COLUMN video jsonb;
CREATE INDEX content_version_video_idx ON content_version USING gin (video jsonb_path_ops) WHERE video IS NOT NULL;
