-- +goose Up
-- What an agency says of its brand; what it inherits is laid over it when it is read. Every edit is a
-- version, so that a stale one can be told what changed; nothing here is ever updated.
CREATE TABLE brand_kit (
    agency_id  int4 NOT NULL CONSTRAINT brand_kit_agency_id_fkey REFERENCES agency,
    version    int4 NOT NULL CONSTRAINT brand_kit_version_check CHECK (version > 0),
    kit        jsonb NOT NULL CONSTRAINT brand_kit_kit_check CHECK (jsonb_typeof(kit) = 'object'),
    author_id  int4 NOT NULL,
    at         timestamptz NOT NULL,
    CONSTRAINT brand_kit_agency_id_pkey PRIMARY KEY (agency_id, version)
);

-- Pictures that were uploaded for a kit; a kit names the file.
CREATE TABLE brand_logo (
    agency_id  int4 NOT NULL CONSTRAINT brand_logo_agency_id_fkey REFERENCES agency,
    file       text NOT NULL,
    width      int4 NOT NULL,
    height     int4 NOT NULL,
    at         timestamptz NOT NULL,
    CONSTRAINT brand_logo_agency_id_pkey PRIMARY KEY (agency_id, file)
);
CREATE INDEX brand_logo_file_idx ON brand_logo (file); -- whether anything still shows a file
