-- +goose Up
-- Who asks how the captions of a content are used, or how a campaign goes, is answered by the index alone: the acts
-- of one content lie all over the table. What is added never changes in a row.
DROP INDEX act_content_id_idx;
CREATE INDEX act_content_id_idx ON act (content_id, day) INCLUDE (kind, caption, network);

-- What was withdrawn lately.
CREATE INDEX content_recalled_at_idx ON content (recalled_at) WHERE recalled_at IS NOT NULL;
