-- +goose Up
-- Web push, how often and when a person is told, and the rules of a node about it (decision 0045).

-- A prompt that used the urgent way: it counts for the budgets of the person and the publisher.
ALTER TABLE notice ADD COLUMN urgent bool NOT NULL DEFAULT false;

-- A browser that a person lets notices come to. It lives as long as the session in which it was given.
CREATE SEQUENCE push_device_id_seq;
CREATE TABLE push_device (
    user_id     int4 NOT NULL,
    id          int8 NOT NULL DEFAULT nextval('push_device_id_seq'),
    session_id  int8 NOT NULL,
    hash        bytea NOT NULL, -- keyed, of the address: a browser has one
    sealed      bytea NOT NULL, -- address and keys
    vapid       int8 NOT NULL,  -- the key of the ring that it was subscribed with
    refused     int2 NOT NULL DEFAULT 0, -- messages in a row
    tested_at   timestamptz,
    created_at  timestamptz NOT NULL,
    CONSTRAINT push_device_user_id_pkey PRIMARY KEY (user_id, id),
    CONSTRAINT push_device_hash_key UNIQUE (user_id, hash)
);
CREATE INDEX push_device_hash_idx ON push_device (hash);

-- What is still to go to a browser. A row goes when it was sent. Words are made when it is.
CREATE TABLE push_due (
    user_id    int4 NOT NULL,
    notice_id  int8 NOT NULL,
    device_id  int8 NOT NULL,
    class      text NOT NULL CONSTRAINT push_due_class_check CHECK (class IN ('prompt', 'urgent', 'work', 'recalled')),
    told_at    timestamptz NOT NULL,
    due_at     timestamptz NOT NULL, -- not before; while it is on its way: when it is taken up again
    tries      int2 NOT NULL DEFAULT 0,
    unsure     int2 NOT NULL DEFAULT 0, -- how often nobody knows whether it went
    CONSTRAINT push_due_user_id_pkey PRIMARY KEY (user_id, notice_id, device_id),
    CONSTRAINT push_due_notice_id_fkey FOREIGN KEY (user_id, notice_id) REFERENCES notice (user_id, id) ON DELETE CASCADE,
    CONSTRAINT push_due_device_id_fkey FOREIGN KEY (user_id, device_id) REFERENCES push_device (user_id, id) ON DELETE CASCADE
);
CREATE INDEX push_due_due_at_idx ON push_due (due_at, user_id, notice_id, device_id);
CREATE INDEX push_due_device_id_idx ON push_due (user_id, device_id);

-- Which kinds a person does not want on their devices; 'urgent' stands for urgent clarifications.
CREATE TABLE push_off (
    user_id  int4 NOT NULL,
    kind     text NOT NULL,
    at       timestamptz NOT NULL,
    CONSTRAINT push_off_user_id_pkey PRIMARY KEY (user_id, kind)
);

-- How often a person wants to hear of new contents, and when. No row: at once, no summary, not at night.
CREATE TABLE notice_wish (
    user_id  int4 CONSTRAINT notice_wish_user_id_pkey PRIMARY KEY,
    pace     text NOT NULL DEFAULT 'direct' CONSTRAINT notice_wish_pace_check CHECK (pace IN ('direct', 'daily', 'weekly', 'none')),
    hour     int2 NOT NULL DEFAULT 7 CONSTRAINT notice_wish_hour_check CHECK (hour BETWEEN 6 AND 20), -- of a summary, local
    night    bool NOT NULL DEFAULT false, -- urgent clarifications in quiet hours as well
    next_at  timestamptz, -- of the next summary; while one is on its way: when it is taken up again
    since    timestamptz, -- what the next summary begins with
    tries    int2 NOT NULL DEFAULT 0,
    unsure   int2 NOT NULL DEFAULT 0,
    CONSTRAINT notice_wish_next_at_check CHECK (next_at IS NULL OR pace IN ('daily', 'weekly'))
);
CREATE INDEX notice_wish_next_at_idx ON notice_wish (next_at, user_id) WHERE next_at IS NOT NULL;
CREATE INDEX notice_wish_night_idx ON notice_wish (user_id) WHERE night;

-- Prompts of an earlier day that reached a device only today: they count for today.
CREATE TABLE prompt_late (
    user_id     int4 NOT NULL,
    day         date NOT NULL,
    content_id  int4 NOT NULL CONSTRAINT prompt_late_content_id_fkey REFERENCES content,
    CONSTRAINT prompt_late_user_id_pkey PRIMARY KEY (user_id, day, content_id)
);
CREATE INDEX prompt_late_day_idx ON prompt_late (day);

-- What a node says about when its people may be told; for the subtree, until a node below says its own.
CREATE TABLE notice_rule (
    node_id       int4 CONSTRAINT notice_rule_node_id_pkey PRIMARY KEY CONSTRAINT notice_rule_node_id_fkey REFERENCES agency,
    hours         text NOT NULL CONSTRAINT notice_rule_hours_check CHECK (hours IN ('always', 'outside', 'inside')), -- of work, for prompts
    holidays      bool NOT NULL,  -- quiet on holidays
    urgent_most   int2 NOT NULL CONSTRAINT notice_rule_urgent_most_check CHECK (urgent_most BETWEEN 0 AND 10), -- urgent clarifications a day and publisher
    season_from   date, -- Ramadan, or another time of its own
    season_to     date,
    quiet_from    time, -- further quiet hours on each day of it
    quiet_to      time,
    updated_at    timestamptz NOT NULL,
    CONSTRAINT notice_rule_season_check CHECK ((season_from IS NULL AND season_to IS NULL AND quiet_from IS NULL AND quiet_to IS NULL)
        OR (season_to >= season_from AND season_to - season_from <= 62 AND quiet_to > quiet_from))
);

-- When somebody of a unit may be told next: null is now. After an answer the moment must be asked about again:
-- the day after a holiday may be another. The one definition of quiet hours for prompts, push and summaries.
--   urgent: only the hours hold · work: holidays as well · prompt: the rule on working hours as well ·
--   digest: like work, and on working days only
-- +goose StatementBegin
CREATE FUNCTION notice_opens(unit_path int4[], zone text, at timestamptz, what text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT (CASE
        WHEN h.clock < time '06:00' THEN h.day + time '06:00'
        WHEN h.clock >= time '21:00' THEN h.day + 1 + time '06:00'
        WHEN h.day BETWEEN r.season_from AND r.season_to AND h.clock >= r.quiet_from AND h.clock < r.quiet_to THEN h.day + r.quiet_to
        WHEN what = 'urgent' THEN NULL
        WHEN (coalesce(r.holidays, true) OR what = 'digest') AND off.today THEN h.day + 1 + time '06:00'
        WHEN what = 'digest' AND off.weekend THEN h.day + 1 + time '06:00'
        WHEN what <> 'prompt' OR coalesce(r.hours, 'always') = 'always' THEN NULL
        WHEN r.hours = 'outside' AND NOT (off.today OR off.weekend) AND h.clock >= time '08:00' AND h.clock < time '16:00' THEN h.day + time '16:00'
        WHEN r.hours = 'inside' AND (off.today OR off.weekend OR h.clock >= time '16:00') THEN h.day + 1 + time '08:00'
        WHEN r.hours = 'inside' AND h.clock < time '08:00' THEN h.day + time '08:00'
    END) AT TIME ZONE zone
    FROM (SELECT (at AT TIME ZONE zone)::date AS day, (at AT TIME ZONE zone)::time AS clock) AS h
    CROSS JOIN LATERAL (SELECT extract(isodow FROM h.day) > 5 AS weekend,
        EXISTS (SELECT FROM holiday AS f WHERE f.day = h.day AND (f.agency_id IS NULL OR f.agency_id = ANY (unit_path))) AS today) AS off
    LEFT JOIN LATERAL (SELECT * FROM notice_rule AS n WHERE n.node_id = ANY (unit_path) ORDER BY array_position(unit_path, n.node_id) DESC LIMIT 1) AS r ON true
$$;
-- +goose StatementEnd
