package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var (
	first  = "1:" + strings.Repeat("11", 32)
	second = "2:" + strings.Repeat("22", 32)
)

func ring(t *testing.T, text string) *Ring {
	t.Helper()
	r, err := ParseRing(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSealedBytesOpenOnlyInTheirPlace(t *testing.T) {
	t.Parallel()
	old := NewBox(ring(t, first), "nip")
	sealed := old.Seal([]byte("198703142011012901"), "app_user/7")

	rotated := NewBox(ring(t, second+","+first), "nip")
	if value, err := rotated.Open(sealed, "app_user/7"); err != nil || string(value) != "198703142011012901" {
		t.Fatalf("after rotation: %q, %v", value, err)
	}
	flipped := bytes.Clone(sealed)
	flipped[len(flipped)-1] ^= 1
	for name, open := range map[string]func() ([]byte, error){
		"another row":     func() ([]byte, error) { return old.Open(sealed, "app_user/8") },
		"another purpose": func() ([]byte, error) { return NewBox(ring(t, first), "token").Open(sealed, "app_user/7") },
		"key is gone":     func() ([]byte, error) { return NewBox(ring(t, second), "nip").Open(sealed, "app_user/7") },
		"changed":         func() ([]byte, error) { return old.Open(flipped, "app_user/7") },
		"cut":             func() ([]byte, error) { return old.Open(sealed[:9], "app_user/7") },
		"empty":           func() ([]byte, error) { return old.Open(nil, "app_user/7") },
	} {
		if _, err := open(); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHashKeepsPartsApart(t *testing.T) {
	t.Parallel()
	if bytes.Equal(Hash([]byte("k"), "ab", "c"), Hash([]byte("k"), "a", "bc")) {
		t.Error("two different lists have one hash")
	}
}

func TestLoadRingIsMadeOnceForAllWhoStartTogether(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys")
	var wait sync.WaitGroup
	keys := make([][]byte, 8)
	for i := range keys {
		wait.Go(func() {
			r, err := LoadRing(path)
			if err != nil {
				t.Error(err)
				return
			}
			keys[i] = r.Derive("x", 16)[0].Key
		})
	}
	wait.Wait()
	for _, key := range keys {
		if !bytes.Equal(key, keys[0]) {
			t.Fatal("two processes have two rings")
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestParseRingRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "1", "1:00", "0:" + first[2:], first + "," + first, "x:" + first[2:]} {
		if _, err := ParseRing(text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}
