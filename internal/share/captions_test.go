package share_test

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/share"
	"gaung/internal/user"
)

// A thousand people share as they are suggested (R18): each caption has its part within five points, and
// none is warned of beyond what three captions must have.
func TestAThousandSharesAreEvenOverTheCaptions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item, humas := w.Live("Layanan baru"), w.Staff(org.Publisher)
	drafts := make([]user.Draft, 1000)
	for i := range drafts {
		drafts[i] = user.Draft{Name: "Orang", Email: fmt.Sprintf("ramai%d@%s.example", i, w.Unit.Code), Unit: w.Unit.ID, From: period.DayOf(2026, 1, 1)}
	}
	people, err := w.User.CreateAll(t.Context(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Learn.Vouch(t.Context(), people...); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for part := range slices.Chunk(people, 125) {
		all.Go(func() {
			for _, person := range part {
				actor := humas
				actor.User = person
				if _, err := w.share.Share(t.Context(), actor, item.ID, share.Request{Channel: []string{"whatsapp", "copy"}[person%2]}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	got, err := w.share.CaptionsOf(t.Context(), humas, item.ID)
	if err != nil || *got.Shares != 1000 || len(got.Uses) != 4 || !got.TooFew {
		t.Fatalf("%+v: %v", got, err)
	}
	for _, use := range got.Uses[:3] {
		if math.Abs(*use.Part-1.0/3) > 0.05 || len(use.Networks) != 2 {
			t.Errorf("caption %d has %.3f", use.Caption, *use.Part)
		}
	}
}

// What is told of captions: own words apart, a caption with more than a fifth is warned of from fifty shares
// on, numbers below five are not told, and what was shared before anybody noted it is not counted.
func TestACaptionThatTakesOverIsWarnedOf(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item, humas := w.Live("Layanan baru"), w.Staff(org.Publisher)
	pass := func(n int, r share.Request) (last org.Actor) {
		r.Channel = "whatsapp"
		for range n {
			last = w.Staff()
			w.act(last, item, r)
		}
		return last
	}
	first, second := 0, 1
	pass(40, share.Request{Caption: &first})
	mind := pass(6, share.Request{Caption: &second})
	pass(3, share.Request{Text: "Dengan kata saya."})
	// The six go with the three: the three would be what is left.
	if got, err := w.share.CaptionsOf(t.Context(), humas, item.ID); err != nil || len(got.Warned) != 0 || *got.Shares != 49 || got.Uses[1].Shares != nil ||
		got.Uses[3].Caption != -1 || got.Uses[3].Shares != nil || got.Uses[3].Part != nil || len(got.Uses[3].Networks) != 0 || *got.Uses[2].Shares != 0 {
		t.Fatalf("49 shares: %+v: %v", got, err)
	}
	w.act(mind, item, share.Request{Channel: "whatsapp", Caption: &first}) // again, with another: still one share
	w.exec(`UPDATE act SET caption = -1 WHERE (user_id, content_id) IN (SELECT user_id, content_id FROM act WHERE content_id = $1 AND caption IS NULL LIMIT 1)`, item.ID)
	pass(5, share.Request{Caption: &second})
	got, err := w.share.CaptionsOf(t.Context(), humas, item.ID)
	if err != nil || !slices.Equal(got.Warned, []int{0}) || *got.Shares != 53 || *got.Uses[0].Shares != 41 || got.Uses[1].Shares != nil {
		t.Errorf("%+v: %v", got, err)
	}
	neighbour := w.Person(w.Agency(w.Region, org.Body).ID, org.Grant{Role: org.Publisher, Agency: w.Unit.ID})
	if _, err := w.share.CaptionsOf(t.Context(), neighbour, item.ID); err == nil {
		t.Error("who does not see the content reads how it is shared")
	}
}

// Open clients learn of a recall by one short list, the same out of memory and by SQL, whose tag moves with it.
func TestWhatWasWithdrawnLatelyIsOneShortList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.load(w.share)
	item, humas := w.Live("Layanan baru"), w.Staff(org.Publisher)
	before, err := w.share.WithdrawnLately(t.Context())
	if err != nil || slices.Contains(before.Withdrawn, item.ID) {
		t.Fatalf("%+v: %v", before, err)
	}
	if _, err := w.Content.Recall(t.Context(), humas, item.ID, "Angka keliru.", id.Content(0)); err != nil {
		t.Fatal(err)
	}
	w.share.Changed()
	after, err := w.share.WithdrawnLately(t.Context())
	if err != nil || !slices.Contains(after.Withdrawn, item.ID) || after.Tag == before.Tag {
		t.Errorf("%+v: %v", after, err)
	}
	cold, err := newWorld(t).share.WithdrawnLately(t.Context())
	if err != nil || !slices.Contains(cold.Withdrawn, item.ID) {
		t.Errorf("by SQL: %+v: %v", cold, err)
	}
}
