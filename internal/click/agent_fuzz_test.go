package click

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// A user agent may hold any bytes: what is kept is text that PostgreSQL takes, and the verdict on it is
// one that exists.
func FuzzAgent(f *testing.F) {
	rules := newClassifier()
	f.Add("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36")
	f.Add("WhatsApp/2.23.20.0 A")
	f.Add("\x00\xff\xfe")
	f.Fuzz(func(t *testing.T, raw string) {
		agent := cleanAgent(raw)
		if len(agent) > maxAgent || !utf8.ValidString(agent) || strings.ContainsRune(agent, 0) {
			t.Fatalf("%q is kept as %q", raw, agent)
		}
		if verdict, why, machine := rules.agent(agent); machine && (verdict != why.verdict() || !why.ofAgent() || verdict.String() == "unknown") {
			t.Fatalf("%q is judged %d", agent, verdict)
		}
	})
}
