-- +goose Up
-- Sums are written as time passes, so a month lies together in the table: these indexes of a few pages let a report
-- leave out the years that it is not about. Without them a year's report reads every year there is.
CREATE INDEX rollup_user_month_month_idx ON rollup_user_month USING brin (month) WITH (pages_per_range = 16);
CREATE INDEX rollup_user_act_month_month_idx ON rollup_user_act_month USING brin (month) WITH (pages_per_range = 16);
CREATE INDEX rollup_unit_share_month_month_idx ON rollup_unit_share_month USING brin (month) WITH (pages_per_range = 16);
CREATE INDEX rollup_unit_act_day_day_idx ON rollup_unit_act_day USING brin (day) WITH (pages_per_range = 16);

-- +goose Down
DROP INDEX rollup_unit_act_day_day_idx, rollup_unit_share_month_month_idx, rollup_user_act_month_month_idx, rollup_user_month_month_idx;
