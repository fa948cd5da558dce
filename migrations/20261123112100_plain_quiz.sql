-- +goose Up
-- The questions before the first share are about conduct: their two options say what it is measured by. The meaning and
-- the order stay, so answers that wait on a phone are still right. With the questions it takes about three minutes.
-- +goose StatementBegin
UPDATE module_version AS v SET
    lesson = replace(replace(replace(v.lesson::text, '"Sesuai"', '"Sesuai aturan"'), '"Tidak sesuai"', '"Tidak sesuai aturan"'), '"minutes": 2', '"minutes": 3')::jsonb,
    lesson_en = replace(replace(replace(v.lesson_en::text, '"In keeping"', '"Within the rules"'), '"Not in keeping"', '"Against the rules"'), '"minutes": 2', '"minutes": 3')::jsonb
FROM module AS m WHERE m.id = v.module_id AND m.key = 'eight' AND v.no = 1;
-- +goose StatementEnd
UPDATE module AS m SET lesson = v.lesson FROM module_version AS v WHERE v.module_id = m.id AND v.no = 1 AND m.key = 'eight' AND m.revision = 1;
