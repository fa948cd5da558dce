-- +goose Up
-- How far a person's own part of the feed is: it moves with everything that they do in it and with every
-- grade of their shares, in the same transaction. It only grows: the microsecond of the last change, or
-- one more than before, so that a restored backup repeats none.
CREATE TABLE feed_turn (
    user_id  int4 NOT NULL CONSTRAINT feed_turn_user_id_pkey PRIMARY KEY,
    turn     int8 NOT NULL
) WITH (fillfactor = 70);
