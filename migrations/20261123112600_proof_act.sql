-- +goose Up
-- A proof belongs to the act that it was given for, not to one that stands in its place after that was taken back.
ALTER TABLE screenshot ADD COLUMN act_id int8; -- null: that act is gone
UPDATE screenshot AS s SET act_id = act.id FROM act
WHERE act.user_id = s.user_id AND act.content_id = s.content_id AND act.network = s.network AND act.kind = 'share' AND act.at <= s.at;
ALTER TABLE objection ADD COLUMN act_id int8; -- null: there was none, which is what the objection says
UPDATE objection AS o SET act_id = act.id FROM act
WHERE act.user_id = o.user_id AND act.content_id = o.content_id AND act.network = o.network AND act.kind = o.act AND act.at <= o.at;

-- Whose picture a reviewer opened is told of it, also where nothing was decided; and whom an import added, changed or moved.
ALTER TABLE person_view DROP CONSTRAINT person_view_what_check;
ALTER TABLE person_view ADD CONSTRAINT person_view_what_check CHECK (what IN ('list', 'search', 'roles', 'request', 'objection', 'picture', 'roster')) NOT VALID;
ALTER TABLE person_view VALIDATE CONSTRAINT person_view_what_check;
