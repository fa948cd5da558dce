-- +goose Up
-- After the kinds of an election mode: prompts, and recalls told to those who shared.
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK
    (kind IN ('turn', 'approved', 'returned', 'rejected', 'held', 'released', 'reminder', 'escalation',
              'recheck', 'neutrality', 'prompt', 'recalled', 'recalled_again'));
