-- +goose Up
-- Sums of acts, kept in the transaction that records, regrades or takes back an act: a report over months
-- reads them instead of every act. An act's day, unit and network never change, its grade does. They go by
-- unit and not up the tree as those of clicks do: people share at the same moment, and a row of the root
-- would let one of them through at a time. A row is updated often: the free room keeps it on its page.
CREATE TABLE rollup_unit_act_month (
    unit_id int4, month date, network int2,
    share_a int4 NOT NULL, share_b int4 NOT NULL, share_c int4 NOT NULL, share_d int4 NOT NULL,
    like_a int4 NOT NULL, like_b int4 NOT NULL, like_c int4 NOT NULL, like_d int4 NOT NULL,
    CONSTRAINT rollup_unit_act_month_unit_id_pkey PRIMARY KEY (unit_id, month, network)
) WITH (fillfactor = 70);
CREATE TABLE rollup_unit_act_day (
    unit_id int4, day date, shares int4 NOT NULL,
    CONSTRAINT rollup_unit_act_day_unit_id_pkey PRIMARY KEY (unit_id, day)
) WITH (fillfactor = 70);
-- Proven: of grade A or B. The unit is where the person worked when it was done.
CREATE TABLE rollup_user_act_month (
    user_id int4, month date, unit_id int4,
    shares int4 NOT NULL, proven_shares int4 NOT NULL, likes int4 NOT NULL, proven_likes int4 NOT NULL,
    CONSTRAINT rollup_user_act_month_user_id_pkey PRIMARY KEY (user_id, month, unit_id)
) WITH (fillfactor = 70);
CREATE INDEX rollup_user_act_month_unit_id_idx ON rollup_user_act_month (unit_id, month);
-- Everybody shares the newest content at once: its sum lies in sixteen parts, by person.
CREATE TABLE rollup_content_act_month (
    content_id int4, month date, part int2, shares int4 NOT NULL,
    CONSTRAINT rollup_content_act_month_content_id_pkey PRIMARY KEY (content_id, month, part)
) WITH (fillfactor = 70);
-- The day of each person's first act.
CREATE TABLE rollup_user_act_first (
    user_id int4 CONSTRAINT rollup_user_act_first_user_id_pkey PRIMARY KEY, day date NOT NULL
);
-- The days of a content around whole months are read from the acts.
DROP INDEX act_content_id_idx;
CREATE INDEX act_content_id_idx ON act (content_id, day);

INSERT INTO rollup_unit_act_month (unit_id, month, network, share_a, share_b, share_c, share_d, like_a, like_b, like_c, like_d)
SELECT unit_id, date_trunc('month', day)::date, network,
       count(*) FILTER (WHERE kind = 'share' AND grade = 'A'), count(*) FILTER (WHERE kind = 'share' AND grade = 'B'),
       count(*) FILTER (WHERE kind = 'share' AND grade = 'C'), count(*) FILTER (WHERE kind = 'share' AND grade = 'D'),
       count(*) FILTER (WHERE kind = 'like' AND grade = 'A'), count(*) FILTER (WHERE kind = 'like' AND grade = 'B'),
       count(*) FILTER (WHERE kind = 'like' AND grade = 'C'), count(*) FILTER (WHERE kind = 'like' AND grade = 'D')
FROM act GROUP BY 1, 2, 3;
INSERT INTO rollup_unit_act_day (unit_id, day, shares)
SELECT unit_id, day, count(*) FROM act WHERE kind = 'share' GROUP BY 1, 2;
INSERT INTO rollup_user_act_month (user_id, month, unit_id, shares, proven_shares, likes, proven_likes)
SELECT user_id, date_trunc('month', day)::date, unit_id,
       count(*) FILTER (WHERE kind = 'share'), count(*) FILTER (WHERE kind = 'share' AND grade IN ('A', 'B')),
       count(*) FILTER (WHERE kind = 'like'), count(*) FILTER (WHERE kind = 'like' AND grade IN ('A', 'B'))
FROM act GROUP BY 1, 2, 3;
INSERT INTO rollup_content_act_month (content_id, month, part, shares)
SELECT content_id, date_trunc('month', day)::date, user_id % 16, count(*) FROM act WHERE kind = 'share' GROUP BY 1, 2, 3;
INSERT INTO rollup_user_act_first (user_id, day)
SELECT user_id, min(day) FROM act GROUP BY 1;

-- How many sums were compared with the acts, and how many differed.
CREATE TABLE act_proof (
    day         date CONSTRAINT act_proof_day_pkey PRIMARY KEY,
    checked_at  timestamptz NOT NULL,
    sums        int4 NOT NULL,
    wrong       int4 NOT NULL
);
