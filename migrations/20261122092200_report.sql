-- +goose Up
-- How a report to the agency's leader begins; empty: the usual form.
ALTER TABLE agency ADD COLUMN report_opening text NOT NULL DEFAULT ''
    CONSTRAINT agency_report_opening_check CHECK (length(report_opening) <= 300);
-- Reports read the ledger by day. It is only appended to, so its days lie together on the disk.
CREATE INDEX ledger_day_idx ON ledger USING brin (day) WITH (pages_per_range = 16);
