// Package demo owns the fictional province: it fills an empty database through the owners' own batch
// functions and holds no SQL.
package demo

import (
	"context"
	"errors"
	"fmt"

	"gaung/internal/auth"
	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/share"
	"gaung/internal/user"
)

// Password is every demo account's. The demo is refused in production.
const Password = "gaung-demo-2026"

const domain = "nusaarunika.example"

// Owners are the services that the world is made through.
type Owners struct {
	DB      *db.DB
	Org     *org.Service
	User    *user.Service
	Auth    *auth.Service
	Content *content.Service
	Click   *click.Service
	Share   *share.Service
	Codes   *click.Codes
}

// world is what has been made so far, by code and by e-mail's local part.
type world struct {
	Owners
	node   map[string]org.Agency
	people map[string]id.User
}

// Present tells whether the database holds the demo world, whose password everybody knows.
func Present(ctx context.Context, people *user.Service) (bool, error) {
	_, err := people.ByIdentifier(ctx, "admin@"+domain)
	if errors.Is(err, user.ErrUnknown) {
		return false, nil
	}
	return err == nil, err
}

// Fill makes the world, unless it is there already.
func Fill(ctx context.Context, o Owners) error {
	if there, err := Present(ctx, o.User); there || err != nil {
		return err
	}
	w := &world{Owners: o, people: map[string]id.User{}}
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{{"agencies", w.addAgencies}, {"people", w.addPeople}, {"contents", w.addContents}, {"activity", w.addActivity}} {
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("demo %s: %w", step.name, err)
		}
	}
	return nil
}

func (w *world) addAgencies(ctx context.Context) (err error) {
	w.node, err = w.Org.CreateAll(ctx, agencies())
	if conflict := errs.CodeOf(err); err != nil && conflict == errs.Invalid {
		return fmt.Errorf("the database is not empty: %w", err)
	}
	return err
}

func (w *world) addPeople(ctx context.Context) error {
	var drafts []user.Draft
	for _, p := range people() {
		draft := user.Draft{Name: p.name, Email: p.local + "@" + domain, Unit: w.node[p.unit].ID, From: period.DayOf(2025, 1, 1)}
		for _, role := range p.roles {
			draft.Roles = append(draft.Roles, org.Grant{Role: role, Agency: w.node[p.on].ID})
		}
		drafts = append(drafts, draft)
	}
	made, err := w.User.CreateAll(ctx, drafts)
	if err != nil {
		return err
	}
	for i, p := range people() {
		w.people[p.local] = made[i]
	}
	if err := w.Auth.SetPasswords(ctx, made, Password); err != nil {
		return err
	}
	today := period.LocalDay(w.DB.Now(), period.MustZone("Asia/Makassar"))
	return w.User.SnapshotDays(ctx, today.Add(-60), today)
}

// as loads one of the fixed accounts.
func (w *world) as(ctx context.Context, local string) (org.Actor, error) {
	return w.User.Actor(ctx, w.people[local])
}
