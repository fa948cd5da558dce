package caption

import (
	"slices"
	"testing"

	"gaung/internal/errs"
)

// A network gets its own captions first, then those for all, and never another network's.
func TestANetworkGetsWhatSuitsIt(t *testing.T) {
	t.Parallel()
	variants := []Variant{{Text: "semua"}, {Text: "x", Networks: []string{"x", "threads"}}, {Text: "semua juga"}, {Text: "wa", Networks: []string{"whatsapp"}}}
	for network, want := range map[string][]int{"x": {1, 0, 2}, "whatsapp": {3, 0, 2}, "telegram": {0, 2}, "": {0, 2}} {
		if got := Suiting(variants, network); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", network, got, want)
		}
	}
	if got := Anywhere(variants[1:2]); !slices.Equal(got, []int{0}) {
		t.Errorf("of one for a network alone: %v", got)
	}
}

// Wherever a content can be shared there are three wordings; one for a network alone does not count elsewhere.
func TestEveryNetworkHasThreeVariants(t *testing.T) {
	t.Parallel()
	told := func(variants ...Variant) string {
		var f errs.Faults
		Check(&f, variants)
		CheckEnough(&f, variants)
		if len(f) == 0 {
			return ""
		}
		return f[0].Message
	}
	three := Plain("satu", "dua", "tiga")
	if got := told(append(three, Variant{Text: "empat", Register: "santai", Networks: []string{"x"}})...); got != "" {
		t.Error(got)
	}
	if got := told(Variant{Text: "satu"}, Variant{Text: "dua"}, Variant{Text: "tiga", Networks: []string{"x"}}); got == "" {
		t.Error("two for WhatsApp are enough")
	}
	for _, bad := range []Variant{{Text: "x", Register: "gaul"}, {Text: "x", Networks: []string{"friendster"}}, {Text: "x", Networks: []string{"x", "x"}}} {
		if got := told(append(slices.Clone(three), bad)...); got == "" {
			t.Errorf("%+v is taken", bad)
		}
	}
}
