package main

import (
	"io"
	"strings"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// Whatever stands in a line, one comes out for each: verdict, rule, and the agent as it was.
func TestClassifyJudgesEveryLine(t *testing.T) {
	t.Parallel()
	long := "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 " + strings.Repeat("x", 1<<20)
	for in, want := range map[string]string{
		"":                                   "",
		"\n":                                 "bot\tno_user_agent\t\n",
		"WhatsApp/2.23.20.0 A\r\n\ncurl/8.5": "preview\tlisted_preview\tWhatsApp/2.23.20.0 A\nbot\tno_user_agent\t\nbot\tlisted_bot\tcurl/8.5\n",
		"a\tb\xff\x00Gecko/1\n":              "valid\tnew_visitor\ta\tb\xff\x00Gecko/1\n",
		long + "\n":                          "valid\tnew_visitor\t" + long + "\n",
	} {
		var out strings.Builder
		if err := run(t.Context(), []string{"clicks", "classify"}, func(string) string { return "" }, strings.NewReader(in), &out); err != nil || out.String() != want {
			t.Errorf("%.40q: %.120q, %v", in, out.String(), err)
		}
	}
}

// A line is answered when it is there, and not when the input ends.
func TestClassifyAnswersAtOnce(t *testing.T) {
	t.Parallel()
	in, typed := io.Pipe()
	answers, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(t.Context(), []string{"clicks", "classify"}, func(string) string { return "" }, in, out)
	}()
	for range 2 {
		if _, err := io.WriteString(typed, "curl/8.5\n"); err != nil {
			t.Fatal(err)
		}
		answer := make([]byte, len("bot\tlisted_bot\tcurl/8.5\n"))
		if _, err := io.ReadFull(answers, answer); err != nil || string(answer) != "bot\tlisted_bot\tcurl/8.5\n" {
			t.Fatalf("%q %v", answer, err)
		}
	}
	_ = typed.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A click that older rules took for a person's is judged again, once, and told of.
func TestReclassifyTellsWhatItDid(t *testing.T) {
	t.Parallel()
	url := testdb.FreshURL(t)
	env := map[string]string{"DATABASE_URL": url, "GAUNG_DATA_DIR": t.TempDir()}
	command := func(args ...string) string {
		t.Helper()
		var out strings.Builder
		if err := run(t.Context(), args, func(name string) string { return env[name] }, strings.NewReader(""), &out); err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return out.String()
	}
	command("migrate")
	d := testdb.Open(t, url, time.Now)
	item := testkit.On(t, d).Live("Layanan baru dibuka")
	if _, err := db.Exec(t.Context(), d, `WITH known AS (INSERT INTO click_agent (hash, agent, last_day) VALUES ('\x01', 'curl/8.5', now()::date) RETURNING id)
		INSERT INTO click (at, visitor, content_id, user_id, unit_id, agent_id, channel, verdict, reason, rule)
		SELECT now(), 1, $1, 1, 0, id, 1::int4::"char", 1::int4::"char", 1::int4::"char", 1::int4::"char" FROM known`, item.ID); err != nil {
		t.Fatal(err)
	}
	got := command("clicks", "reclassify")
	if !strings.Contains(got, ": 1 clicks judged again, 1 changed\n") ||
		!strings.HasSuffix(got, "rules version 2: 1 clicks judged again\nbefore     after          clicks\nvalid      bot                 1\n") {
		t.Errorf("%s", got)
	}
	if got := command("clicks", "reclassify"); !strings.HasSuffix(got, "rules version 2: 0 clicks judged again\n") {
		t.Errorf("%s", got)
	}
}
