package main

import (
	"io/fs"
	"log/slog"
	"strconv"
	"strings"
	"testing"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/job"
	"gaung/internal/org"
	"gaung/internal/seal"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/user"
	"gaung/migrations"
	"time"
)

// beforeApproval are the migrations of a database that knows no chains yet.
func beforeApproval(t *testing.T) (versions []int64) {
	t.Helper()
	files, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		number, _, _ := strings.Cut(name, "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_approval.sql") && !strings.HasSuffix(name, "_notice.sql") {
			versions = append(versions, version)
		}
	}
	return versions
}

// An item that was in review when the program was upgraded has one step, and what was decided on it stays.
func TestWhatIsInReviewSurvivesTheUpgrade(t *testing.T) {
	t.Parallel()
	d := testdb.Open(t, testdb.EmptyURL(t), func() time.Time { return testdb.Now })
	if err := d.MigrateTo(t.Context(), migrations.Files, beforeApproval(t)); err != nil {
		t.Fatal(err)
	}
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, statement := range []string{
			`INSERT INTO agency (path, kind, code, name, short_name, zone, created_at) VALUES ('{1}', 'agency', 'D', 'Dinas', 'Dinas', 'Asia/Makassar', now())`,
			`INSERT INTO app_user (name, email, created_at) VALUES ('Penyusun', 'a@uji.example', now()), ('Penyetuju', 'b@uji.example', now())`,
			`INSERT INTO placement (user_id, from_day, unit_id, agency_id) VALUES (1, '2026-01-01', 1, 1), (2, '2026-01-01', 1, 1)`,
			`INSERT INTO user_role (user_id, agency_id, role) VALUES (1, 1, 'author'), (2, 1, 'approver')`,
			`INSERT INTO content (agency_id, author_id, state, version, created_at, updated_at) VALUES (1, 1, 'in_review', 2, now(), now()), (1, 1, 'draft', 1, now(), now())`,
			`INSERT INTO content_version (content_id, no, author_id, at, hash, title, summary, body, kind, pillar, stage, topic, classification, landing_url, hashtags, captions, official_posts)
			 SELECT c, v, 1, now(), 'x', 'Judul', '', '', '', '', '', '', '', '', '[]', '[]', '[]' FROM (VALUES (1, 1), (1, 2), (2, 1)) AS w (c, v)`,
			`INSERT INTO content_decision (content_id, version, step, decision, reason, approver_id, at) VALUES
			 (1, 1, 1, 'approved', '', 2, now()), (1, 2, 1, 'approved', '', 2, now()), (1, 2, 1, 'returned', 'Perjelas.', 2, now())`,
		} {
			if _, err := db.Exec(t.Context(), tx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Migrate(t.Context(), migrations.Files); err != nil {
		t.Fatal(err)
	}
	ring, err := seal.ParseRing(testkit.Key)
	if err != nil {
		t.Fatal(err)
	}
	queue, err := job.New(d, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	approver, err := user.New(d, ring, org.New(d)).Actor(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	service := content.New(d, queue)
	before, err := service.Get(t.Context(), approver, 1)
	if err != nil || before.Step != 1 || before.Steps != 1 || before.StepName != "Penyetuju" || len(before.Decisions) != 3 {
		t.Fatalf("%+v: %v", before, err)
	}
	// Version 2 was approved and returned before: approving it again is a round of its own.
	got, err := service.Approve(t.Context(), approver, 1, content.Seen{Version: 2, Step: 1}, "")
	if err != nil || got.State != content.Approved {
		t.Errorf("%s: %v", got.State, err)
	}
}
