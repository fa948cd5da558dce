-- +goose Up
-- The pictures are part of a version, as its text is: an approval names what was seen.
ALTER TABLE content_version ADD COLUMN images jsonb NOT NULL DEFAULT '[]';
-- Whose picture a file is.
CREATE INDEX content_version_images_idx ON content_version USING gin (images jsonb_path_ops) WHERE images <> '[]';

-- Files that an author sent for a content, and what was made of them.
CREATE TABLE content_image (
    content_id  int4 NOT NULL CONSTRAINT content_image_content_id_fkey REFERENCES content,
    n           int4 NOT NULL,
    state       text NOT NULL CONSTRAINT content_image_state_check CHECK (state IN ('processing', 'ready', 'failed')),
    reason      text NOT NULL DEFAULT '', -- why it failed, for the author
    upload      text NOT NULL,            -- the file as it came; it is removed once the picture is made
    picture     jsonb,
    at          timestamptz NOT NULL,
    CONSTRAINT content_image_content_id_pkey PRIMARY KEY (content_id, n),
    CONSTRAINT content_image_picture_check CHECK ((state = 'ready') = (picture IS NOT NULL))
);
CREATE INDEX content_image_picture_idx ON content_image USING gin (picture jsonb_path_ops);
CREATE INDEX content_image_upload_idx ON content_image (upload) WHERE state = 'processing';

-- The card that networks show of a link, of the version that went live.
CREATE TABLE content_card (
    content_id  int4 NOT NULL CONSTRAINT content_card_content_id_pkey PRIMARY KEY CONSTRAINT content_card_content_id_fkey REFERENCES content,
    version     int4 NOT NULL,
    file        text NOT NULL
);
CREATE INDEX content_card_file_idx ON content_card (file);
