-- +goose Up
-- A season is planned, open while it takes what is counted (and three days beyond its end, for late evidence),
-- closing while its results are written down, and closed.
ALTER TABLE season DROP CONSTRAINT season_state_check, DROP CONSTRAINT season_to_day_check,
    ADD CONSTRAINT season_state_check CHECK (state IN ('planned', 'open', 'closing', 'closed')),
    ADD CONSTRAINT season_to_day_check CHECK (to_day >= from_day AND (state = 'open' OR to_day IS NOT NULL)),
    ADD COLUMN closed_at timestamptz,
    ADD COLUMN people int4,        -- how many have a result
    ADD COLUMN ledger_upto int8,   -- the last entry that counts: what is entered later changes nothing
    ADD COLUMN ledger_hash bytea,  -- of the ledger in its canonical form, see internal/score/canon.go
    ADD CONSTRAINT season_ledger_hash_check CHECK (state <> 'closed' OR length(ledger_hash) = 32);

-- +goose StatementBegin
CREATE FUNCTION season_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'closed' OR TG_OP = 'DELETE' AND OLD.state <> 'planned' THEN
        RAISE EXCEPTION 'season %: what has run is not taken back', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'season_stands';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF OLD.state <> 'planned' AND (OLD.id, OLD.from_day, OLD.rulebook_version) <> (NEW.id, NEW.from_day, NEW.rulebook_version) THEN
        RAISE EXCEPTION 'season %: the rules are frozen', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'season_stands';
    END IF;
    IF OLD.state = 'closing' AND NEW.to_day <> OLD.to_day
       OR array_position(ARRAY['planned', 'open', 'closing', 'closed'], NEW.state) < array_position(ARRAY['planned', 'open', 'closing', 'closed'], OLD.state) THEN
        RAISE EXCEPTION 'season %: its end stands', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'season_stands';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION rulebook_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM season WHERE rulebook_version = OLD.version AND state <> 'planned') THEN
        RAISE EXCEPTION 'rulebook %: frozen since a season began with it', OLD.version USING ERRCODE = 'check_violation', CONSTRAINT = 'rulebook_stands';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION season_final_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the result of a season is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'season_final_stands';
END $$;
-- +goose StatementEnd
CREATE TRIGGER season_stands BEFORE UPDATE OR DELETE ON season FOR EACH ROW EXECUTE FUNCTION season_stands();
CREATE TRIGGER rulebook_stands BEFORE UPDATE OR DELETE ON rulebook FOR EACH ROW EXECUTE FUNCTION rulebook_stands();

-- What a person has when a season closes: where they were placed, whom they reached, their points by the
-- rulebook, and their rank on every node from the root down to their unit (its path).
CREATE TABLE season_final (
    user_id    int4 NOT NULL,
    season_id  int4 NOT NULL,
    agency_id  int4 NOT NULL, -- 0: nowhere, and on no board
    unit_id    int4 NOT NULL,
    people     int4 NOT NULL CONSTRAINT season_final_people_check CHECK (people >= 0),
    points     int4 NOT NULL CONSTRAINT season_final_points_check CHECK (points >= 0),
    ranks      int4[] NOT NULL, -- along the path of the unit; empty: nobody was reached
    tied       bool[] NOT NULL,
    CONSTRAINT season_final_user_id_pkey PRIMARY KEY (user_id, season_id)
);
CREATE INDEX season_final_season_id_idx ON season_final (season_id, agency_id, (-people), user_id);
CREATE INDEX season_final_people_idx ON season_final (season_id, (-people), user_id) WHERE unit_id > 0;
CREATE INDEX season_final_unit_id_idx ON season_final (season_id, unit_id, (-people), user_id);
CREATE TRIGGER season_final_stands BEFORE UPDATE OR DELETE ON season_final FOR EACH STATEMENT EXECUTE FUNCTION season_final_stands();
