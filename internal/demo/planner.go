package demo

import (
	"context"
	"time"

	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/period"
	"gaung/internal/planner"
)

// addPlans gives the calendar a local holiday, drafts with a time they are wished for, and the desk a saved view.
func (w *world) addPlans(ctx context.Context) error {
	service := planner.New(w.DB, w.Queue, w.office, w.User.Actor)
	admin, err := w.as(ctx, "admin")
	if err != nil {
		return err
	}
	today := period.LocalDay(w.today, period.MustZone(w.Province.Zone))
	birthday := planner.Holiday{Day: today.Add(9), Name: "Hari Jadi Provinsi Nusa Arunika", Kind: "local", AgencyID: w.node["99"].ID}
	if _, err := service.AddHoliday(ctx, admin, birthday); err != nil {
		return err
	}
	if err := w.addWishes(ctx, service, admin, today); err != nil {
		return err
	}
	for local, filters := range map[string]string{"humas": "state=scheduled", "penyetuju": "state=waiting"} {
		owner, err := w.as(ctx, local)
		if err != nil {
			return err
		}
		if _, err := service.SaveView(ctx, owner, map[string]string{"humas": "Siap tayang", "penyetuju": "Giliran saya"}[local], filters); err != nil {
			return err
		}
	}
	return nil
}

// addWishes lets the authors of what is not planned yet say when it should go out.
func (w *world) addWishes(ctx context.Context, service *planner.Service, admin org.Actor, today period.Day) error {
	for i, state := range []content.State{content.Draft, content.InReview, content.Approved} {
		found, err := w.office.List(ctx, admin, content.Filter{State: state, Ask: page.Ask{Limit: 2}})
		if err != nil {
			return err
		}
		for j, one := range found.Items {
			author, err := w.User.Actor(ctx, id.User(one.AuthorID))
			if err != nil {
				return err
			}
			at := today.Add(3 + 2*i + j).Start(period.MustZone(one.AgencyZone)).Add(8 * time.Hour)
			if err := service.Wish(ctx, author, one.ID, &at); err != nil {
				return err
			}
		}
	}
	return nil
}
