package org_test

import (
	"testing"

	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/testkit"
)

func codes(list []org.Agency) map[id.Agency]bool {
	seen := map[id.Agency]bool{}
	for _, a := range list {
		seen[a.ID] = true
	}
	return seen
}

func TestOneSeesTheOwnBranchAndTheGrantedSubtree(t *testing.T) {
	t.Parallel()
	k, other := testkit.New(t), testkit.New(t)
	sibling := k.Agency(k.Region, org.Body)
	plain, head := k.Staff(), k.Person(k.Unit.ID, org.Grant{Role: org.Leader, Agency: k.Region.ID})

	for name, c := range map[string]struct {
		actor   org.Actor
		sibling bool
	}{"a plain ASN": {plain, false}, "a leader of the region": {head, true}} {
		list, err := k.Org.List(t.Context(), c.actor, org.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		seen := codes(list.Items)
		if !seen[k.Region.ID] || !seen[k.Dinas.ID] || !seen[k.Unit.ID] {
			t.Errorf("%s does not see the own branch: %v", name, list.Items)
		}
		if seen[sibling.ID] != c.sibling || seen[other.Dinas.ID] {
			t.Errorf("%s: sees %v", name, list.Items)
		}
		if _, err := k.Org.Get(t.Context(), c.actor, other.Dinas.ID); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%s reads another region: %v", name, err)
		}
	}
}

func TestListIsPagedByCode(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	admin := k.Person(k.Unit.ID, org.Grant{Role: org.Admin, Agency: k.Region.ID})
	filter := org.Filter{}
	filter.Limit = 2
	first, err := k.Org.List(t.Context(), admin, filter)
	if err != nil || len(first.Items) != 2 || first.Next == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	filter.After = first.Next
	second, err := k.Org.List(t.Context(), admin, filter)
	if err != nil || len(second.Items) != 1 || second.Next != "" || second.Items[0].ID != k.Unit.ID {
		t.Errorf("%+v, %v", second, err)
	}
	filter.After = "bukan-penunjuk"
	if _, err := k.Org.List(t.Context(), admin, filter); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a broken cursor: %v", err)
	}
}

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	k, other := testkit.New(t), testkit.New(t)
	admin := k.Staff(org.Admin)
	good := org.Draft{ParentID: k.Dinas.ID, Kind: org.Unit, Code: k.Dinas.Code + "-9", Name: "Bidang Baru"}
	if _, err := k.Org.Create(t.Context(), admin, good); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*org.Draft)
		code   errs.Code
		field  string
	}{
		"a code that is taken":       {func(d *org.Draft) {}, errs.Invalid, "code"},
		"a code with spaces":         {func(d *org.Draft) { d.Code = "A B" }, errs.Invalid, "code"},
		"no name":                    {func(d *org.Draft) { d.Name = "  " }, errs.Invalid, "name"},
		"a region in an agency":      {func(d *org.Draft) { d.Kind = org.Region; d.Code += "x" }, errs.Invalid, "kind"},
		"a zone outside Indonesia":   {func(d *org.Draft) { d.Zone = "Asia/Singapore" }, errs.Invalid, "zone"},
		"above the own agency":       {func(d *org.Draft) { d.ParentID = k.Region.ID }, errs.NotFound, ""},
		"in another region entirely": {func(d *org.Draft) { d.ParentID = other.Dinas.ID }, errs.NotFound, ""},
	} {
		draft := good
		c.change(&draft)
		_, err := k.Org.Create(t.Context(), admin, draft)
		if got := errs.CodeOf(err); got != c.code {
			t.Errorf("%s: %v", name, err)
		}
		if e, ok := err.(*errs.Error); ok && e.Field != c.field {
			t.Errorf("%s: field %q, want %q", name, e.Field, c.field)
		}
	}
}

func TestRenameNeedsTheAdministrator(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	if _, err := k.Org.Rename(t.Context(), k.Staff(org.Publisher), k.Unit.ID, "Baru", "Baru"); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("a publisher renamed a unit: %v", err)
	}
	changed, err := k.Org.Rename(t.Context(), k.Staff(org.Admin), k.Unit.ID, " Bidang Layanan ", "Layanan")
	if err != nil || changed.Name != "Bidang Layanan" || changed.Code != k.Unit.Code {
		t.Errorf("%+v, %v", changed, err)
	}
}
