-- +goose Up
-- What a node wants to reach in a month, a quarter or a year. Who set it stands in the audit log.
CREATE TABLE target (
    node_id   int4 NOT NULL CONSTRAINT target_node_id_fkey REFERENCES agency,
    metric    text NOT NULL,
    kind      text NOT NULL CONSTRAINT target_kind_check CHECK (kind IN ('month', 'quarter', 'year')),
    from_day  date NOT NULL,
    to_day    date NOT NULL CONSTRAINT target_to_day_check CHECK (to_day > from_day),
    value     float8 NOT NULL CONSTRAINT target_value_check CHECK (value > 0),
    set_at    timestamptz NOT NULL,
    CONSTRAINT target_node_id_pkey PRIMARY KEY (node_id, from_day, kind, metric)
);
