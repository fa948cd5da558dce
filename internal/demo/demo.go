// Package demo owns the fictional province: it fills an empty database through the owners' own batch
// functions and holds no SQL.
package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gaung/internal/auth"
	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/integrity"
	"gaung/internal/job"
	"gaung/internal/learn"
	"gaung/internal/media"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/privacy"
	"gaung/internal/proof"
	"gaung/internal/seal"
	"gaung/internal/share"
	"gaung/internal/user"
)

// Password is every demo account's. The demo is refused in production.
const Password = "gaung-demo-2026"

const domain = "nusaarunika.example"

// weeks is how far back the world reaches.
const weeks = 8

// Owners are the services that the world is made through.
type Owners struct {
	DB      *db.DB
	Queue   *job.Queue
	Files   content.Files
	Ring    *seal.Ring
	Org     *org.Service
	User    *user.Service
	Auth    *auth.Service
	Click   *click.Service
	Share   *share.Service
	Learn   *learn.Service
	Proof   *proof.Service
	Privacy *privacy.Service

	Integrity *integrity.Service
}

// world is what has been made so far.
type world struct {
	Owners
	province
	today     time.Time // when the world is made; its weeks end then
	now       time.Time // what the clock shows while an office works
	office    *content.Service
	node      map[string]org.Agency // by code
	host      map[string]string     // the official host of a region, by the region's code
	people    []person
	number    []id.User // of people, in the same order
	account   map[string]id.User
	published []published
	reviewed  map[string]id.Content // of inReview, by how far it came
	film      *media.Clip           // of the library; one content shows it
	size      map[string]int        // people of an agency, by code
	passed    []share.Past          // what people did, in the order of time
}

// Present tells whether the database holds the demo world, whose password everybody knows.
func Present(ctx context.Context, people *user.Service) (bool, error) {
	_, err := people.ByIdentifier(ctx, "admin@"+domain)
	if errors.Is(err, user.ErrUnknown) {
		return false, nil
	}
	return err == nil, err
}

// Fill makes the world, unless it is there already. It is the same on every machine: only the day on
// which it is made moves it.
func Fill(ctx context.Context, o Owners) error {
	if there, err := Present(ctx, o.User); there || err != nil {
		return err
	}
	read, err := readProvince()
	if err != nil {
		return err
	}
	w := &world{Owners: o, province: read, today: o.DB.Now(), account: map[string]id.User{}, host: map[string]string{}, reviewed: map[string]id.Content{}}
	w.office = content.New(o.DB.At(func() time.Time { return w.now }), o.Queue).KeepIn(o.Files)
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{{"agencies", w.addAgencies}, {"people", w.addPeople}, {"kits", w.addKits}, {"approval", w.addChain}, {"accounts", w.addAccounts}, {"people's statistics", w.DB.Analyze}, {"library", w.addLibrary}, {"contents", w.addContents}, {"reviews", w.addReviews}, {"campaigns", w.addCampaigns}, {"plans", w.addPlans}, {"directives", w.addDirectives}, {"election", w.addElection}, {"learning", w.addLearning}, {"seasons", w.addSeasons}, {"activity", w.addActivity}, {"activity's statistics", w.DB.Analyze}, {"prompts", w.addPrompts}, {"mail", w.addMail}, {"quiet", w.addQuiet}, {"proofs", w.addProofs}, {"counts", w.addCounts}, {"privacy", w.addPrivacy}, {"statistics", w.DB.Analyze}} {
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("demo %s: %w", step.name, err)
		}
	}
	return nil
}

// at sets the clock that the offices work by.
func (w *world) at(moment time.Time) { w.now = moment }

func (w *world) addAgencies(ctx context.Context) (err error) {
	for _, r := range w.regions() {
		w.host[r.Code] = r.Domain
	}
	w.node, err = w.Org.CreateAll(ctx, w.tree())
	if err != nil && errs.CodeOf(err) == errs.Invalid {
		return fmt.Errorf("the database is not empty: %w", err)
	}
	return err
}

// founded is the first day of everybody's placement.
var founded = period.DayOf(2025, time.January, 1)

func (w *world) addPeople(ctx context.Context) (err error) {
	today := period.LocalDay(w.today, period.MustZone(w.Province.Zone))
	w.people = w.province.people(today)
	var drafts []user.Draft
	for _, p := range w.people {
		draft := user.Draft{Name: p.name, Email: p.local + "@" + domain, NIP: p.nip, Position: p.position, Grade: p.grade,
			Unit: w.node[p.unit].ID, From: founded}
		if p.local == mover {
			draft.From, draft.Before = today.Add(-7*weeks/2), []user.Placement{{Unit: w.node[movedFrom].ID, From: founded}}
		}
		for _, role := range p.roles {
			draft.Roles = append(draft.Roles, org.Grant{Role: role, Agency: w.node[p.on].ID})
		}
		drafts = append(drafts, draft)
	}
	if w.number, err = w.User.CreateAll(ctx, drafts); err != nil {
		return err
	}
	for i, p := range w.people {
		w.account[p.local] = w.number[i]
	}
	if err := w.Auth.SetPasswords(ctx, w.number, Password); err != nil {
		return err
	}
	return w.User.SnapshotDays(ctx, today.Add(-7*weeks-7), today)
}

// as loads one of the accounts.
func (w *world) as(ctx context.Context, local string) (org.Actor, error) {
	return w.User.Actor(ctx, w.account[local])
}
