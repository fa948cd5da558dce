package content_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"gaung/internal/caption"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

var tomorrow = testdb.Now.Add(24 * time.Hour)

type cast struct {
	*testkit.Kit
	author, approver, publisher org.Actor
}

func newCast(t *testing.T) cast {
	k := testkit.New(t)
	return cast{k, k.Staff(org.Author), k.Staff(org.Approver), k.Staff(org.Publisher)}
}

// in brings a new item into a state through the public methods.
func (c cast) in(t *testing.T, state content.State) content.Content {
	t.Helper()
	ctx := t.Context()
	made, err := c.Content.Create(ctx, c.author, content.Outline{}, testkit.Text("Layanan keliling hadir"))
	step := func(act func() (content.Content, error)) {
		if err == nil {
			made, err = act()
		}
	}
	submit := func() { step(func() (content.Content, error) { return c.Content.Submit(ctx, c.author, made.ID) }) }
	approve := func() {
		submit()
		step(func() (content.Content, error) {
			return c.Content.Approve(ctx, c.approver, made.ID, content.Seen{Version: 1, Step: 1}, "")
		})
	}
	live := func() {
		approve()
		step(func() (content.Content, error) { return c.Content.Publish(ctx, c.publisher, made.ID) })
	}
	switch state {
	case content.Draft:
	case content.InReview:
		submit()
	case content.ChangesRequested:
		submit()
		step(func() (content.Content, error) {
			return c.Content.Return(ctx, c.approver, made.ID, content.Seen{Version: 1, Step: 1}, "Perjelas jadwal.")
		})
	case content.Approved:
		approve()
	case content.Scheduled:
		approve()
		step(func() (content.Content, error) { return c.Content.Schedule(ctx, c.publisher, made.ID, tomorrow) })
	case content.Live:
		live()
	case content.Recalled:
		live()
		step(func() (content.Content, error) {
			return c.Content.Recall(ctx, c.publisher, made.ID, "Keliru tanggal.", 0)
		})
	}
	if err != nil || made.State != state {
		t.Fatalf("want %s, got %s: %v", state, made.State, err)
	}
	return made
}

// What each state allows, written down apart from the code: author, approver, publisher.
func TestEveryActionInEveryState(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	allowed := map[content.State]map[content.Action]content.State{
		content.Draft:            {content.Edit: content.Draft, content.Submit: content.InReview},
		content.InReview:         {content.Edit: content.InReview, content.Approve: content.Approved, content.Return: content.ChangesRequested},
		content.ChangesRequested: {content.Edit: content.ChangesRequested, content.Submit: content.InReview},
		content.Approved: {content.Edit: content.InReview, content.Return: content.ChangesRequested,
			content.Schedule: content.Scheduled, content.Publish: content.Live},
		content.Scheduled: {content.Edit: content.InReview, content.Schedule: content.Scheduled, content.Publish: content.Live},
		content.Live:      {content.Recall: content.Recalled},
		content.Recalled:  {},
	}
	owner := map[content.Action]org.Actor{content.Edit: c.author, content.Submit: c.author, content.Approve: c.approver,
		content.Return: c.approver, content.Schedule: c.publisher, content.Publish: c.publisher, content.Recall: c.publisher}
	for state, moves := range allowed {
		for action, actor := range owner {
			for _, who := range []org.Actor{c.author, c.approver, c.publisher} {
				made := c.in(t, state)
				got, err := act(t.Context(), c, who, made, action)
				want, ok := moves[action]
				switch {
				case who.User != actor.User && errs.CodeOf(err) != errs.Forbidden:
					t.Errorf("%s on %s by the wrong role: %v", action, state, err)
				case who.User == actor.User && ok && (err != nil || got.State != want):
					t.Errorf("%s on %s: got %s, want %s: %v", action, state, got.State, want, err)
				case who.User == actor.User && !ok && errs.CodeOf(err) != errs.Conflict:
					t.Errorf("%s on %s was not refused: %v", action, state, err)
				}
			}
		}
	}
}

func act(ctx context.Context, c cast, who org.Actor, made content.Content, action content.Action) (content.Content, error) {
	switch action {
	case content.Edit:
		return c.Content.Edit(ctx, who, made.ID, made.Version, content.Outline{}, testkit.Text("Judul kedua"))
	case content.Submit:
		return c.Content.Submit(ctx, who, made.ID)
	case content.Approve:
		return c.Content.Approve(ctx, who, made.ID, content.Seen{Version: made.Version, Step: 1}, "")
	case content.Return:
		return c.Content.Return(ctx, who, made.ID, content.Seen{Version: made.Version, Step: 1}, "Perjelas jadwal.")
	case content.Schedule:
		return c.Content.Schedule(ctx, who, made.ID, tomorrow)
	case content.Publish:
		return c.Content.Publish(ctx, who, made.ID)
	}
	return c.Content.Recall(ctx, who, made.ID, "Keliru tanggal.", 0)
}

func TestNobodyApprovesTheirOwn(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	both := k.Staff(org.Author, org.Approver)
	made, err := k.Content.Create(t.Context(), both, content.Outline{}, testkit.Text("Milik sendiri"))
	if err == nil {
		made, err = k.Content.Submit(t.Context(), both, made.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Content.Approve(t.Context(), both, made.ID, content.Seen{Version: 1, Step: 1}, ""); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("got %v", err)
	}
	for _, action := range made.Actions {
		if action == content.Approve {
			t.Error("the console is offered what would be refused")
		}
	}
}

func TestAnApprovalNamesTheVersionThatWasSeen(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	made := c.in(t, content.InReview)
	if _, err := c.Content.Edit(t.Context(), c.author, made.ID, 1, content.Outline{}, testkit.Text("Judul diganti")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Content.Approve(t.Context(), c.approver, made.ID, content.Seen{Version: 1, Step: 1}, ""); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a stale version was approved: %v", err)
	}
	got, err := c.Content.Approve(t.Context(), c.approver, made.ID, content.Seen{Version: 2, Step: 1}, "")
	if err != nil || got.ApprovedVersion != 2 || len(got.Decisions) != 1 || got.Decisions[0].Version != 2 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTwoEditorsLoseNothing(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	made := c.in(t, content.Draft)
	first := testkit.Text("Dari tab pertama")
	if _, err := c.Content.Edit(t.Context(), c.author, made.ID, 1, content.Outline{}, first); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Content.Edit(t.Context(), c.author, made.ID, 1, content.Outline{}, testkit.Text("Dari tab kedua")); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("the second tab overwrote the first: %v", err)
	}
	if got, err := c.Content.Get(t.Context(), c.author, made.ID); err != nil || got.Title != first.Title || got.Version != 2 {
		t.Errorf("%+v, %v", got, err)
	}
}

// Two tabs that save at the very same moment: one wins, and the other is told so, not that it is gone.
func TestSavesAtOneMomentConflict(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	made := c.in(t, content.Draft)
	results := make(chan error, 4)
	for range cap(results) {
		go func() {
			_, err := c.Content.Edit(t.Context(), c.author, made.ID, 1, content.Outline{}, testkit.Text("Serentak"))
			results <- err
		}()
	}
	won := 0
	for range cap(results) {
		if err := <-results; err == nil {
			won++
		} else if errs.CodeOf(err) != errs.Conflict {
			t.Errorf("got %v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d saves won", won)
	}
}

func TestEightApproversGiveOneApproval(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	made := c.in(t, content.InReview)
	var wait sync.WaitGroup
	var mu sync.Mutex
	codes := map[errs.Code]int{}
	for range 8 {
		approver := c.Staff(org.Approver)
		wait.Go(func() {
			_, err := c.Content.Approve(t.Context(), approver, made.ID, content.Seen{Version: 1, Step: 1}, "")
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				codes["ok"]++
			} else {
				codes[errs.CodeOf(err)]++
			}
		})
	}
	wait.Wait()
	if codes["ok"] != 1 || codes[errs.Conflict] != 7 {
		t.Errorf("got %v", codes)
	}
}

func TestSubmitNamesEverythingThatIsMissing(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	made, err := c.Content.Create(t.Context(), c.author, content.Outline{}, content.Text{Title: "Baru judul", Classification: "dikecualikan",
		Captions: caption.Plain("sama", "sama", "lain")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Content.Submit(t.Context(), c.author, made.ID)
	var got []string
	if e, ok := err.(*errs.Error); ok {
		for _, f := range e.Fields {
			got = append(got, f.Field)
		}
	}
	want := []string{"summary", "kind", "pillar", "stage", "topic", "classification", "body", "captions"}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v (%v)", got, want, err)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

func TestDraftRefusesWhatCanNeverBeRight(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	for field, change := range map[string]func(*content.Text){
		"title":          func(x *content.Text) { x.Title = " " },
		"landing_url":    func(x *content.Text) { x.LandingURL = "javascript:alert(1)" },
		"official_posts": func(x *content.Text) { x.OfficialPosts[0].URL = "http://instagram.com/p/x" },
		"hashtags":       func(x *content.Text) { x.Hashtags = []string{"#dua kata"} },
		"kind":           func(x *content.Text) { x.Kind = "lomba" },
	} {
		text := testkit.Text("Judul")
		change(&text)
		_, err := c.Content.Create(t.Context(), c.author, content.Outline{}, text)
		if e, ok := err.(*errs.Error); !ok || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestAnotherAgencySeesNothing(t *testing.T) {
	t.Parallel()
	c, other := newCast(t), newCast(t)
	made := c.in(t, content.InReview)
	for _, stranger := range []org.Actor{other.approver, c.Staff()} {
		if _, err := c.Content.Get(t.Context(), stranger, made.ID); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("read: %v", err)
		}
		if _, err := c.Content.Approve(t.Context(), stranger, made.ID, content.Seen{Version: 1, Step: 1}, ""); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("approve: %v", err)
		}
		if list, err := c.Content.List(t.Context(), stranger, content.Filter{}); err != nil || len(list.Items) > 0 {
			t.Errorf("list: %v, %v", list.Items, err)
		}
	}
	targets := content.Outline{Targets: []id.Agency{other.Dinas.ID}}
	if _, err := c.Content.Create(t.Context(), c.author, targets, testkit.Text("Ke tetangga")); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("an audience outside the own subtree: %v", err)
	}
	elsewhere := content.Outline{Agency: other.Dinas.ID}
	if _, err := c.Content.Create(t.Context(), c.author, elsewhere, testkit.Text("Atas nama tetangga")); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("for another agency: %v", err)
	}
}

func TestRecallLeadsToALiveCorrection(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	wrong, draft, right := c.in(t, content.Live), c.in(t, content.Draft), c.in(t, content.Live)
	for name, correction := range map[string]id.Content{"itself": wrong.ID, "a draft": draft.ID, "nothing": 1 << 23} {
		if _, err := c.Content.Recall(t.Context(), c.publisher, wrong.ID, "Keliru.", correction); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s as the correction: %v", name, err)
		}
	}
	if _, err := c.Content.Recall(t.Context(), c.publisher, wrong.ID, "  ", right.ID); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("no reason: %v", err)
	}
	got, err := c.Content.Recall(t.Context(), c.publisher, wrong.ID, "Tanggal keliru.", right.ID)
	if err != nil || got.CorrectionID != right.ID || got.RecallReason != "Tanggal keliru." {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestEveryMoveIsAudited(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	made := c.in(t, content.Live)
	rows, err := db.All[struct{ Action string }](t.Context(), c.DB, `SELECT action FROM audit_log WHERE subject = $1 ORDER BY id`, fmt.Sprintf("content/%d", made.ID))
	if err != nil || len(rows) != 4 || rows[3].Action != "content.publish" {
		t.Errorf("%v, %v", rows, err)
	}
}
