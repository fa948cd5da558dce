package period

import (
	"strconv"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	t.Parallel()
	today := DayOf(2026, 11, 22) // a Sunday
	for text, want := range map[string]string{
		"":         "2026-11 2026-11-01 2026-11-30 202611",
		"month":    "2026-11 2026-11-01 2026-11-30 202611",
		"week":     "2026-W47 2026-11-16 2026-11-22 1202647",
		"2026-W53": "2026-W53 2026-12-28 2027-01-03 1202653",
		"2027-W01": "2027-W01 2027-01-04 2027-01-10 1202701",
		"2024-02":  "2024-02 2024-02-01 2024-02-29 202402",
		"2025-W53": "", "2026-13": "", "2026-00": "", "2026-W00": "", "kemarin": "", "2026-W7": "",
	} {
		p, err := Parse(text, today)
		if want == "" {
			if err == nil {
				t.Errorf("%q was accepted as %v", text, p)
			}
			continue
		}
		if got := p.String() + " " + p.From.String() + " " + p.To.String() + " " + strconv.Itoa(int(p.Key())); err != nil || got != want {
			t.Errorf("%q: got %s (%v), want %s", text, got, err, want)
		}
	}
}

// 23.30 WITA and 00.30 WIT are the same instant and two different local days (R61).
func TestOneInstantTwoLocalDays(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 15, 30, 0, 0, time.UTC)
	if got := LocalDay(at, MustZone("Asia/Makassar")); got != DayOf(2026, 11, 22) {
		t.Errorf("WITA: %s", got)
	}
	if got := LocalDay(at, MustZone("Asia/Jayapura")); got != DayOf(2026, 11, 23) {
		t.Errorf("WIT: %s", got)
	}
}

func TestVisitorDayTurnsAtTwoInTheMorningWIB(t *testing.T) {
	t.Parallel()
	jakarta := MustZone("Asia/Jakarta")
	before := time.Date(2026, 11, 22, 1, 59, 59, 0, jakarta)
	after := time.Date(2026, 11, 22, 2, 0, 0, 0, jakarta)
	if VisitorDay(before) != DayOf(2026, 11, 21) || VisitorDay(after) != DayOf(2026, 11, 22) {
		t.Errorf("before %s, after %s", VisitorDay(before), VisitorDay(after))
	}
	if end := VisitorDayEnd(DayOf(2026, 11, 21)); !end.Equal(after) {
		t.Errorf("the day ends at %s, want %s", end, after)
	}
}

func TestZoneRefusesWhatIsNotIndonesia(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Local", "UTC", "Asia/Singapore", "Asia/Nowhere"} {
		if _, err := Zone(name); err == nil {
			t.Errorf("%q was accepted", name)
		}
	}
	if Label("Asia/Pontianak") != "WIB" {
		t.Error("Pontianak is in WIB")
	}
}
