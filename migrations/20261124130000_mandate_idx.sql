-- +goose Up
-- What a letter asked for is rare, and asked for by itself in the public register.
CREATE INDEX content_version_mandate_idx ON content_version (content_id, no) WHERE mandate <> 'null';

-- +goose Down
DROP INDEX content_version_mandate_idx;
