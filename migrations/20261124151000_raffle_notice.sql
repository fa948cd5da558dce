-- +goose Up
-- Whose number was drawn is told so, and told again where a correction took it back: notices about a season.
ALTER TABLE notice ADD COLUMN season_id int4; -- of season
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK
    (kind IN ('turn', 'approved', 'returned', 'rejected', 'held', 'released', 'reminder', 'escalation',
              'recheck', 'neutrality', 'prompt', 'recalled', 'recalled_again',
              'proof_accepted', 'proof_rejected', 'objection_granted', 'objection_rejected', 'data_request',
              'reach_taken', 'reach_kept', 'reach_restored', 'raffle')) NOT VALID;
ALTER TABLE notice VALIDATE CONSTRAINT notice_kind_check;
ALTER TABLE notice DROP CONSTRAINT notice_content_id_check;
ALTER TABLE notice ADD CONSTRAINT notice_content_id_check CHECK
    ((content_id IS NULL) = (kind IN ('data_request', 'reach_taken', 'reach_kept', 'reach_restored', 'raffle'))) NOT VALID;
ALTER TABLE notice VALIDATE CONSTRAINT notice_content_id_check;
ALTER TABLE notice ADD CONSTRAINT notice_season_id_check CHECK ((season_id IS NULL) = (kind <> 'raffle')) NOT VALID;
ALTER TABLE notice VALIDATE CONSTRAINT notice_season_id_check;
