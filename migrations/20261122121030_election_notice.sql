-- +goose Up
-- An election mode sends back to review what was approved before it, and alarms those who published what it does not allow.
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK
    (kind IN ('turn', 'approved', 'returned', 'rejected', 'held', 'released', 'reminder', 'escalation', 'recheck', 'neutrality'));
