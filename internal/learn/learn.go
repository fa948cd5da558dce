// Package learn owns what people learn from: modules with their quizzes, the library of guidance, and the
// certificates. Nothing of it is an act; what a module that was passed is worth is the season's rulebook's to say.
package learn

import (
	"context"
	"time"

	"gaung/internal/blob"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
)

// State is where a module or a guide stands.
type State string

// The life of both. What is archived is found by nobody who had not passed it.
const (
	Draft     State = "draft"
	Published State = "published"
	Archived  State = "archived"
)

// Writers may write and publish on their subtree.
func Writers() []org.Role {
	return []org.Role{org.Author, org.Publisher, org.Admin, org.Trainer}
}

// Readers see what is written on their subtree, with its sums.
func Readers() []org.Role {
	return []org.Role{org.Author, org.Approver, org.Publisher, org.Auditor, org.Admin, org.Trainer}
}

// Lesson is what a module teaches, and what it asks.
type Lesson struct {
	Title      string         `json:"title" maxLength:"400"`
	Summary    string         `json:"summary,omitempty" maxLength:"1000"`
	Competence string         `json:"competence,omitempty" enum:"teknis,manajerial,sosial_kultural,digital" default:"digital"`
	Theme      string         `json:"theme,omitempty" enum:"reputasi,city_branding,juknis,etika" default:"reputasi"`
	Minutes    int            `json:"minutes,omitempty" minimum:"1" maximum:"60" default:"5" doc:"How long it takes"`
	Steps      []LessonStep   `json:"steps,omitempty" maxItems:"20" nullable:"false"`
	Quiz       []QuizQuestion `json:"quiz,omitempty" maxItems:"12" nullable:"false"`
	Pass       int            `json:"pass,omitempty" minimum:"0" maximum:"12" doc:"How many right answers pass; 0: all"`
	Practice   string         `json:"practice,omitempty" maxLength:"4000" doc:"Markdown: a task to try at work; empty: none"`
}

// LessonStep is one screen.
type LessonStep struct {
	Title string `json:"title,omitempty" maxLength:"400"`
	Body  string `json:"body,omitempty" maxLength:"10000" doc:"Markdown"`
}

// QuizQuestion has one right option.
type QuizQuestion struct {
	Text    string   `json:"text" maxLength:"1000"`
	Options []string `json:"options" maxItems:"5" nullable:"false"`
	Right   int      `json:"right" minimum:"0" maximum:"4" doc:"Which option is right, from 0"`
	Why     string   `json:"why,omitempty" maxLength:"2000" doc:"Said after the answer"`
}

// Bounds of a lesson, in characters.
const (
	maxTitle    = 200
	maxSummary  = 500
	maxStep     = 5_000
	maxQuestion = 500
	maxOption   = 300
	maxWhy      = 1_000
	maxTask     = 2_000
	maxPractice = 4_000
)

// Service reads and changes what people learn from.
type Service struct {
	db        *db.DB
	files     blob.Documents
	publicURL string
	queue     *job.Queue // nil: nobody is told
}

// New makes the service. Documents are kept in files; certificates name the public address.
func New(d *db.DB, files blob.Documents, publicURL string) *Service {
	return &Service{db: d, files: files, publicURL: publicURL}
}

// Tell has others hear of what people pass, by PassedJob.
func (s *Service) Tell(queue *job.Queue) *Service {
	s.queue = queue
	return s
}

// PassedJob tells that a person passed a module. wire.go subscribes to it.
type PassedJob struct {
	Person id.User `json:"person"`
}

// Kind names the job.
func (PassedJob) Kind() string { return "learn_passed" }

// keyLife is how long graded answers are told again: longer than any phone stays offline and retries.
const keyLife = 30 * 24 * time.Hour

// ForgetAnswersJob is the kind of the job that forgets old keys.
type ForgetAnswersJob struct{}

// Kind names the job.
func (ForgetAnswersJob) Kind() string { return "learn_forget_answers" }

// Work registers the job.
func (s *Service) Work(r *job.Registry) {
	job.Every(r, 24*time.Hour, ForgetAnswersJob{}, func(ctx context.Context) error {
		_, err := db.Exec(ctx, s.db, `DELETE FROM learn_request WHERE at < $1`, s.db.Now().Add(-keyLife))
		return err
	})
}

func noModule() error { return errs.New(errs.NotFound, "Modul tidak ditemukan.") }
