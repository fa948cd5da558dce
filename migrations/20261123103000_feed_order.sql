-- +goose Up
-- Why a person put a content aside, where they chose to say so. Its sums go to who published it, never a person.
ALTER TABLE feed_mark ADD COLUMN reason text CONSTRAINT feed_mark_reason_check
    CHECK (reason IS NULL OR mark = 'skip' AND reason IN ('topic', 'region', 'work', 'often', 'doubt', 'other'));
CREATE INDEX feed_mark_content_id_idx ON feed_mark (content_id, reason) WHERE reason IS NOT NULL;

-- The topics that a person wants to see more or less of in their own feed. It has no effect anywhere else.
CREATE TABLE topic_wish (
    user_id     int4 NOT NULL,
    topic       text NOT NULL CONSTRAINT topic_wish_topic_check CHECK (length(topic) BETWEEN 1 AND 80),
    wish        int2 NOT NULL CONSTRAINT topic_wish_wish_check CHECK (wish IN (-1, 1)),
    at          timestamptz NOT NULL,
    CONSTRAINT topic_wish_user_id_pkey PRIMARY KEY (user_id, topic)
);
