-- +goose Up
-- A person's month and an entry of the ledger know the unit in which the person worked, like the sums of acts: who
-- moved is in both units' months, and a report looks up nobody's placements.
ALTER TABLE ledger ADD COLUMN unit_id int4 NOT NULL DEFAULT 0; -- 0: not of a unit's reach
UPDATE ledger AS l SET unit_id = p.unit_id FROM placement AS p
WHERE l.kind = 'people_reached' AND p.user_id = l.user_id AND p.from_day <= l.day AND (p.until_day IS NULL OR p.until_day > l.day);
ALTER TABLE rollup_user_month ADD COLUMN unit_id int4;

-- Where they worked on the month's last day; who was placed later only, where they were first.
UPDATE rollup_user_month AS r SET unit_id = coalesce(
    (SELECT p.unit_id FROM placement AS p
     WHERE p.user_id = r.user_id AND p.from_day < r.month + interval '1 month' ORDER BY p.from_day DESC LIMIT 1),
    (SELECT p.unit_id FROM placement AS p WHERE p.user_id = r.user_id ORDER BY p.from_day LIMIT 1), 0);

-- The months within which somebody moved are counted anew from the clicks that are still there.
CREATE TEMPORARY TABLE moved_month ON COMMIT DROP AS
SELECT r.user_id, r.month FROM rollup_user_month AS r
WHERE EXISTS (SELECT FROM placement AS p WHERE p.user_id = r.user_id AND p.from_day > r.month AND p.from_day < r.month + interval '1 month')
  AND EXISTS (SELECT FROM placement AS p WHERE p.user_id = r.user_id AND p.from_day <= r.month);
ALTER TABLE rollup_user_month DROP CONSTRAINT rollup_user_month_user_id_pkey;
WITH counted AS (
    SELECT c.user_id, m.month, c.unit_id, count(*) FILTER (WHERE c.verdict::int4 = 1) AS valid,
           count(*) FILTER (WHERE c.verdict::int4 = 6) AS repeats, count(*) FILTER (WHERE c.verdict::int4 IN (2, 3, 4)) AS machines
    FROM moved_month AS m JOIN click AS c USING (user_id) JOIN agency AS unit ON unit.id = c.unit_id
    WHERE c.verdict::int4 IN (1, 2, 3, 4, 6) AND date_trunc('month', c.at AT TIME ZONE unit.zone) = m.month
    GROUP BY 1, 2, 3
), whole AS ( -- those of which every click is still there
    SELECT user_id, month FROM rollup_user_month JOIN counted USING (user_id, month)
    GROUP BY user_id, month, rollup_user_month.valid, rollup_user_month.repeats, rollup_user_month.machines
    HAVING (sum(counted.valid), sum(counted.repeats), sum(counted.machines)) = (rollup_user_month.valid, rollup_user_month.repeats, rollup_user_month.machines)
), gone AS (
    DELETE FROM rollup_user_month AS r USING whole AS w WHERE r.user_id = w.user_id AND r.month = w.month
)
INSERT INTO rollup_user_month (user_id, month, unit_id, valid, people, repeats, machines)
SELECT user_id, month, unit_id, valid, valid, repeats, machines FROM counted JOIN whole USING (user_id, month);

ALTER TABLE rollup_user_month ALTER unit_id SET NOT NULL,
    ADD CONSTRAINT rollup_user_month_user_id_pkey PRIMARY KEY (user_id, month, unit_id);
-- A report reads a node's units; the sums themselves are in no index, so that they are changed in place.
CREATE INDEX rollup_user_month_unit_id_idx ON rollup_user_month (unit_id, month);
