-- +goose Up
CREATE TABLE content (
    id                int4 GENERATED ALWAYS AS IDENTITY (MAXVALUE 16777215) CONSTRAINT content_id_pkey PRIMARY KEY, -- 24 bits of a link code
    agency_id         int4 NOT NULL CONSTRAINT content_agency_id_fkey REFERENCES agency,
    author_id         int4 NOT NULL,
    state             text NOT NULL CONSTRAINT content_state_check CHECK
                      (state IN ('draft', 'in_review', 'changes_requested', 'approved', 'scheduled', 'live', 'ended', 'recalled')),
    version           int4 NOT NULL,  -- the newest version
    approved_version  int4,           -- the version that the approver saw
    slug              text CONSTRAINT content_slug_key UNIQUE, -- given when it first goes live
    publish_at        timestamptz,
    published_at      timestamptz,
    ends_at           timestamptz,
    recalled_at       timestamptz,
    recall_reason     text NOT NULL DEFAULT '',
    correction_id     int4 CONSTRAINT content_correction_id_fkey REFERENCES content,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    CONSTRAINT content_publish_at_check CHECK (state <> 'scheduled' OR publish_at IS NOT NULL),
    CONSTRAINT content_published_at_check CHECK (state NOT IN ('live', 'ended', 'recalled') OR (published_at IS NOT NULL AND slug IS NOT NULL)),
    CONSTRAINT content_approved_version_check CHECK (state NOT IN ('approved', 'scheduled', 'live') OR approved_version = version),
    CONSTRAINT content_recalled_at_check CHECK ((state = 'recalled') = (recalled_at IS NOT NULL) AND (state <> 'recalled' OR recall_reason <> '')),
    CONSTRAINT content_correction_id_check CHECK (correction_id IS NULL OR correction_id <> id)
);
CREATE INDEX content_agency_id_idx ON content (agency_id, id DESC);
CREATE INDEX content_state_idx ON content (state, id DESC);

-- Every edit is a version; nothing here is ever updated.
CREATE TABLE content_version (
    content_id      int4 NOT NULL CONSTRAINT content_version_content_id_fkey REFERENCES content,
    no              int4 NOT NULL,
    author_id       int4 NOT NULL,
    at              timestamptz NOT NULL,
    hash            bytea NOT NULL, -- SHA-256 of what the reader sees; the public page shows it
    title           text NOT NULL CONSTRAINT content_version_title_check CHECK (length(title) BETWEEN 1 AND 200),
    summary         text NOT NULL CONSTRAINT content_version_summary_check CHECK (length(summary) <= 500),
    body            text NOT NULL CONSTRAINT content_version_body_check CHECK (length(body) <= 50000),
    kind            text NOT NULL,
    pillar          text NOT NULL CONSTRAINT content_version_pillar_check CHECK (pillar IN ('', 'personal', 'regional', 'product')),
    stage           text NOT NULL CONSTRAINT content_version_stage_check CHECK (stage IN ('', 'akan', 'sedang', 'telah')),
    topic           text NOT NULL,
    classification  text NOT NULL CONSTRAINT content_version_classification_check CHECK (classification IN ('', 'terbuka', 'dikecualikan')),
    landing_url     text NOT NULL, -- empty: our own public page
    hashtags        jsonb NOT NULL,
    captions        jsonb NOT NULL,
    official_posts  jsonb NOT NULL,
    CONSTRAINT content_version_content_id_pkey PRIMARY KEY (content_id, no)
);

-- Whose feed it enters: the nodes, each with its subtree. published_at is there once it is live.
CREATE TABLE content_target (
    node_id       int4 NOT NULL CONSTRAINT content_target_node_id_fkey REFERENCES agency,
    content_id    int4 NOT NULL CONSTRAINT content_target_content_id_fkey REFERENCES content,
    published_at  timestamptz,
    CONSTRAINT content_target_node_id_pkey PRIMARY KEY (node_id, content_id)
);
CREATE INDEX content_target_published_at_idx ON content_target (node_id, published_at DESC, content_id DESC) WHERE published_at IS NOT NULL;
CREATE INDEX content_target_content_id_idx ON content_target (content_id);

-- What an approver decided, on which version.
CREATE TABLE content_decision (
    content_id   int4 NOT NULL CONSTRAINT content_decision_content_id_fkey REFERENCES content,
    id           int8 GENERATED ALWAYS AS IDENTITY,
    version      int4 NOT NULL,
    step         int2 NOT NULL,
    decision     text NOT NULL CONSTRAINT content_decision_decision_check CHECK (decision IN ('approved', 'returned')),
    reason       text NOT NULL DEFAULT '' CONSTRAINT content_decision_reason_check CHECK (decision = 'approved' OR reason <> ''),
    approver_id  int4 NOT NULL,
    at           timestamptz NOT NULL,
    CONSTRAINT content_decision_content_id_pkey PRIMARY KEY (content_id, id)
);
CREATE UNIQUE INDEX content_decision_step_key ON content_decision (content_id, version, step) WHERE decision = 'approved';
