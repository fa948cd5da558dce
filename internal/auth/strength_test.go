package auth

import (
	"context"
	"strings"
	"testing"

	"gaung/internal/errs"
)

func TestWeakPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	const name, email = "Nadia Hastuti, S.Kom.", "nadia.hastuti@nusaarunika.example"
	for _, weak := range []string{
		"pendek", "aaaaaaaaaaaa", "abcdefghijkl", "qwertyuiop123", "123456789012", "198503152010012003", "1985 0315 2010",
		"indonesia2026", "Indonesia1234!", "bismillah12345", "Bismillah!!!!", "merdeka merdeka", "gaung-demo-2026", "gaunggaunggaung",
		"password1234", "P4$$w0rd2026!", "katasandi1234", "rahasia12345!", "nadiahastuti1", "Nadia.Hastuti.2026", "hastuti hastuti",
		"kucing kucing", "pagi siang malam", "satu dua tiga", "januari februari", "!!!!!!!!!!!!!", "asdfghjkl;''", "blablablablab",
		strings.Repeat("panjang sekali ", 10),
	} {
		if err := checkStrength(weak, name, email); errs.CodeOf(err) != errs.Invalid || err == nil {
			t.Errorf("%q was taken", weak)
		}
	}
	for _, strong := range []string{
		"hujan reda di dermaga", "perahu tua melewati kabut", "Nadia minum teh di beranda", "k7Rx-qPm2-vZt9-sWn4", "xkcd komodo gerimis 81",
		"tembok bata merah jambu", "اسم طويل جدا هنا", "angin sore 🙂🙂🙂", "ruang rapat lantai tujuh bocor",
	} {
		if err := checkStrength(strong, name, email); err != nil {
			t.Errorf("%q: %v", strong, err)
		}
	}
}

// What one phone writes as one character another writes as two; both are one password.
func TestComposedAndDecomposedAreOnePassword(t *testing.T) {
	t.Parallel()
	h := newHasher(Cost{MemoryKiB: 64, Iterations: 1})
	hash, err := h.hash(t.Context(), "cafe\u0301 di dermaga")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := h.matches(t.Context(), "caf\u00e9 di dermaga", hash, false); err != nil || !ok {
		t.Errorf("%v %v", ok, err)
	}
}

// A flood of strangers fills its own queue: it is told to come back, and known devices still get in.
func TestFloodOfSignInsIsTurnedAwayAndStarvesNoKnownDevice(t *testing.T) {
	t.Parallel()
	h := newHasher(Cost{MemoryKiB: 64, Iterations: 1})
	for range cap(h.waiting[false]) {
		h.waiting[false] <- struct{}{}
	}
	_, err := h.matches(t.Context(), "apa saja", h.dummy, false)
	if fault, ok := err.(*errs.Error); !ok || fault.Code != errs.Unavailable || fault.Wait == 0 {
		t.Errorf("a stranger beyond the queue: %v", err)
	}
	if _, err := h.matches(context.Background(), "apa saja", h.dummy, true); err != nil {
		t.Errorf("a known device: %v", err)
	}
}

func TestDeviceFamilies(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]family{
		"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36":                                    {"Chrome", "Android"},
		"Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36": {"Samsung Internet", "Android"},
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1":            {"Safari", "iPhone"},
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0":                      {"Edge", "Windows"},
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                                             {"Firefox", "Linux"},
		"curl/8.5.0": {}, "": {},
	} {
		if got := familyOf(agent); got != want {
			t.Errorf("%s: %+v", agent, got)
		}
	}
}
