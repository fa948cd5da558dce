package paper_test

import (
	"slices"
	"strings"
	"testing"

	"gaung/internal/paper"
)

// Words that fit stay as they are; of a longer one nothing is lost, and each part fits.
func TestAWordIsBrokenOnlyWhereItMustBe(t *testing.T) {
	t.Parallel()
	name := "Dinas Komunikasi, Informatika, dan Statistik"
	if got := paper.Fit("  "+name+"\n", 8, 60); got != name {
		t.Errorf("%q", got)
	}
	word := strings.Repeat("W", 60)
	parts := strings.Fields(paper.Fit(word, 8, 60))
	if strings.Join(parts, "") != word || len(parts) < 3 || len(parts) > 4 { // a W is about 2.7 mm
		t.Errorf("%d parts: %q", len(parts), parts)
	}
	if slices.ContainsFunc(parts, func(part string) bool { return len(part) > 60*10/27+1 }) {
		t.Errorf("%q", parts)
	}
	if got := paper.Fit("ii", 8, .1); got != "i i" {
		t.Errorf("%q", got)
	}
}

// What no letter of the file can show does not become another letter or a second line.
func TestOnlyWhatCanBeSetIsKept(t *testing.T) {
	t.Parallel()
	if got := paper.Clean("Kabar\tbaik\r\n\u202e🎉 \x00\U0001F1EE±÷τ"); got != "Kabar baik ? ?±÷τ" {
		t.Errorf("%q", got)
	}
}

// A sign that the letters do not have is known, so that the paper can say what stands for it.
func TestWhatIsLackingIsKnown(t *testing.T) {
	t.Parallel()
	for words, lacks := range map[string]bool{"Dinas Kesehatan – “Sehat” ±÷": false, "Kabar 🎉": true, "العربية": true, "ꦗꦮ": true, "\u202e": false} {
		if paper.Lacks(words) != lacks {
			t.Errorf("%q: %v", words, !lacks)
		}
	}
	if got := paper.Clean("Syukur الله"); got != "Syukur ????" {
		t.Errorf("%q", got)
	}
}
