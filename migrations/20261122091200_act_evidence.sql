-- +goose Up
-- When the person last began the same share again; null: it was begun once. A network that draws a
-- preview soon after either time indicates the share.
ALTER TABLE act ADD COLUMN again_at timestamptz;

-- Why an act has its grade: each kind of evidence once, with its level on the ladder (0 nothing, 1 the
-- share screen was opened, 2 the network drew a preview, 4 somebody else clicked).
CREATE TABLE act_evidence (
    user_id     int4 NOT NULL,
    content_id  int4 NOT NULL CONSTRAINT act_evidence_content_id_fkey REFERENCES content,
    network     int2 NOT NULL,
    act         text NOT NULL CONSTRAINT act_evidence_act_check CHECK (act IN ('share', 'like')),
    kind        text NOT NULL CONSTRAINT act_evidence_kind_check CHECK
                (kind IN ('aborted', 'intent_returned', 'sheet_resolved', 'preview_fetched', 'valid_click')),
    level       int2 NOT NULL CONSTRAINT act_evidence_level_check CHECK (level BETWEEN 0 AND 6),
    at          timestamptz NOT NULL,
    CONSTRAINT act_evidence_user_id_pkey PRIMARY KEY (user_id, content_id, network, act, kind)
);

-- What a person put aside or kept in their own feed. It has no effect anywhere else.
CREATE TABLE feed_mark (
    user_id     int4 NOT NULL,
    mark        text NOT NULL CONSTRAINT feed_mark_mark_check CHECK (mark IN ('skip', 'save')),
    content_id  int4 NOT NULL CONSTRAINT feed_mark_content_id_fkey REFERENCES content,
    at          timestamptz NOT NULL,
    CONSTRAINT feed_mark_user_id_pkey PRIMARY KEY (user_id, mark, content_id)
);
