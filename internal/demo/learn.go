package demo

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"gaung/internal/learn"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/score"
)

//go:embed learn.json
var learnFile []byte

// learning is what the world's people learn from.
type learning struct {
	Modules []struct {
		Agency  string
		DaysAgo int
		Passed  float64 // what part of those whom it reaches has passed it
		Lesson  learn.Lesson
	}
	Guides []struct {
		Agency  string
		DaysAgo int
		Text    learn.GuideText
	}
}

// newcomer has not learned what comes before the first share.
const newcomer = "asn9"

// addLearning lets offices write what people learn, and some people learn it.
func (w *world) addLearning(ctx context.Context) error {
	var file learning
	if err := json.Unmarshal(learnFile, &file); err != nil {
		return err
	}
	service := learn.New(w.DB.At(func() time.Time { return w.now }), w.Files, "")
	for _, m := range file.Modules {
		writer, err := w.writes(m.Agency, m.DaysAgo)
		if err != nil {
			return err
		}
		made, err := service.Create(ctx, writer, 0, m.Lesson)
		if err == nil {
			made, err = service.Publish(ctx, writer, made.ID, made.Revision)
		}
		if err != nil {
			return err
		}
		if err := w.learnt(ctx, service, made, m.Agency, m.Passed); err != nil {
			return err
		}
	}
	for _, g := range file.Guides {
		writer, err := w.writes(g.Agency, g.DaysAgo)
		if err != nil {
			return err
		}
		from := period.LocalDay(w.now, period.MustZone(writer.Zone))
		g.Text.ValidFrom = &from
		made, err := service.CreateGuide(ctx, writer, 0, g.Text)
		if err == nil {
			_, err = service.PublishGuide(ctx, writer, made.ID, made.Revision)
		}
		if err != nil {
			return err
		}
	}
	return w.vouch(ctx)
}

// writes sets the clock and gives the desk that writes for an agency.
func (w *world) writes(agency string, daysAgo int) (org.Actor, error) {
	at, err := w.moment(release{agency: agency, daysAgo: daysAgo, clock: "10.20"})
	if err != nil {
		return org.Actor{}, err
	}
	w.at(at)
	node := w.node[agency].ID
	return org.Actor{Agency: node, Zone: w.node[agency].Zone, Grants: []org.Grant{{Role: org.Admin, Agency: node}}}, nil
}

// mostLearners keeps the making of the world short: so many learn what everybody of a hundred would.
const mostLearners = 180

// keen has passed everything that is older than three weeks.
const keen = "asn3"

// eager are a few of one agency who have passed everything there is: they qualify for the raffle of the season that
// is over.
func (w *world) eager() map[string]bool {
	few := map[string]bool{"asn2": true}
	for _, p := range w.people {
		if len(few) < 16 && strings.HasPrefix(p.unit, "99-DINKES") && p.local != newcomer && p.local != keen && len(p.roles) == 0 {
			few[p.local] = true
		}
	}
	return few
}

// learnt lets some of the people whom a module reaches pass it.
func (w *world) learnt(ctx context.Context, service *learn.Service, made learn.Module, agency string, part float64) error {
	dice, left := newDice(40+uint64(made.ID)), int(part*mostLearners)
	eager, scores := w.eager(), score.New(w.DB)
	old := w.now.Before(w.today.Add(-21 * 24 * time.Hour))
	w.at(w.now.Add(26 * time.Hour))
	for i, p := range w.people {
		drawn := left > 0 && p.local != newcomer && p.local != keen && strings.HasPrefix(p.unit, agency) && dice.chance(part)
		if !drawn && !(old && p.local == keen) && !eager[p.local] {
			continue
		}
		actor, err := w.User.Actor(ctx, w.number[i])
		if err != nil {
			return err
		}
		if err := errors.Join(pass(ctx, service, actor, made), scores.Learned(ctx, actor.User)); err != nil {
			return err
		}
		left--
	}
	return nil
}

// pass answers everything as the writer would.
func pass(ctx context.Context, service *learn.Service, actor org.Actor, made learn.Module) error {
	course, err := service.Read(ctx, actor, made.ID, "id")
	if err != nil {
		return err
	}
	right := map[string]string{}
	for _, q := range made.Lesson.Quiz {
		right[q.Text] = q.Options[q.Right]
	}
	answers := make([]int, len(course.Asked))
	for i, q := range course.Asked {
		for n, option := range q.Options {
			if option == right[q.Text] {
				answers[i] = n
			}
		}
	}
	if err := service.SetStep(ctx, actor, made.ID, len(course.Screens)); err != nil {
		return err
	}
	_, err = service.Answer(ctx, actor, made.ID, learn.Attempt{Version: course.Version, Attempt: course.Attempt, Answers: answers})
	return err
}

// vouch lets everybody but the newcomer know what comes before the first share.
func (w *world) vouch(ctx context.Context) error {
	known := w.number[:0:0]
	for i, p := range w.people {
		if p.local != newcomer {
			known = append(known, w.number[i])
		}
	}
	return w.Learn.Vouch(ctx, known...)
}
