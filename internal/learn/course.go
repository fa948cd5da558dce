package learn

import (
	"context"
	"errors"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// CourseCard is a module as a person finds it on their shelf.
type CourseCard struct {
	ID            id.Module  `json:"id"`
	Version       int        `json:"version"`
	BuiltIn       bool       `json:"built_in" doc:"What comes before the first share"`
	Title         string     `json:"title"`
	Summary       string     `json:"summary"`
	Competence    string     `json:"competence" enum:"teknis,manajerial,sosial_kultural,digital"`
	Theme         string     `json:"theme" enum:"reputasi,city_branding,juknis,etika"`
	Minutes       int        `json:"minutes"`
	Steps         int        `json:"steps" doc:"How many screens it has"`
	Questions     int        `json:"questions"`
	Practice      bool       `json:"practice" doc:"It has a task to try at work"`
	AgencyName    string     `json:"agency_name" doc:"Empty: built in"`
	Step          int        `json:"step" doc:"How many screens I have read"`
	Started       bool       `json:"started"`
	PracticeAt    *time.Time `json:"practice_at,omitempty" doc:"When I tried it at work"`
	Best          int        `json:"best" doc:"My most right answers in this version"`
	PassedVersion int        `json:"passed_version" doc:"The newest version that I passed; 0: none"`
	PassedAt      *time.Time `json:"passed_at,omitempty"`
	Open          bool       `json:"open" doc:"False: taken off the shelf; I keep what I passed"`
}

// Shelf is what a person may learn from, and what they learned.
type Shelf struct {
	Items []CourseCard `json:"items" nullable:"false" doc:"Newest first, what is built in last"`
}

// mostCourses bounds the shelf.
const mostCourses = 200

// What is for me: published by a node above me, built in, or passed.
const courseSQL = `
WITH mine AS (
    SELECT id FROM module WHERE agency_id = ANY(@path::int4[]) AND state = 'published'
    UNION SELECT id FROM module WHERE agency_id IS NULL AND state = 'published'
    UNION SELECT module_id FROM learn_result WHERE user_id = @user AND passed_at IS NOT NULL
), shown AS (
    SELECT m.id, m.version, m.key <> '' AS built_in, m.state = 'published' AS open, coalesce(a.name, '') AS agency_name,
           CASE WHEN @english THEN coalesce(v.lesson_en, v.lesson) ELSE v.lesson END AS lesson
    FROM mine JOIN module AS m USING (id) JOIN module_version AS v ON v.module_id = m.id AND v.no = m.version
    LEFT JOIN agency AS a ON a.id = m.agency_id
), done AS (
    SELECT module_id, max(version) FILTER (WHERE passed_at IS NOT NULL) AS passed_version, min(passed_at) AS passed_at
    FROM learn_result WHERE user_id = @user GROUP BY module_id
)
SELECT s.id, s.version, s.built_in, s.open, s.agency_name, s.lesson->>'title' AS title, s.lesson->>'summary' AS summary,
       s.lesson->>'competence' AS competence, s.lesson->>'theme' AS theme, (s.lesson->>'minutes')::int4 AS minutes,
       jsonb_array_length(s.lesson->'steps') AS steps, jsonb_array_length(s.lesson->'quiz') AS questions,
       coalesce(s.lesson->>'practice', '') <> '' AS practice, coalesce(p.step, 0) AS step, p.user_id IS NOT NULL AS started, p.practice_at,
       coalesce(r.best, 0) AS best, coalesce(d.passed_version, 0) AS passed_version, d.passed_at,
       s.lesson AS text, coalesce(p.practice, '') AS wrote, coalesce(r.attempts, 0) AS attempts
FROM shown AS s
LEFT JOIN learn_progress AS p ON p.user_id = @user AND p.module_id = s.id
LEFT JOIN learn_result AS r ON r.user_id = @user AND r.module_id = s.id AND r.version = s.version
LEFT JOIN done AS d ON d.module_id = s.id`

func courseArgs(actor org.Actor, lang string, more db.Args) db.Args {
	more["path"], more["user"], more["english"] = actor.Path, actor.User, english(lang)
	return more
}

// Shelf reads what the actor may learn from, in a language where it is there.
func (s *Service) Shelf(ctx context.Context, actor org.Actor, lang string) (Shelf, error) {
	cards, err := db.All[CourseCard](ctx, s.db, courseSQL+` ORDER BY s.built_in, s.id DESC LIMIT @limit`,
		courseArgs(actor, lang, db.Args{"limit": mostCourses}))
	return Shelf{cards}, err
}

// Course is a module to learn from. What is right is not in it.
type Course struct {
	CourseCard
	Screens []LessonStep    `json:"screens" nullable:"false"`
	Attempt int             `json:"attempt" doc:"The questions are in the order of this attempt; to be sent with the answers"`
	Asked   []AskedQuestion `json:"asked" nullable:"false"`
	Pass    int             `json:"pass" doc:"How many right answers pass"`
	Task    string          `json:"task" doc:"Markdown: the practice task; empty: none"`
	Wrote   string          `json:"wrote" doc:"What I wrote of the task; read by nobody else"`
}

type courseRow struct {
	CourseCard `gorm:"embedded"`
	Text       Lesson `gorm:"serializer:json"`
	Wrote      string
	Attempts   int
}

// Read gives one module to learn from.
func (s *Service) Read(ctx context.Context, actor org.Actor, module id.Module, lang string) (Course, error) {
	return s.read(ctx, actor, lang, ` WHERE s.id = @id`, db.Args{"id": module})
}

// BeforeSharing gives the module that comes before the first share.
func (s *Service) BeforeSharing(ctx context.Context, actor org.Actor, lang string) (Course, error) {
	return s.read(ctx, actor, lang, ` WHERE s.built_in`, db.Args{})
}

func (s *Service) read(ctx context.Context, actor org.Actor, lang, where string, args db.Args) (Course, error) {
	row, err := db.Get[courseRow](ctx, s.db, courseSQL+where, courseArgs(actor, lang, args))
	if errors.Is(err, db.ErrNoRow) {
		return Course{}, noModule()
	}
	if err != nil {
		return Course{}, err
	}
	sat := sitting{actor.User, row.ID, row.Version, row.Attempts + 1}
	return Course{CourseCard: row.CourseCard, Screens: row.Text.Steps, Attempt: sat.Attempt, Asked: sat.ask(row.Text.Quiz),
		Pass: row.Text.passMark(), Task: row.Text.Practice, Wrote: row.Wrote}, nil
}

// reaches holds a module that the actor may learn from, or once could and has open.
func reaches(ctx context.Context, tx *db.Tx, actor org.Actor, module id.Module) error {
	_, err := db.Get[struct{ ID id.Module }](ctx, tx, `SELECT id FROM module
		WHERE id = $1 AND version > 0 AND (agency_id = ANY($2::int4[]) OR agency_id IS NULL)`, module, actor.Path)
	if errors.Is(err, db.ErrNoRow) {
		return noModule()
	}
	return err
}

// SetStep notes how many screens a person has read; never fewer than before.
func (s *Service) SetStep(ctx context.Context, actor org.Actor, module id.Module, step int) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := reaches(ctx, tx, actor, module); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `INSERT INTO learn_progress AS p (user_id, module_id, step, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT ON CONSTRAINT learn_progress_user_id_pkey DO UPDATE SET step = greatest(p.step, excluded.step), at = excluded.at`,
			actor.User, module, step, tx.Now)
		return err
	})
}

// Practise keeps what a person wrote of a practice task. Nobody else reads it; empty: not tried yet.
func (s *Service) Practise(ctx context.Context, actor org.Actor, module id.Module, text string) error {
	tidy(&text)
	if n := len([]rune(text)); n > maxPractice {
		return errs.InvalidField("text", "Catatan paling banyak %d karakter; sekarang %d.", maxPractice, n)
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := reaches(ctx, tx, actor, module); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `INSERT INTO learn_progress AS p (user_id, module_id, practice, practice_at, at)
			VALUES ($1, $2, $3, CASE WHEN $3 <> '' THEN $4::timestamptz END, $4)
			ON CONFLICT ON CONSTRAINT learn_progress_user_id_pkey DO UPDATE SET practice = excluded.practice,
			    practice_at = CASE WHEN excluded.practice <> '' THEN coalesce(p.practice_at, excluded.practice_at) END, at = excluded.at`,
			actor.User, module, text, tx.Now)
		return err
	})
}

// english tells whether a language has the English words.
func english(lang string) bool { return strings.HasPrefix(lang, "en") }
