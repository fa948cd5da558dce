-- +goose Up
-- One tree for ministries, regions, agencies and units. A small table that every other may refer to.
CREATE TABLE agency (
    id          int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT agency_id_pkey PRIMARY KEY,
    parent_id   int4 CONSTRAINT agency_parent_id_fkey REFERENCES agency,
    path        int4[] NOT NULL,   -- from the root down to the node itself
    kind        text NOT NULL CONSTRAINT agency_kind_check CHECK (kind IN ('ministry', 'region', 'agency', 'unit')),
    code        text NOT NULL CONSTRAINT agency_code_key UNIQUE
                CONSTRAINT agency_code_check CHECK (code ~ '^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$'),
    name        text NOT NULL CONSTRAINT agency_name_check CHECK (length(name) BETWEEN 1 AND 200),
    short_name  text NOT NULL CONSTRAINT agency_short_name_check CHECK (length(short_name) BETWEEN 1 AND 60),
    zone        text NOT NULL CONSTRAINT agency_zone_check
                CHECK (zone IN ('Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura')),
    created_at  timestamptz NOT NULL,
    CONSTRAINT agency_path_check CHECK (path[cardinality(path)] = id)
);
CREATE INDEX agency_path_idx ON agency USING gin (path);
CREATE INDEX agency_parent_id_idx ON agency (parent_id);
