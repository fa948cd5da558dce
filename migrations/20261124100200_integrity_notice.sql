-- +goose Up
-- What became of a person's count: notices that are about no content and no request.
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK
    (kind IN ('turn', 'approved', 'returned', 'rejected', 'held', 'released', 'reminder', 'escalation',
              'recheck', 'neutrality', 'prompt', 'recalled', 'recalled_again',
              'proof_accepted', 'proof_rejected', 'objection_granted', 'objection_rejected', 'data_request',
              'reach_taken', 'reach_kept', 'reach_restored'));
ALTER TABLE notice DROP CONSTRAINT notice_content_id_check;
ALTER TABLE notice ADD CONSTRAINT notice_content_id_check CHECK ((content_id IS NULL) = (kind IN ('data_request', 'reach_taken', 'reach_kept', 'reach_restored')));
