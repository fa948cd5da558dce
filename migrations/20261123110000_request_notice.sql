-- +goose Up
-- What became of a request about one's own data: the first notices that are about no content.
ALTER TABLE notice ALTER COLUMN content_id DROP NOT NULL;
ALTER TABLE notice ADD COLUMN request_id int8; -- of data_request
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK
    (kind IN ('turn', 'approved', 'returned', 'rejected', 'held', 'released', 'reminder', 'escalation',
              'recheck', 'neutrality', 'prompt', 'recalled', 'recalled_again',
              'proof_accepted', 'proof_rejected', 'objection_granted', 'objection_rejected', 'data_request'));
ALTER TABLE notice ADD CONSTRAINT notice_content_id_check CHECK ((content_id IS NULL) = (kind = 'data_request'));
ALTER TABLE notice ADD CONSTRAINT notice_request_id_check CHECK ((request_id IS NULL) = (kind <> 'data_request'));
