// Package planner owns how a desk plans its contents: the calendar with its wishes, holidays and warnings,
// saved views of the queue, and one action for many items. What an item is and may become is content's.
package planner

import (
	"context"

	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/org"
)

// Service reads the plan and changes it.
type Service struct {
	db      *db.DB
	queue   *job.Queue
	content *content.Service
	actor   func(context.Context, id.User) (org.Actor, error)
}

// New makes the service. The last argument finds out what somebody may do now, for work that is done later.
func New(d *db.DB, queue *job.Queue, contents *content.Service, actor func(context.Context, id.User) (org.Actor, error)) *Service {
	return &Service{d, queue, contents, actor}
}

// Work registers the jobs.
func (s *Service) Work(r *job.Registry) { job.Handle(r, s.work) }

func notFound() error { return errs.New(errs.NotFound, "Konten tidak ditemukan.") }

// Choices are what a filter of the queue can be set to.
type Choices struct {
	Authors []Choice `json:"authors" nullable:"false"`
	Topics  []string `json:"topics" nullable:"false"`
}

// Choice is a person who wrote something in the actor's subtree.
type Choice struct {
	ID   id.User `json:"id"`
	Name string  `json:"name"`
}

// mostChoices bounds the lists; who writes more often is in it first.
const mostChoices = 200

// Choices reads the authors and the topics of the queue.
func (s *Service) Choices(ctx context.Context, actor org.Actor) (Choices, error) {
	args := db.Args{"roots": actor.Roots(content.Readers()...), "most": mostChoices}
	authors, err := db.All[Choice](ctx, s.db, `SELECT u.id, u.name FROM (
			SELECT c.author_id, count(*) AS n FROM content AS c JOIN agency AS a ON a.id = c.agency_id
			WHERE a.path && @roots::int4[] GROUP BY c.author_id ORDER BY n DESC LIMIT @most) AS w
		JOIN app_user AS u ON u.id = w.author_id ORDER BY u.name`, args)
	if err != nil {
		return Choices{}, err
	}
	topics, err := db.All[struct{ Topic string }](ctx, s.db, `SELECT f.topic FROM content_search AS f JOIN agency AS a ON a.id = f.agency_id
		WHERE a.path && @roots::int4[] AND f.topic <> '' GROUP BY f.topic ORDER BY f.topic LIMIT @most`, args)
	found := Choices{Authors: authors, Topics: make([]string, len(topics))}
	for i, one := range topics {
		found.Topics[i] = one.Topic
	}
	return found, err
}
