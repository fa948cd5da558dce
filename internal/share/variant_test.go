package share_test

import (
	"fmt"
	"strings"
	"testing"

	"gaung/internal/caption"
	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/share"
	"gaung/internal/testkit"
)

// What a person shares on a network suits it, whether they choose or leave it to rotation, and the feed says
// what each caption is for.
func TestASharedCaptionSuitsItsNetwork(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	text := testkit.Text("Layanan baru")
	text.Captions = append(text.Captions, caption.Variant{Text: "Hanya di X.", Register: "singkat", Networks: []string{"x"}})
	item := w.live(text)
	got := map[string]bool{}
	for range 40 {
		actor := w.Staff()
		onX := w.act(actor, item, share.Request{Channel: "x"})
		got[strings.SplitN(onX.Words, "\n", 2)[0]] = true
		if done := w.act(actor, item, share.Request{Channel: "whatsapp"}); strings.Contains(done.Text, "Hanya di X.") {
			t.Error("rotation gives WhatsApp a caption for X")
		}
	}
	if len(got) != 4 {
		t.Errorf("40 persons on X: %v", got)
	}
	actor, last := w.Staff(), 3
	if _, err := w.share.Share(t.Context(), actor, item.ID, share.Request{Channel: "whatsapp", Caption: &last}); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a caption for X on WhatsApp: %v", err)
	}
	read, err := w.share.Get(t.Context(), actor, item.ID)
	if err != nil || len(read.Variants) != 4 || fmt.Sprint(read.Variants[3]) != "{singkat [x]}" || read.Suggested == last {
		t.Errorf("%+v %v", read.Variants, err)
	}
	if plain, err := w.share.Get(t.Context(), actor, w.Live("Tanpa jejaring").ID); err != nil || plain.Variants != nil {
		t.Errorf("variants that say nothing are sent: %+v %v", plain.Variants, err)
	}
}

// live takes a text live, as testkit does with its own.
func (w *world) live(text content.Text) content.Content {
	w.t.Helper()
	author, approver, publisher := w.Staff(org.Author), w.Staff(org.Approver), w.Staff(org.Publisher)
	ctx := w.t.Context()
	made, err := w.Content.Create(ctx, author, content.Outline{}, text)
	if err == nil {
		_, err = w.Content.Submit(ctx, author, made.ID)
	}
	if err == nil {
		_, err = w.Content.Approve(ctx, approver, made.ID, content.Seen{Version: 1, Step: 1}, "")
	}
	if err == nil {
		made, err = w.Content.Publish(ctx, publisher, made.ID)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}
