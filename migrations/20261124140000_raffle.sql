-- +goose Up
-- A season's raffle (decision 59). Everything that decides it is fixed before anybody can know how it ends: how many
-- numbers are drawn, which public figure it waits for and the hash of its secret with the plan; the list of the
-- entrants when the season has closed; the figure after that.
CREATE TABLE raffle (
    season_id   int4 CONSTRAINT raffle_season_id_pkey PRIMARY KEY CONSTRAINT raffle_season_id_fkey REFERENCES season ON DELETE CASCADE,
    winners     int4 NOT NULL CONSTRAINT raffle_winners_check CHECK (winners BETWEEN 1 AND 1000),
    figure      text NOT NULL CONSTRAINT raffle_figure_check CHECK (length(figure) BETWEEN 1 AND 300),
    commitment  bytea NOT NULL CONSTRAINT raffle_commitment_check CHECK (length(commitment) = 32),
    sealed      bytea NOT NULL, -- what the secrets are made of, with a key that is not in this database
    set_at      timestamptz NOT NULL,
    entries     int4, -- null until the season has closed
    list_hash   bytea, -- SHA-256 of the entry numbers, rising, each with a line feed
    listed_at   timestamptz,
    CONSTRAINT raffle_list_hash_check CHECK (num_nulls(entries, list_hash, listed_at) IN (0, 3))
);

-- Who takes part. The number says nothing about the person: it is drawn by chance, and the list is in its order.
CREATE TABLE raffle_entry (
    user_id    int4 NOT NULL,
    season_id  int4 NOT NULL CONSTRAINT raffle_entry_season_id_fkey REFERENCES raffle,
    number     int8 NOT NULL CONSTRAINT raffle_entry_number_check CHECK (number BETWEEN 100000000000 AND 999999999999),
    CONSTRAINT raffle_entry_user_id_pkey PRIMARY KEY (user_id, season_id),
    CONSTRAINT raffle_entry_number_key UNIQUE (season_id, number)
);

-- The draw, and after it its corrections. Who entered the figure stands in the audit log.
CREATE TABLE raffle_draw (
    season_id     int4 NOT NULL CONSTRAINT raffle_draw_season_id_fkey REFERENCES raffle,
    version       int4 NOT NULL CONSTRAINT raffle_draw_version_check CHECK (version BETWEEN 1 AND 16),
    value         text NOT NULL CONSTRAINT raffle_draw_value_check CHECK (value ~ '^[0-9]{4,40}$'),
    source        text NOT NULL CONSTRAINT raffle_draw_source_check CHECK (length(source) BETWEEN 1 AND 300),
    announced_on  date NOT NULL,
    reason        text NOT NULL CONSTRAINT raffle_draw_reason_check CHECK ((version = 1) = (reason = '') AND length(reason) <= 500),
    secret        bytea NOT NULL,
    seed          bytea NOT NULL,
    numbers       int8[] NOT NULL, -- in the order in which they were drawn
    drawn_at      timestamptz NOT NULL,
    CONSTRAINT raffle_draw_season_id_pkey PRIMARY KEY (season_id, version)
);

-- Whoever reads the names of winners is noted with each of them.
ALTER TABLE person_view DROP CONSTRAINT person_view_what_check;
ALTER TABLE person_view ADD CONSTRAINT person_view_what_check CHECK (what IN ('list', 'search', 'roles', 'request', 'objection', 'picture', 'roster', 'raffle')) NOT VALID;
ALTER TABLE person_view VALIDATE CONSTRAINT person_view_what_check;

-- +goose StatementBegin
CREATE FUNCTION raffle_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM season WHERE id = OLD.season_id AND state <> 'planned') AND (TG_OP = 'DELETE' OR OLD.listed_at IS NOT NULL
       OR (OLD.season_id, OLD.winners, OLD.figure, OLD.commitment, OLD.sealed) IS DISTINCT FROM (NEW.season_id, NEW.winners, NEW.figure, NEW.commitment, NEW.sealed)) THEN
        RAISE EXCEPTION 'raffle of season %: what has run is not changed', OLD.season_id USING ERRCODE = 'check_violation', CONSTRAINT = 'raffle_stands';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION raffle_part_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'neither the list nor a draw of a raffle is changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'raffle_part_stands';
END $$;
-- +goose StatementEnd
CREATE TRIGGER raffle_stands BEFORE UPDATE OR DELETE ON raffle FOR EACH ROW EXECUTE FUNCTION raffle_stands();
CREATE TRIGGER raffle_entry_stands BEFORE UPDATE OR DELETE ON raffle_entry FOR EACH STATEMENT EXECUTE FUNCTION raffle_part_stands();
CREATE TRIGGER raffle_draw_stands BEFORE UPDATE OR DELETE ON raffle_draw FOR EACH STATEMENT EXECUTE FUNCTION raffle_part_stands();
