package user_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"gaung/internal/period"
	"gaung/internal/user"
)

var today = period.DayOf(2026, 11, 22)

type examples struct {
	Valid     []string
	Invalid   []struct{ NIP, Why string }
	Normalise []struct{ In, Out string }
	Names     []string
}

func readExamples(t testing.TB) (e examples) {
	t.Helper()
	text, err := os.ReadFile("testdata/nip.json")
	if err == nil {
		err = json.Unmarshal(text, &e)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestNIPRules(t *testing.T) {
	t.Parallel()
	e := readExamples(t)
	for _, text := range e.Valid {
		if nip, err := user.ParseNIP(text, today); err != nil || nip.Digits() != text {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, c := range e.Normalise {
		if nip, err := user.ParseNIP(c.In, today); err != nil || nip.Digits() != c.Out {
			t.Errorf("%q: %v", c.In, err)
		}
	}
	seen := map[string]string{}
	for _, c := range e.Invalid {
		_, err := user.ParseNIP(c.NIP, today)
		if err == nil {
			t.Errorf("%s (%s) was accepted", c.NIP, c.Why)
			continue
		}
		if strings.Contains(err.Error(), c.NIP) {
			t.Errorf("%s: the message repeats the number", c.Why)
		}
		seen[err.Error()] = c.Why
	}
	if len(seen) < len(e.Invalid)-1 { // month 13 and 30 February are one fault
		t.Errorf("only %d messages for %d faults: %v", len(seen), len(e.Invalid), seen)
	}
	for text, want := range map[string]string{
		"1.98703E+17": "Excel", "1,98703E+17": "Excel", "1.98703142011013E+17": "Excel", "1.9870314201101299E17": "Excel", "198703142011013000": "Excel",
		"": "belum diisi", "200903142027011901": "usianya 17", "195503141980011901": "usianya 71", "200703142027011901": "belum tiba",
		"198703142011202901": "ke-13", "198703142011002901": "ke-13",
		"\ufeff１９８７０３１４\u00a0２０１１０１\u00a02\u00a0901": "", "1987.0314.2011.01.2.901": "",
	} {
		_, err := user.ParseNIP(text, today)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestNIPNeverPrintsItself(t *testing.T) {
	t.Parallel()
	const whole = "198703142011012901"
	nip, err := user.ParseNIP(whole, today)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "nip", nip, "in", struct{ N user.NIP }{nip})
	text, err := json.Marshal(map[string]any{"nip": nip})
	all := fmt.Sprintf("%v %+v %#v %s %q %s %v", nip, nip, nip, nip, nip, text, log.String())
	if err != nil || strings.Contains(all, "19870314") || !strings.Contains(all, "•••••••••••••••901") {
		t.Errorf("%s %v", all, err)
	}
	if nip.Employment() != "PNS" {
		t.Errorf("employment: %s", nip.Employment())
	}
}

// Reading what was read again changes nothing, and what is accepted keeps the rules.
func FuzzParseNIP(f *testing.F) {
	e := readExamples(f)
	for _, text := range e.Valid {
		f.Add(text)
	}
	for _, c := range e.Invalid {
		f.Add(c.NIP)
	}
	for _, text := range []string{"1.98703E+17", "\xff\xfe", "１９８７０３１４２０１１０１２９０１", "' 1987.0314"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		nip, err := user.ParseNIP(text, today)
		if err != nil {
			if nip.Digits() != "" {
				t.Fatal("a refused number was given out")
			}
			return
		}
		d := nip.Digits()
		again, err := user.ParseNIP(d, today)
		if err != nil || again != nip || len(d) != 18 || strings.Trim(d, "0123456789") != "" || d[15:] == "000" || d[14] != '1' && d[14] != '2' {
			t.Fatalf("%q: %v", d, err)
		}
	})
}
