package brand

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sentence is one labelled line of testdata.
type sentence struct {
	line  int
	rules []string
	text  string
}

func readSentences(t *testing.T, name string) (all []sentence) {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		labels, text, ok := strings.Cut(lines.Text(), " | ")
		if strings.HasPrefix(lines.Text(), "#") || !ok {
			continue
		}
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`)
		if err != nil {
			t.Fatalf("%s:%d: %v", name, n, err)
		}
		s := sentence{line: n, text: text}
		if labels != "-" {
			s.rules = strings.Split(labels, ",")
		}
		all = append(all, s)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// tally counts what was found and should be, what should not be, and what was missed.
type tally struct{ right, wrong, missed int }

func (c tally) precision() float64 { return ratio(c.right, c.right+c.wrong) }
func (c tally) recall() float64    { return ratio(c.right, c.right+c.missed) }

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func (c tally) String() string {
	return fmt.Sprintf("precision %.3f recall %.3f (right %d, wrong %d, missed %d)", c.precision(), c.recall(), c.right, c.wrong, c.missed)
}

var severityOf = map[string]Severity{"like_bait": Error, "coercion": Error, "reply_task": Error, "campaign": Error, "campaign_word": Warning,
	"praise": Warning, "personal_id": Error, "phone": Warning, "account": Warning, "shouting": Warning, "hidden_char": Error, "short_link": Warning,
	"plain_words": Hint, "long_sentence": Hint}

// score lints each sentence as a caption and compares, rule by rule.
func score(t *testing.T, name string, tell bool) (bySeverity map[Severity]tally, byRule map[string]tally) {
	bySeverity, byRule = map[Severity]tally{}, map[string]tally{}
	for _, s := range readSentences(t, name) {
		found := map[string]bool{}
		for _, f := range Lint(Kit{}, Text{Captions: []string{s.text}}) {
			found[f.Rule] = true
		}
		for rule, severity := range severityOf {
			c, all := byRule[rule], bySeverity[severity]
			switch labelled := slices.Contains(s.rules, rule); {
			case labelled && found[rule]:
				c.right, all.right = c.right+1, all.right+1
			case found[rule]:
				c.wrong, all.wrong = c.wrong+1, all.wrong+1
				if tell {
					t.Logf("%s:%d: a false alarm of %s: %s", name, s.line, rule, s.text)
				}
			case labelled:
				c.missed, all.missed = c.missed+1, all.missed+1
				if tell {
					t.Logf("%s:%d: %s is missed: %s", name, s.line, rule, s.text)
				}
			}
			byRule[rule], bySeverity[severity] = c, all
		}
	}
	for rule, c := range byRule {
		t.Logf("%-14s %-8s %s", rule, severityOf[rule], c)
	}
	return bySeverity, byRule
}

func TestTheRulesHoldOnTheSentencesTheyWereWrittenBy(t *testing.T) {
	t.Parallel()
	bySeverity, _ := score(t, "tuning.txt", true)
	for severity, c := range bySeverity {
		t.Logf("%s: %s", severity, c)
		if c.precision() < 0.9 || c.recall() < 0.9 {
			t.Errorf("%s: %s, want 0.9 each", severity, c)
		}
	}
}

// reached are first scores on sentences that were kept back: no rule had been written by them. held_out.txt was
// written by the author of the rules, and what was wrong then was mended afterwards; unseen.txt was written by
// somebody else and mended nothing. No later change may fall below either.
var reached = map[string]map[Severity]tally{
	"held_out.txt": {Error: {33, 1, 9}, Warning: {29, 2, 2}, Hint: {6, 0, 0}},
	"unseen.txt":   {Error: {34, 1, 25}, Warning: {30, 3, 9}, Hint: {9, 0, 0}},
}

func TestTheRulesHoldOnSentencesTheyHadNotSeen(t *testing.T) {
	t.Parallel()
	for name, wanted := range reached {
		bySeverity, _ := score(t, name, true)
		for severity, want := range wanted {
			got := bySeverity[severity]
			t.Logf("%s: %s: %s", name, severity, got)
			if got.precision() < want.precision() || got.recall() < want.recall() {
				t.Errorf("%s: %s: %s, was %s", name, severity, got, want)
			}
		}
	}
}
