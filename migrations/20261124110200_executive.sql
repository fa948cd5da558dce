-- +goose Up
-- Leaders stand on a board of their own. Who holds the role is one; others are marked by an administrator.
ALTER TABLE app_user ADD COLUMN executive bool NOT NULL DEFAULT false;
CREATE INDEX app_user_executive_idx ON app_user (id) WHERE executive;
CREATE VIEW executive AS
    SELECT id AS user_id FROM app_user WHERE executive
    UNION ALL SELECT user_id FROM user_role WHERE role = 'leader';

-- Their places are kept under the same numbers, but negative: of the agency, of the unit, and of the scope in the
-- histograms. So ranks of the others are exact without them, and theirs among themselves.
COMMENT ON COLUMN score.unit_id IS 'where the person is now; 0: nowhere; negative, as agency_id: an executive';
COMMENT ON COLUMN hist.scope IS 'a node; negative: the executives below it';
CREATE INDEX score_executive_idx ON score (period, (-points), user_id) WHERE unit_id < 0;
CREATE INDEX season_final_executive_idx ON season_final (season_id, (-people), user_id) WHERE unit_id < 0;
