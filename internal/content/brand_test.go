package content_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gaung/internal/brand"
	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/testkit"
)

// What breaks the kit of the agency, or a rule of the house, is refused by field and with its reason; a
// warning is not; mended it passes. An edit that goes straight back to review is held to the same.
func TestATextThatBreaksTheKitIsRefusedUntilItIsMended(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	if _, err := c.Brand.Put(ctx, c.publisher, c.Dinas.ID, 0, brand.Kit{Banned: []brand.Banned{
		{Phrase: "buzzer", Reason: "Merendahkan pegawai.", Severity: brand.Error}, {Phrase: "antri", Reason: "Bentuk baku.", Instead: "antre", Severity: brand.Warning}}}); err != nil {
		t.Fatal(err)
	}
	text := testkit.Text("Antri tanpa buzzer")
	text.Captions[2].Text = "Seluruh ASN wajib membagikan unggahan ini."
	made, err := c.Content.Create(ctx, c.author, content.Outline{}, text)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Content.Submit(ctx, c.author, made.ID)
	var refused *errs.Error
	if !errors.As(err, &refused) || refused.Code != errs.Invalid || len(refused.Fields) != 2 {
		t.Fatalf("submit: %v", err)
	}
	if !strings.Contains(refused.Fields[0].Message, "Merendahkan pegawai.") || refused.Fields[1].Field != "captions" || !strings.Contains(refused.Fields[1].Message, "Keterangan 3") {
		t.Errorf("told: %+v", refused.Fields)
	}
	mended := testkit.Text("Antri tanpa antrean")
	if made, err = c.Content.Edit(ctx, c.author, made.ID, made.Version, content.Outline{}, mended); err != nil {
		t.Fatal(err)
	}
	if made, err = c.Content.Submit(ctx, c.author, made.ID); err != nil || made.State != content.InReview {
		t.Fatalf("mended: %s %v", made.State, err)
	}
	if _, err = c.Content.Edit(ctx, c.author, made.ID, made.Version, content.Outline{}, text); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("an edit under review: %v", err)
	}
}

// The author reads a text and its kit together.
func TestReadersOfContentsReadKits(t *testing.T) {
	t.Parallel()
	if !slices.Equal(brand.Readers(), content.Readers()) {
		t.Errorf("kits: %v, contents: %v", brand.Readers(), content.Readers())
	}
}
