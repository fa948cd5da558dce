package content_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"gaung/internal/brand"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/trust"
)

// candidates are the lists of a region that votes.
var candidates = brand.Watch{
	Words:    []brand.WatchedWord{{Phrase: "Selaras Jilid Dua", Severity: brand.Error}},
	Names:    []brand.WatchedName{{Name: "Andika Saputra", Kind: brand.Candidate}},
	Accounts: []brand.WatchedAccount{{Handle: "andika.saputra"}},
}

// vote sets an election mode up for the kit's agency, from today on or from tomorrow.
func (c cast) vote(t *testing.T, from period.Day) trust.Election {
	t.Helper()
	made, err := trust.New(c.DB, c.Queue).Create(t.Context(), c.Staff(org.Admin), c.Dinas.ID, trust.Plan{Name: "Pilkada Uji", From: from, To: from.Add(60), Watch: candidates})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

var today = period.LocalDay(testdb.Now, period.MustZone("Asia/Makassar"))

var ticked = []string{"poses", "attributes", "candidates"}

func TestElectionModeWantsNeutralWordsTwoApproversAndTheChecklist(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	c.vote(t, today)
	ctx, second := t.Context(), c.Staff(org.Approver)
	partisan := testkit.Text("Bupati Andika Saputra hadir")
	partisan.OfficialPosts = []content.OfficialPost{{Network: "x", URL: "https://x.com/andika.saputra/status/1"}}
	made, err := c.Content.Create(ctx, c.author, content.Outline{}, partisan)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Content.Submit(ctx, c.author, made.ID)
	var refused *errs.Error
	if errs.CodeOf(err) != errs.Invalid || !errors.As(err, &refused) || len(refused.Fields) != 2 || refused.Fields[0].Field != "title" || refused.Fields[1].Field != "official_posts" {
		t.Fatalf("a candidate's name and account: %v", err)
	}
	made = done(c.Content.Edit(ctx, c.author, made.ID, 1, content.Outline{}, testkit.Text("Layanan hadir")))(t)
	made = done(c.Content.Submit(ctx, c.author, made.ID))(t)
	if made.Steps != 2 {
		t.Fatalf("%d steps, want a second approver", made.Steps)
	}
	if _, err := c.Content.Approve(ctx, c.approver, made.ID, seen(2, 1), ""); errs.CodeOf(err) != errs.Invalid || !strings.Contains(err.Error(), "pose") {
		t.Errorf("unticked: %v", err)
	}
	some := content.Seen{Version: 2, Step: 1, Checklist: []string{"poses", "poses", "candidates"}}
	if _, err := c.Content.Approve(ctx, c.approver, made.ID, some, ""); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("two of three: %v", err)
	}
	all := content.Seen{Version: 2, Step: 1, Checklist: ticked}
	made = done(c.Content.Approve(ctx, c.approver, made.ID, all, ""))(t)
	all.Step = 2
	if _, err := c.Content.Approve(ctx, c.approver, made.ID, all, ""); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("the same person twice: %v", err)
	}
	made = done(c.Content.Approve(ctx, second, made.ID, all, ""))(t)
	if made.State != content.Approved || len(made.Decisions[1].Ticked) != 3 {
		t.Fatalf("%s %v", made.State, made.Decisions)
	}
	if made = done(c.Content.Publish(ctx, c.publisher, made.ID))(t); made.State != content.Live {
		t.Error(made.State)
	}
}

func TestAnotherRegionIsLeftAloneUnlessItsContentIsForTheOneThatVotes(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	c.vote(t, today)
	neighbour := c.Agency(c.Region, org.Body)
	grant := func(role org.Role, node id.Agency) org.Grant { return org.Grant{Role: role, Agency: node} }
	author := c.Person(neighbour.ID, grant(org.Author, neighbour.ID))
	wide := c.Person(neighbour.ID, grant(org.Author, c.Region.ID))
	text := testkit.Text("Andika Saputra, siswa teladan")
	own := done(c.Content.Create(t.Context(), author, content.Outline{Agency: neighbour.ID}, text))(t)
	if own = done(c.Content.Submit(t.Context(), author, own.ID))(t); own.Steps != 1 {
		t.Errorf("the neighbour's chain has %d steps", own.Steps)
	}
	for _, target := range []id.Agency{c.Unit.ID, c.Region.ID} {
		into := done(c.Content.Create(t.Context(), wide, content.Outline{Agency: neighbour.ID, Targets: []id.Agency{target}}, text))(t)
		if _, err := c.Content.Submit(t.Context(), wide, into.ID); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("for people below %d who vote: %v", target, err)
		}
	}
}

func TestWhatWasUnderWayBeforeTheModeFacesIt(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	approved, scheduled, review := c.in(t, content.Approved), c.in(t, content.Scheduled), c.in(t, content.InReview)
	live := done(c.Content.Create(ctx, c.author, content.Outline{}, testkit.Text("Andika Saputra meresmikan pasar")))(t)
	live = done(c.Content.Submit(ctx, c.author, live.ID))(t)
	live = done(c.Content.Approve(ctx, c.approver, live.ID, seen(1, 1), ""))(t)
	live = done(c.Content.Publish(ctx, c.publisher, live.ID))(t)
	mode := c.vote(t, today.Add(1))

	// Before the mode begins nothing changes; nothing goes live under it that it has not seen.
	later := c.at(mode.BeginsAt.Add(time.Minute))
	if _, err := later.Publish(ctx, c.publisher, approved.ID); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("published unseen: %v", err)
	}
	for range 2 { // twice: a job may run again
		if err := later.Turned(ctx, trust.TurnedJob{ElectionID: mode.ID, Version: mode.Version}); err != nil {
			t.Fatal(err)
		}
	}
	for _, item := range []content.Content{approved, scheduled} {
		got := done(later.Get(ctx, c.author, item.ID))(t)
		if got.State != content.InReview || got.Steps != 2 || got.Step != 1 || got.PublishAt != nil || got.ApprovedVersion != 0 {
			t.Errorf("%s: %+v", item.State, got)
		}
		if told := c.told(t, "recheck", item.ID); told != 1 {
			t.Errorf("its author was told %d times", told)
		}
	}
	if got := done(later.Get(ctx, c.author, review.ID))(t); got.Steps != 2 {
		t.Errorf("in review: %d steps", got.Steps)
	}
	if told := c.told(t, "neutrality", live.ID); told != 1 {
		t.Errorf("the publishers of what is live were told %d times", told)
	}
	first := content.Seen{Version: 1, Step: 1, Checklist: ticked}
	if got := done(later.Approve(ctx, c.approver, scheduled.ID, first, ""))(t); got.State != content.InReview {
		t.Errorf("after one approval: %s", got.State)
	}
}

// at is the content service on another clock.
func (c cast) at(now time.Time) *content.Service {
	return content.New(c.DB.At(func() time.Time { return now }), c.Queue).KeepIn(c.Files)
}

// told counts the news of a kind about an item that wait to be told.
func (c cast) told(t *testing.T, what string, item id.Content) int {
	t.Helper()
	rows, err := db.All[struct{ Key string }](t.Context(), c.DB, `SELECT DISTINCT args->>'key' AS key FROM river.river_job
		WHERE kind = 'content_news' AND args->>'what' = $1 AND (args->>'content_id')::int = $2`, what, item)
	if err != nil {
		t.Fatal(err)
	}
	return len(rows)
}

func done[T any](value T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
