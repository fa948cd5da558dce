package content_test

import (
	"errors"
	"testing"
	"time"

	"gaung/internal/account"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/trust"
)

// registered adds an account of the kit's agency.
func (c cast) registered(t *testing.T, plan account.Plan) account.Account {
	t.Helper()
	return done(account.New(c.DB).Create(t.Context(), c.Staff(org.Publisher), c.Dinas.ID, plan))(t)
}

func on(network, url string) content.Text {
	text := testkit.Text("Layanan hadir")
	text.OfficialPosts = []content.OfficialPost{{Network: network, URL: url}}
	return text
}

func TestAnOfficialPostStandsOnARegisteredAccount(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	mine := c.registered(t, account.Plan{Network: "x", Handle: " @Dinas_Uji ", Kind: account.Official})
	for _, one := range []struct {
		network, url string
		wants        errs.Code
	}{
		{"x", "https://x.com/dinas_uji/status/1", ""},
		{"x", "https://x.com/orang_lain/status/1", errs.Invalid},
		{"instagram", "https://www.instagram.com/p/abc/", ""}, // the region's only account can be meant
		{"instagram", "https://www.instagram.com/orang.lain/", errs.Invalid},
		{"tiktok", "https://www.tiktok.com/@dinas_uji/video/1", errs.Invalid}, // none is registered
	} {
		made := done(c.Content.Create(t.Context(), c.author, content.Outline{}, on(one.network, one.url)))(t)
		_, err := c.Content.Submit(t.Context(), c.author, made.ID)
		if got := codeOf(err); got != one.wants {
			t.Errorf("%s: %v", one.url, err)
		}
	}
	made := done(c.Content.Create(t.Context(), c.author, content.Outline{}, on("x", "https://x.com/dinas_uji/status/2")))(t)
	if made.OfficialPosts[0].AccountID != mine.ID {
		t.Errorf("account %d", made.OfficialPosts[0].AccountID)
	}
	if _, err := account.New(c.DB).Create(t.Context(), c.Staff(org.Admin), c.Dinas.ID, account.Plan{Network: "x", Handle: "DINAS_UJI", Kind: account.Official}); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("the same account again: %v", err)
	}
}

func codeOf(err error) errs.Code {
	if err == nil {
		return ""
	}
	return errs.CodeOf(err)
}

// A personal account is off, can be opened for some days, is closed again after them, and never serves in an election.
func TestAPersonalAccountServesOnlyWhileItIsOpen(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, admin, registry := t.Context(), c.Staff(org.Admin), account.New(c.DB)
	theirs := c.registered(t, account.Plan{Network: "x", Handle: "bupati_uji", Kind: account.Personal, Owner: "Bupati"})
	made := done(c.Content.Create(ctx, c.author, content.Outline{}, on("x", "https://x.com/bupati_uji/status/1")))(t)
	if _, err := c.Content.Submit(ctx, c.author, made.ID); errs.CodeOf(err) != errs.Invalid {
		t.Fatalf("it was never opened: %v", err)
	}
	if _, err := registry.Open(ctx, c.Staff(org.Publisher), theirs.ID, theirs.Version, today, "Surat 1"); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("opened by a publisher: %v", err)
	}
	var refused *errs.Error
	if _, err := registry.Open(ctx, admin, theirs.ID, theirs.Version, today.Add(91), " "); !errors.As(err, &refused) || len(refused.Fields) != 2 {
		t.Errorf("too long and for no reason: %v", err)
	}
	theirs = done(registry.Open(ctx, admin, theirs.ID, theirs.Version, today.Add(3), "Surat 800/1/2026"))(t)
	if theirs.State != "open" {
		t.Error(theirs.State)
	}
	made = done(c.Content.Submit(ctx, c.author, made.ID))(t)
	made = done(c.Content.Approve(ctx, c.approver, made.ID, seen(1, 1), ""))(t)
	made = done(c.Content.Schedule(ctx, c.publisher, made.ID, testdb.Now.Add(5*24*time.Hour)))(t)

	// Its day is over when the content would go live: it goes back to review and does not go out.
	later := c.at(testdb.Now.Add(5*24*time.Hour + time.Minute))
	if err := later.GoesLive(ctx, made.ID); err != nil {
		t.Fatal(err)
	}
	if got := done(later.Get(ctx, c.author, made.ID))(t); got.State != content.InReview {
		t.Errorf("%s", got.State)
	}
	if _, err := later.Approve(ctx, c.approver, made.ID, seen(1, 1), ""); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("approved on a closed account: %v", err)
	}

	c.vote(t, today)
	made = done(c.Content.Create(ctx, c.author, content.Outline{}, on("x", "https://x.com/bupati_uji/status/2")))(t)
	if _, err := c.Content.Submit(ctx, c.author, made.ID); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("open, but an election mode holds: %v", err)
	}
}

// A mandate needs its whole letter, is shown while it lasts, and ends by itself.
func TestAMandateIsWholeOrThereIsNone(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	yesterday, until := today.Add(-1), today.Add(10)
	text := testkit.Text("Layanan hadir")
	text.Mandate = &trust.Mandate{Number: "800/1/2026", Signer: " ", Until: &yesterday}
	made := done(c.Content.Create(ctx, c.author, content.Outline{}, text))(t)
	var refused *errs.Error
	if _, err := c.Content.Submit(ctx, c.author, made.ID); !errors.As(err, &refused) || len(refused.Fields) != 4 {
		t.Fatalf("without signer, basis and date, and over: %v", err)
	}
	text.Mandate = &trust.Mandate{Number: "800/1/2026", Date: &yesterday, Signer: "Sekretaris Daerah", Basis: "Inpres 9/2015", Until: &until}
	made = done(c.Content.Edit(ctx, c.author, made.ID, 1, content.Outline{}, text))(t)
	made = done(c.Content.Submit(ctx, c.author, made.ID))(t)
	made = done(c.Content.Approve(ctx, c.approver, made.ID, seen(2, 1), ""))(t)
	made = done(c.Content.Publish(ctx, c.publisher, made.ID))(t)
	if made.Mandate == nil || made.Mandate.Number != "800/1/2026" || *made.Mandate.Until != until {
		t.Errorf("%+v", made.Mandate)
	}
	row, err := db.Get[struct{ At time.Time }](ctx, c.DB, `SELECT scheduled_at AS at FROM river.river_job WHERE kind = 'content_mandate_over' AND (args->>'content_id')::int = $1`, made.ID)
	if want := until.Add(1).Start(period.MustZone("Asia/Makassar")); err != nil || !row.At.Equal(want) {
		t.Errorf("it ends at %v, want %v (%v)", row.At, want, err)
	}
}
