-- +goose Up
-- What became of a proof that a person gave.
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK
    (kind IN ('turn', 'approved', 'returned', 'rejected', 'held', 'released', 'reminder', 'escalation',
              'recheck', 'neutrality', 'prompt', 'recalled', 'recalled_again',
              'proof_accepted', 'proof_rejected', 'objection_granted', 'objection_rejected'));
