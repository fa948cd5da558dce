package click

import (
	"os"
	"strings"
	"testing"
)

// Each line of testdata/fresh*.txt says what an agent is. They were written from memory before the rules
// were touched, the second set after the rules had been mended: docs/decisions/0028-verdicts.md has what
// they first scored.
func TestAgentsFromMemoryAreTold(t *testing.T) {
	t.Parallel()
	rules := newClassifier()
	for _, file := range []string{"testdata/fresh1.txt", "testdata/fresh2.txt"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for line := range strings.Lines(string(text)) {
			want, agent, found := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if strings.HasPrefix(line, "#") || !found {
				continue
			}
			seen++
			if verdict, why, machine := rules.agent(agent); machine != (want != "person") || machine && verdict.String() != want {
				t.Errorf("want %s: %v by %v: %s", want, verdict, why, agent)
			}
		}
		if seen < 60 {
			t.Errorf("%s has only %d", file, seen)
		}
	}
}

// A model's name is its maker's affair; a program that signs in a telephone's text is none.
func TestAModelIsNoMachine(t *testing.T) {
	t.Parallel()
	rules := newClassifier()
	for device, machine := range map[string]bool{
		"(Linux; Android 13; Robot 5G Build/TP1A.220624.014)": false, "(Linux; U; Android 9; id; Scanner X)": false,
		"(Linux; U; Android 9; id-id; Preview Build/PPR1)": false, "(Linux; Android 11; moto bot (2022))": false,
		"(Linux; Android 13; Lelebot/1.0)": true, "(Linux; Android 13; SM-A127F; Lelebot)": true, "(Linux; Android 10; K) Lelebot": true,
		"(Linux; Android": false, "(Linux; Android 9;": false, "(Linux; Android 9; ": false,
	} {
		if _, why, got := rules.agent("Mozilla/5.0 " + device + " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Mobile Safari/537.36"); got != machine {
			t.Errorf("%s: %v %v", device, got, why)
		}
	}
}
