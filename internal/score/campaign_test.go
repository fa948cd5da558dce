package score_test

import (
	"fmt"
	"testing"

	"gaung/internal/click"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/score"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// of is clicks on a content.
func of(content id.Content, batch []click.Counted) []click.Counted {
	for i := range batch {
		batch[i].Content = content
	}
	return batch
}

// campaign writes a campaign of an agency with one content, as its owner would.
func (w *world) campaign(agency id.Agency, content id.Content, from, to int) id.Campaign {
	w.t.Helper()
	made, err := db.Get[struct{ ID id.Campaign }](w.t.Context(), w.DB, `INSERT INTO campaign (agency_id, author_id, name, goal, from_day, to_day, people_target, created_at, updated_at)
		VALUES ($1, 1, 'Bulan posyandu', '', $2::date, $3::date, 10, now(), now()) RETURNING id`, int64(agency), november(from).String(), november(to).String())
	if err != nil {
		w.t.Fatal(err)
	}
	w.exec(`INSERT INTO campaign_content (content_id, campaign_id) VALUES ($1, $2)`, int64(content), int64(made.ID))
	return made.ID
}

// A campaign's board counts its contents within its days, as they come and, when contents are added or taken
// away later, after the job: exactly what the ledger tells.
func TestCampaignBoards(t *testing.T) {
	t.Parallel()
	k := testkit.On(t, testdb.Fresh(t))
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	first, second := k.Live("Pertama"), k.Live("Kedua")
	campaign := w.campaign(k.Dinas.ID, first.ID, 20, 30)
	for range 8 {
		w.people = append(w.people, k.Staff())
	}
	for i, p := range w.people {
		w.post(append(of(first.ID, clicks(p, november(22), 10+i/2)), of(second.ID, clicks(p, november(21), 100*(8-i)))...))
		w.post(of(first.ID, clicks(p, november(19), 50))) // before it began
	}
	name := fmt.Sprintf("campaign-%d", campaign)
	read := func() string {
		board, err := w.score.People(t.Context(), w.people[0], score.Query{Agency: k.Dinas.ID, Period: name})
		if err != nil || board.Period.Kind != period.Campaign || board.Period.Title != "Bulan posyandu" {
			t.Fatalf("%+v %v", board, err)
		}
		return fmt.Sprintf("%smine %d of %d", line(board.Items[:2]), board.Mine.Rank, board.Mine.PeopleReached)
	}
	want := fmt.Sprintf("1:%d(13) 1:%d(13) mine 7 of 10", w.people[6].User, w.people[7].User)
	if got := read(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	tables := w.tables()
	for _, again := range []func() error{func() error { return w.score.Campaign(t.Context(), campaign) }, func() error { return w.score.Rebuild(t.Context()) }} {
		if err := again(); err != nil || w.tables() != tables {
			t.Errorf("made anew it is another: %v\n%s\n%s", err, w.tables(), tables)
		}
	}
	w.exec(`INSERT INTO campaign_content (content_id, campaign_id) VALUES ($1, $2)`, int64(second.ID), int64(campaign))
	if err := w.score.Campaign(t.Context(), campaign); err != nil {
		t.Fatal(err)
	}
	want = fmt.Sprintf("1:%d(810) 2:%d(710) mine 1 of 810", w.people[0].User, w.people[1].User)
	if got := read(); got != want {
		t.Errorf("a content more: %s, want %s", got, want)
	}
	w.exec(`DELETE FROM campaign_content WHERE content_id = $1`, int64(first.ID))
	if err := w.score.Campaign(t.Context(), campaign); err != nil {
		t.Fatal(err)
	}
	want = fmt.Sprintf("1:%d(800) 2:%d(700) mine 1 of 800", w.people[0].User, w.people[1].User)
	if got := read(); got != want {
		t.Errorf("a content less: %s, want %s", got, want)
	}
	if err := w.score.Prove(t.Context()); err != nil {
		t.Fatal(err)
	}
	if proof, err := w.score.Proof(t.Context()); err != nil || proof.Scores != 0 {
		t.Errorf("%+v %v", proof, err)
	}
}

// Who may choose a campaign's board: its own people, those below, and the desks above; for all others it is
// not there. There is no board of units of a campaign.
func TestWhoSeesACampaignsBoard(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	w := &world{Kit: k, t: t, score: score.New(k.DB)}
	campaign := w.campaign(k.Dinas.ID, k.Live("Konten kampanye").ID, 20, 30)
	elsewhere := k.Agency(k.Region, org.Body)
	name := fmt.Sprintf("campaign-%d", campaign)
	for who, c := range map[string]struct {
		actor org.Actor
		sees  bool
	}{
		"own":         {k.Staff(), true},
		"elsewhere":   {k.Person(elsewhere.ID), false},
		"desk above":  {k.Person(elsewhere.ID, org.Grant{Role: org.Publisher, Agency: k.Region.ID}), true},
		"desk beside": {k.Person(elsewhere.ID, org.Grant{Role: org.Publisher, Agency: elsewhere.ID}), false},
	} {
		_, err := w.score.People(t.Context(), c.actor, score.Query{Period: name})
		list, also := w.score.Campaigns(t.Context(), c.actor)
		if (err == nil) != c.sees || !c.sees && errs.CodeOf(err) != errs.NotFound || also != nil || (len(list) > 0) != c.sees {
			t.Errorf("%s: %v, %v %v", who, err, list, also)
		}
	}
	if _, err := w.score.Units(t.Context(), k.Staff(), score.Query{Period: name}); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("units of a campaign: %v", err)
	}
	if _, err := w.score.People(t.Context(), k.Staff(), score.Query{Period: "campaign-999999999"}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("no such campaign: %v", err)
	}
}
