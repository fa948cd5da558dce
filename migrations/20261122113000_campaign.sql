-- +goose Up
-- A campaign: what its contents are to reach together, and by when.
CREATE TABLE campaign (
    id             int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT campaign_id_pkey PRIMARY KEY,
    agency_id      int4 NOT NULL CONSTRAINT campaign_agency_id_fkey REFERENCES agency,
    author_id      int4 NOT NULL,
    version        int4 NOT NULL DEFAULT 1,
    name           text NOT NULL CONSTRAINT campaign_name_check CHECK (length(name) BETWEEN 1 AND 200),
    goal           text NOT NULL CONSTRAINT campaign_goal_check CHECK (length(goal) <= 1000), -- in words
    from_day       date NOT NULL,
    to_day         date NOT NULL,
    people_target  int8 CONSTRAINT campaign_people_target_check CHECK (people_target > 0),
    shares_target  int8 CONSTRAINT campaign_shares_target_check CHECK (shares_target > 0),
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    CONSTRAINT campaign_to_day_check CHECK (to_day >= from_day),
    CONSTRAINT campaign_target_check CHECK (people_target IS NOT NULL OR shares_target IS NOT NULL)
);
CREATE INDEX campaign_agency_id_idx ON campaign (agency_id, id DESC);

-- A content belongs to one campaign at most: its people are not counted towards two goals.
CREATE TABLE campaign_content (
    content_id   int4 CONSTRAINT campaign_content_content_id_pkey PRIMARY KEY CONSTRAINT campaign_content_content_id_fkey REFERENCES content,
    campaign_id  int4 NOT NULL CONSTRAINT campaign_content_campaign_id_fkey REFERENCES campaign
);
CREATE INDEX campaign_content_campaign_id_idx ON campaign_content (campaign_id);
