-- +goose Up
-- The transaction that last changed a content. Whoever keeps contents in memory asks for those changed
-- since the oldest transaction that was still running at the last look (db.Mark): nothing that commits late is missed.
ALTER TABLE content ADD COLUMN changed xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX content_changed_idx ON content (changed);
