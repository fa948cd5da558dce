-- +goose Up
-- A module that was passed is a fact like a person who was reached: once for each person and module, on the
-- day that it was in Jakarta.
ALTER TABLE ledger DROP CONSTRAINT ledger_kind_check,
    ADD CONSTRAINT ledger_kind_check CHECK (kind IN ('people_reached', 'learned')) NOT VALID;
ALTER TABLE ledger VALIDATE CONSTRAINT ledger_kind_check;
COMMENT ON COLUMN ledger.content_id IS 'the content; of learned: the module';
CREATE UNIQUE INDEX ledger_user_id_learned_idx ON ledger (user_id, content_id) WHERE kind = 'learned';
INSERT INTO ledger (user_id, kind, content_id, amount, day, at)
SELECT user_id, 'learned', module_id, 1, (min(passed_at) AT TIME ZONE 'Asia/Jakarta')::date, min(passed_at)
FROM learn_result WHERE passed_at IS NOT NULL GROUP BY user_id, module_id ORDER BY user_id, module_id;

INSERT INTO rulebook (version, rules, note, at) VALUES (2,
    '{"people_reached": {"channels": ["whatsapp", "telegram", "linkedin", "email", "system", "copy"], "a_day": [{"people": 10, "points": 10}, {"people": 20, "points": 5}]},
      "clarification": {"channels": ["whatsapp", "telegram", "linkedin", "email", "system", "copy"], "a_day": [{"people": 10, "points": 15}, {"people": 20, "points": 8}]},
      "learning": {"points": 100},
      "qualify": {"points": 500}}',
    'Belajar, klarifikasi, dan orang terjangkau dengan batas sehari; ambang lolos kualifikasi.', now());
