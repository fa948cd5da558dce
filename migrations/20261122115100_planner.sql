-- +goose Up
-- When somebody wishes a text to go out that is not scheduled yet.
CREATE TABLE content_wish (
    content_id  int4 CONSTRAINT content_wish_content_id_pkey PRIMARY KEY CONSTRAINT content_wish_content_id_fkey REFERENCES content,
    at          timestamptz NOT NULL
);
CREATE INDEX content_wish_at_idx ON content_wish (at);

-- What the calendar asks for.
CREATE INDEX content_publish_at_idx ON content (publish_at) WHERE publish_at IS NOT NULL;
CREATE INDEX content_published_at_idx ON content (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX content_ends_at_idx ON content (ends_at) WHERE ends_at IS NOT NULL;

-- A person's own filters of the queue, under a name.
CREATE TABLE queue_view (
    user_id   int4 NOT NULL,
    n         int4 NOT NULL,
    name      text NOT NULL CONSTRAINT queue_view_name_check CHECK (length(name) BETWEEN 1 AND 60),
    filters   text NOT NULL CONSTRAINT queue_view_filters_check CHECK (length(filters) <= 1000), -- the query of the address
    CONSTRAINT queue_view_user_id_pkey PRIMARY KEY (user_id, n),
    CONSTRAINT queue_view_name_key UNIQUE (user_id, name)
);

-- One action for many items. It starts some seconds after it was asked for, and can be stopped until then.
CREATE TABLE bulk (
    user_id     int4 NOT NULL,
    key         text NOT NULL CONSTRAINT bulk_key_check CHECK (length(key) BETWEEN 8 AND 64), -- chosen by the client
    action      text NOT NULL CONSTRAINT bulk_action_check CHECK (action IN ('submit', 'schedule', 'unschedule', 'publish', 'end')),
    asked_at    timestamptz NOT NULL,
    starts_at   timestamptz NOT NULL,
    started_at  timestamptz,
    stopped_at  timestamptz,
    done_at     timestamptz,
    CONSTRAINT bulk_user_id_pkey PRIMARY KEY (user_id, key),
    CONSTRAINT bulk_stopped_at_check CHECK (stopped_at IS NULL OR started_at IS NULL)
);
CREATE TABLE bulk_item (
    user_id     int4 NOT NULL,
    key         text NOT NULL,
    content_id  int4 NOT NULL CONSTRAINT bulk_item_content_id_fkey REFERENCES content,
    at          timestamptz, -- of a schedule
    outcome     text NOT NULL DEFAULT '' CONSTRAINT bulk_item_outcome_check CHECK (outcome IN ('', 'done', 'refused')),
    reason      text NOT NULL DEFAULT '', -- why it was refused, for the person
    CONSTRAINT bulk_item_user_id_pkey PRIMARY KEY (user_id, key, content_id),
    CONSTRAINT bulk_item_key_fkey FOREIGN KEY (user_id, key) REFERENCES bulk
);

-- Days on which an office does not work: of a node and everything below it, or of the whole country.
CREATE TABLE holiday (
    id         int4 GENERATED ALWAYS AS IDENTITY CONSTRAINT holiday_id_pkey PRIMARY KEY,
    agency_id  int4 CONSTRAINT holiday_agency_id_fkey REFERENCES agency, -- null: the whole country
    day        date NOT NULL,
    name       text NOT NULL CONSTRAINT holiday_name_check CHECK (length(name) BETWEEN 1 AND 120),
    kind       text NOT NULL CONSTRAINT holiday_kind_check CHECK (kind IN ('national', 'leave', 'local')),
    CONSTRAINT holiday_agency_id_check CHECK (agency_id IS NOT NULL OR kind <> 'local')
);
CREATE UNIQUE INDEX holiday_day_key ON holiday (day, coalesce(agency_id, 0));

-- 2026: Keputusan Bersama Menteri Agama, Menteri Ketenagakerjaan, dan Menteri PANRB Nomor 1497 Tahun 2025,
-- Nomor 2 Tahun 2025, dan Nomor 5 Tahun 2025 tentang Hari Libur Nasional dan Cuti Bersama Tahun 2026.
INSERT INTO holiday (day, name, kind) VALUES
    ('2026-01-01', 'Tahun Baru 2026 Masehi', 'national'),
    ('2026-01-16', 'Isra Mikraj Nabi Muhammad SAW', 'national'),
    ('2026-02-16', 'Cuti bersama Tahun Baru Imlek', 'leave'),
    ('2026-02-17', 'Tahun Baru Imlek 2577 Kongzili', 'national'),
    ('2026-03-18', 'Cuti bersama Hari Suci Nyepi', 'leave'),
    ('2026-03-19', 'Hari Suci Nyepi (Tahun Baru Saka 1948)', 'national'),
    ('2026-03-20', 'Cuti bersama Idulfitri', 'leave'),
    ('2026-03-21', 'Idulfitri 1447 Hijriah', 'national'),
    ('2026-03-22', 'Idulfitri 1447 Hijriah', 'national'),
    ('2026-03-23', 'Cuti bersama Idulfitri', 'leave'),
    ('2026-03-24', 'Cuti bersama Idulfitri', 'leave'),
    ('2026-04-03', 'Wafat Yesus Kristus', 'national'),
    ('2026-04-05', 'Kebangkitan Yesus Kristus (Paskah)', 'national'),
    ('2026-05-01', 'Hari Buruh Internasional', 'national'),
    ('2026-05-14', 'Kenaikan Yesus Kristus', 'national'),
    ('2026-05-15', 'Cuti bersama Kenaikan Yesus Kristus', 'leave'),
    ('2026-05-27', 'Iduladha 1447 Hijriah', 'national'),
    ('2026-05-28', 'Cuti bersama Iduladha', 'leave'),
    ('2026-05-31', 'Hari Raya Waisak 2570 BE', 'national'),
    ('2026-06-01', 'Hari Lahir Pancasila', 'national'),
    ('2026-06-16', '1 Muharam Tahun Baru Islam 1448 Hijriah', 'national'),
    ('2026-08-17', 'Proklamasi Kemerdekaan', 'national'),
    ('2026-08-25', 'Maulid Nabi Muhammad SAW', 'national'),
    ('2026-12-24', 'Cuti bersama Kelahiran Yesus Kristus', 'leave'),
    ('2026-12-25', 'Kelahiran Yesus Kristus', 'national');

-- 2027: only the days whose date does not wait for that year's joint decree: those of a fixed date, and those
-- that follow Easter (Keputusan Presiden Nomor 3 Tahun 1983, Nomor 24 Tahun 2013, Nomor 24 Tahun 2016, Nomor 8
-- Tahun 2024). The administrator at the top of the tree adds the others when the decree is there.
INSERT INTO holiday (day, name, kind) VALUES
    ('2027-01-01', 'Tahun Baru 2027 Masehi', 'national'),
    ('2027-03-26', 'Wafat Yesus Kristus', 'national'),
    ('2027-03-28', 'Kebangkitan Yesus Kristus (Paskah)', 'national'),
    ('2027-05-01', 'Hari Buruh Internasional', 'national'),
    ('2027-05-06', 'Kenaikan Yesus Kristus', 'national'),
    ('2027-06-01', 'Hari Lahir Pancasila', 'national'),
    ('2027-08-17', 'Proklamasi Kemerdekaan', 'national'),
    ('2027-12-25', 'Kelahiran Yesus Kristus', 'national');
