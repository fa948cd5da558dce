-- +goose Up
-- Minutes from a content's publishing to a share, rounded up so that many shares are few rows: to five minutes
-- in the first hour, to an hour in the first day, to a day later. The one definition, for sums and for reports.
-- +goose StatementBegin
CREATE FUNCTION share_delay(published timestamptz, shared timestamptz) RETURNS int4 LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT CASE WHEN m <= 60 THEN greatest(1, ceil(m / 5)) * 5 WHEN m <= 1440 THEN ceil(m / 60) * 60 ELSE ceil(m / 1440) * 1440 END
            FROM (SELECT extract(epoch FROM shared - published) / 60 AS m) AS passed)::int4;
-- +goose StatementEnd

-- Shares of a unit by how long after publishing they came; own: in the person's own words, given: with a caption
-- of the content. Of shares before captions were noted neither is known.
CREATE TABLE rollup_unit_share_month (
    unit_id int4, month date, delay int4, shares int4 NOT NULL, own int4 NOT NULL, given int4 NOT NULL,
    CONSTRAINT rollup_unit_share_month_unit_id_pkey PRIMARY KEY (unit_id, month, delay)
) WITH (fillfactor = 70);
INSERT INTO rollup_unit_share_month (unit_id, month, delay, shares, own, given)
SELECT unit_id, date_trunc('month', day)::date, share_delay(published_at, at), count(*), count(*) FILTER (WHERE caption IS NULL), count(*) FILTER (WHERE caption >= 0)
FROM act JOIN content ON content.id = content_id WHERE act.kind = 'share' GROUP BY 1, 2, 3;
-- The first share of a content.
CREATE INDEX act_at_idx ON act (content_id, at) WHERE kind = 'share';

-- About how many follow the person there, if they said so: the number of a band (internal/network). Null: not said.
ALTER TABLE network_use ADD COLUMN followers int2 CONSTRAINT network_use_followers_check CHECK (followers BETWEEN 1 AND 5);
