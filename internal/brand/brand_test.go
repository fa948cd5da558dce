package brand_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"gaung/internal/brand"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/testkit"
)

func ban(phrase, instead string) brand.Banned {
	return brand.Banned{Phrase: phrase, Instead: instead, Reason: "Bentuk baku.", Severity: brand.Warning}
}

func put(t *testing.T, k *testkit.Kit, who org.Actor, node id.Agency, base int, kit brand.Kit) brand.Effective {
	t.Helper()
	saved, err := k.Brand.Put(t.Context(), who, node, base, kit)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// A unit has what its agency and its region say, says otherwise by the same name, and tells where each
// item comes from; what a sibling says is nothing to it.
func TestAChildInheritsAddsAndOverrides(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	chief := k.Person(k.Unit.ID, org.Grant{Role: org.Publisher, Agency: k.Region.ID})
	sibling := k.Agency(k.Region, org.Body)
	put(t, k, chief, k.Region.ID, 0, brand.Kit{Voice: "Hangat.", Banned: []brand.Banned{ban("antri", "antre"), ban("Buzzer", "")}, Colors: []brand.Color{{Name: "Biru", Hex: "#0a2f5c"}}})
	put(t, k, chief, k.Dinas.ID, 0, brand.Kit{Banned: []brand.Banned{ban("buzzer", "relawan")}, Colors: []brand.Color{{Name: "Kuning", Hex: "#FFDD00"}}})
	put(t, k, chief, sibling.ID, 0, brand.Kit{Voice: "Dingin.", Banned: []brand.Banned{ban("tetangga", "")}})

	got, err := k.Brand.Get(t.Context(), chief, k.Unit.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Kit.Banned) != 2 || got.Kit.Banned[1].Instead != "relawan" || got.Kit.Voice != "Hangat." || len(got.Kit.Colors) != 2 {
		t.Errorf("the unit has %+v", got.Kit)
	}
	if got.Own.Version != 0 || len(got.Own.Kit.Banned) != 0 {
		t.Errorf("it said something itself: %+v", got.Own)
	}
	from := map[string]brand.Origin{}
	for _, origin := range got.Origins {
		from[origin.Section+"/"+origin.Key] = origin
	}
	if o := from["banned/buzzer"]; o.AgencyID != k.Dinas.ID || o.Instead != k.Region.ShortName {
		t.Errorf("buzzer comes from %+v", o)
	}
	if o := from["voice/"]; o.AgencyID != k.Region.ID || o.Instead != "" {
		t.Errorf("the voice comes from %+v", o)
	}
	if blue := got.Kit.Colors[0]; blue.Hex != "#0A2F5C" || blue.OnWhite < 12 || blue.OnBlack > 2 {
		t.Errorf("contrast of %+v", blue)
	}
	found, err := k.Brand.Lint(t.Context(), chief, k.Unit.ID, brand.Text{Title: "Antri dengan tetangga"})
	if err != nil || len(found) != 1 || found[0].Fix != "Antre" {
		t.Errorf("the linter of the unit: %+v %v", found, err)
	}
}

func TestAStaleEditIsToldWhatChanged(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	one, two := k.Staff(org.Publisher), k.Staff(org.Admin)
	put(t, k, one, k.Dinas.ID, 0, brand.Kit{Banned: []brand.Banned{ban("antri", "antre")}})
	put(t, k, two, k.Dinas.ID, 1, brand.Kit{Banned: []brand.Banned{ban("antri", "antre"), ban("himbau", "imbau")}, Voice: "Hangat."})
	_, err := k.Brand.Put(t.Context(), one, k.Dinas.ID, 1, brand.Kit{})
	if errs.CodeOf(err) != errs.Conflict || !strings.Contains(err.Error(), "gaya bahasa diubah, kata “himbau” ditambahkan") {
		t.Errorf("a stale edit: %v", err)
	}
	if got, err := k.Brand.Get(t.Context(), one, k.Dinas.ID); err != nil || got.Own.Version != 2 || got.Kit.Voice != "Hangat." {
		t.Errorf("the stale edit was written: %+v %v", got.Own, err)
	}
}

func TestWhoReadsAndWrites(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	stranger := k.Person(k.Unit.ID, org.Grant{Role: org.Publisher, Agency: k.Agency(k.Region, org.Body).ID})
	if _, err := k.Brand.Get(t.Context(), k.Staff(org.Author), k.Unit.ID); err != nil {
		t.Errorf("an author reads: %v", err)
	}
	if _, err := k.Brand.Put(t.Context(), k.Staff(org.Author, org.Auditor), k.Unit.ID, 0, brand.Kit{}); errs.CodeOf(err) != errs.Forbidden {
		t.Errorf("an author writes: %v", err)
	}
	if _, err := k.Brand.Put(t.Context(), stranger, k.Dinas.ID, 0, brand.Kit{}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a stranger writes: %v", err)
	}
	if _, err := k.Brand.Lint(t.Context(), stranger, k.Dinas.ID, brand.Text{Title: "x"}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a stranger learns the words of another: %v", err)
	}
	if _, err := k.Brand.Put(t.Context(), k.Staff(org.Publisher), k.Region.ID, 0, brand.Kit{}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a publisher writes for the node above: %v", err)
	}
}

func TestAKitIsBoundedAndWhole(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	who := k.Staff(org.Publisher)
	for name, kit := range map[string]brand.Kit{
		"logos":     {Logos: []brand.Logo{{Name: "Utama", File: strings.Repeat("a", 64) + ".png"}}}, // nobody uploaded it
		"colors":    {Colors: []brand.Color{{Name: "Biru", Hex: "biru"}}},
		"templates": {Templates: []brand.Template{{Name: "Undangan", Text: strings.Repeat("x", 2001)}}},
		"keywords":  {Keywords: []brand.Keyword{{Name: "Kosong"}}},
		"voice":     {Voice: strings.Repeat("x", 4001)},
		"banned":    {Banned: []brand.Banned{ban("sama", ""), ban("SAMA", "")}},
	} {
		_, err := k.Brand.Put(t.Context(), who, k.Dinas.ID, 0, kit)
		if errs.CodeOf(err) != errs.Invalid || !strings.Contains(fieldOf(err), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func fieldOf(err error) string {
	if e, ok := err.(*errs.Error); ok {
		return e.Field
	}
	return ""
}

// A logo keeps its pixels and what shines through, and is shown below its node and nowhere else.
func TestALogoIsShownBelowItsNode(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	who := k.Staff(org.Publisher)
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewNRGBA(image.Rect(0, 0, 900, 450))); err != nil {
		t.Fatal(err)
	}
	logo, err := k.Brand.TakeLogo(t.Context(), who, k.Dinas.ID, bytes.NewReader(file.Bytes()))
	if err != nil || logo.Width != 512 || logo.Height != 256 {
		t.Fatalf("%+v %v", logo, err)
	}
	put(t, k, who, k.Dinas.ID, 0, brand.Kit{Logos: []brand.Logo{{Name: "Utama", File: logo.File}}})
	text, err := k.Brand.LogoFile(t.Context(), who, k.Unit.ID, logo.File)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := png.Decode(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, alpha := shown.At(5, 5).RGBA(); alpha != 0 {
		t.Errorf("what was transparent is not: %d", alpha)
	}
	chief := k.Person(k.Unit.ID, org.Grant{Role: org.Admin, Agency: k.Region.ID})
	if _, err := k.Brand.LogoFile(t.Context(), chief, k.Region.ID, logo.File); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("the node above shows it: %v", err)
	}
	if _, err := k.Brand.TakeLogo(t.Context(), who, k.Dinas.ID, strings.NewReader("<svg onload=alert(1)>")); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a page was taken: %v", err)
	}
}
