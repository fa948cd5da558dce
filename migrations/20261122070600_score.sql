-- +goose Up
-- Append-only: a correction is a row with the opposite amount that names what it reverses.
CREATE SEQUENCE ledger_id_seq;
CREATE TABLE ledger (
    user_id     int4 NOT NULL,
    id          int8 NOT NULL DEFAULT nextval('ledger_id_seq'),
    kind        text NOT NULL CONSTRAINT ledger_kind_check CHECK (kind IN ('people_reached')),
    content_id  int4 NOT NULL,
    amount      int4 NOT NULL CONSTRAINT ledger_amount_check CHECK (amount <> 0),
    day         date NOT NULL, -- local day in the agency's zone
    at          timestamptz NOT NULL,
    reverses    int8,
    CONSTRAINT ledger_user_id_pkey PRIMARY KEY (user_id, id)
);

-- The board of persons. period: 202611 or 1202647 (ISO week); agency and unit: where the person is now.
CREATE TABLE score (
    user_id    int4 NOT NULL,
    period     int4 NOT NULL,
    agency_id  int4 NOT NULL,
    unit_id    int4 NOT NULL,
    points     int4 NOT NULL CONSTRAINT score_points_check CHECK (points >= 0),
    CONSTRAINT score_user_id_pkey PRIMARY KEY (user_id, period)
);
CREATE INDEX score_period_idx ON score (period, (-points), user_id);
CREATE INDEX score_agency_id_idx ON score (period, agency_id, (-points), user_id);

-- How many persons of a scope (a node of the tree) have so many points: exact ranks without sorting.
CREATE TABLE hist (
    period int4 NOT NULL, scope int4 NOT NULL, points int4 NOT NULL, n int4 NOT NULL,
    CONSTRAINT hist_period_pkey PRIMARY KEY (period, scope, points)
) WITH (fillfactor = 60);
CREATE TABLE hist_hi (
    period int4 NOT NULL, scope int4 NOT NULL, hi int4 NOT NULL, n int4 NOT NULL,
    CONSTRAINT hist_hi_period_pkey PRIMARY KEY (period, scope, hi)
) WITH (fillfactor = 60);
