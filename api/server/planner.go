package server

import (
	"context"
	"time"

	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/period"
	"gaung/internal/planner"
)

// QueueInput is what narrows the queue.
type QueueInput struct {
	State    content.State `query:"state" enum:"draft,in_review,on_hold,changes_requested,rejected,approved,scheduled,live,ended,recalled"`
	Agency   id.Agency     `query:"agency" minimum:"0" maximum:"2147483647"`
	Author   id.User       `query:"author" minimum:"0" maximum:"2147483647"`
	Campaign id.Campaign   `query:"campaign" minimum:"0" maximum:"2147483647"`
	Kind     string        `query:"kind" maxLength:"40"`
	Pillar   string        `query:"pillar" maxLength:"40"`
	Topic    string        `query:"topic" maxLength:"40"`
	From     string        `query:"from" maxLength:"10" doc:"First day of the last change, in my zone"`
	To       string        `query:"to" maxLength:"10" doc:"Last day of it"`
	Q        string        `query:"q" maxLength:"800" doc:"Words of title, summary, body, captions and hashtags; then the best come first"`
}

func (q QueueInput) filter() (content.Filter, error) {
	f := content.Filter{State: q.State, Agency: q.Agency, Author: q.Author, Campaign: q.Campaign, Kind: q.Kind, Pillar: q.Pillar, Topic: q.Topic, Search: q.Q}
	for _, one := range []struct {
		field, text string
		day         **period.Day
	}{{"from", q.From, &f.From}, {"to", q.To, &f.To}} {
		if one.text == "" {
			continue
		}
		day, err := dayIn(one.field, one.text)
		if err != nil {
			return f, err
		}
		*one.day = &day
	}
	return f, nil
}

// DaysInput is a stretch of days.
type DaysInput struct {
	From string `query:"from" required:"true" maxLength:"10" doc:"The first day, as 2026-11-22"`
	To   string `query:"to" required:"true" maxLength:"10" doc:"The last day"`
}

func (d DaysInput) days() (from, to period.Day, err error) {
	if from, err = dayIn("from", d.From); err != nil {
		return 0, 0, err
	}
	to, err = dayIn("to", d.To)
	return from, to, err
}

type queueCounts struct {
	Counts map[content.State]int `json:"counts" doc:"By state; a state without items is not named"`
}

func (s *Server) queueCounts(ctx context.Context, in *struct{ QueueInput }) (*body[queueCounts], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	counts, err := s.content.Counts(ctx, actorOf(ctx), f)
	return answer(queueCounts{counts}, err)
}

func (s *Server) queueChoices(ctx context.Context, _ *struct{}) (*body[planner.Choices], error) {
	return answer(s.planner.Choices(ctx, actorOf(ctx)))
}

type views struct {
	Items []planner.View `json:"items" nullable:"false"`
}

func (s *Server) listViews(ctx context.Context, _ *struct{}) (*body[views], error) {
	found, err := s.planner.Views(ctx, actorOf(ctx))
	return answer(views{found}, err)
}

type viewInput struct {
	Body struct {
		Name    string `json:"name" maxLength:"200"`
		Filters string `json:"filters" maxLength:"2000"`
	}
}

func (s *Server) saveView(ctx context.Context, in *viewInput) (*body[views], error) {
	found, err := s.planner.SaveView(ctx, actorOf(ctx), in.Body.Name, in.Body.Filters)
	return answer(views{found}, err)
}

func (s *Server) dropView(ctx context.Context, in *struct {
	N int `path:"n" minimum:"1" maximum:"2147483647"`
}) (*body[views], error) {
	found, err := s.planner.DropView(ctx, actorOf(ctx), in.N)
	return answer(views{found}, err)
}

func (s *Server) askBulk(ctx context.Context, in *struct{ Body planner.Order }) (*body[planner.Bulk], error) {
	return answer(s.planner.Ask(ctx, actorOf(ctx), in.Body))
}

// BulkInput is the order in a path.
type BulkInput struct {
	Key string `path:"key" maxLength:"64"`
}

func (s *Server) readBulk(ctx context.Context, in *BulkInput) (*body[planner.Bulk], error) {
	return answer(s.planner.Bulk(ctx, actorOf(ctx), in.Key))
}

func (s *Server) stopBulk(ctx context.Context, in *BulkInput) (*body[planner.Bulk], error) {
	return answer(s.planner.Stop(ctx, actorOf(ctx), in.Key))
}

type calendarInput struct {
	DaysInput
	By string `query:"by" enum:"mine,agency" default:"mine" doc:"Whose days the warnings go by"`
}

func (s *Server) readCalendar(ctx context.Context, in *calendarInput) (*body[planner.Plan], error) {
	from, to, err := in.days()
	if err != nil {
		return nil, err
	}
	return answer(s.planner.Plan(ctx, actorOf(ctx), from, to, in.By == "agency"))
}

func (s *Server) weighTime(ctx context.Context, in *struct {
	ContentInput
	At time.Time `query:"at" required:"true"`
}) (*body[planner.Warning], error) {
	return answer(s.planner.Weigh(ctx, actorOf(ctx), in.ID, in.At))
}

type wishInput struct {
	ContentInput
	Body struct {
		At *time.Time `json:"at,omitempty" doc:"Empty: no wish any more"`
	}
}

func (s *Server) wishContent(ctx context.Context, in *wishInput) (*body[nothing], error) {
	return answer(nothing{true}, s.planner.Wish(ctx, actorOf(ctx), in.ID, in.Body.At))
}

func (s *Server) unscheduleContent(ctx context.Context, in *ContentInput) (*body[content.Content], error) {
	return answer(s.content.Unschedule(ctx, actorOf(ctx), in.ID))
}

func (s *Server) endContent(ctx context.Context, in *ContentInput) (*body[content.Content], error) {
	done, err := s.content.End(ctx, actorOf(ctx), in.ID)
	s.share.Changed()
	return answer(done, err)
}

type holidays struct {
	Items []planner.Holiday `json:"items" nullable:"false"`
}

func (s *Server) listHolidays(ctx context.Context, in *struct{ DaysInput }) (*body[holidays], error) {
	from, to, err := in.days()
	if err != nil {
		return nil, err
	}
	found, err := s.planner.Holidays(ctx, actorOf(ctx), from, to)
	return answer(holidays{found}, err)
}

type holidayInput struct {
	Body struct {
		Day      period.Day `json:"day"`
		Name     string     `json:"name" maxLength:"300"`
		Kind     string     `json:"kind" enum:"national,leave,local"`
		AgencyID id.Agency  `json:"agency_id,omitempty" minimum:"0" maximum:"2147483647" doc:"Whose, with all below it; empty: the own agency"`
	}
}

func (s *Server) addHoliday(ctx context.Context, in *holidayInput) (*body[planner.Holiday], error) {
	return answer(s.planner.AddHoliday(ctx, actorOf(ctx), planner.Holiday{Day: in.Body.Day, Name: in.Body.Name, Kind: in.Body.Kind, AgencyID: in.Body.AgencyID}))
}

func (s *Server) dropHoliday(ctx context.Context, in *struct {
	ID int64 `path:"id" minimum:"1" maximum:"2147483647"`
}) (*body[nothing], error) {
	return answer(nothing{true}, s.planner.DropHoliday(ctx, actorOf(ctx), in.ID))
}
