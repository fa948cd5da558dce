package click

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gaung/internal/id"
	"gaung/internal/seal"
)

const (
	oldKey = "1:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	newKey = "2:ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
)

func codesOf(t testing.TB, keys string) *Codes {
	t.Helper()
	ring, err := seal.ParseRing(keys)
	if err != nil {
		t.Fatal(err)
	}
	return NewCodes(ring)
}

func TestCodesGoThereAndBack(t *testing.T) {
	t.Parallel()
	codes := codesOf(t, oldKey)
	seen := map[string]bool{}
	for i := range 20_000 {
		link := Link{id.Content(rand.IntN(1 << 24)), id.User(rand.IntN(1 << 28)), Channel(rand.IntN(16))}
		if i == 0 {
			link = Link{1<<24 - 1, 1<<28 - 1, 15}
		}
		code := codes.Encode(link)
		if got := codes.decode(code, nil); len(got) != 1 || got[0] != link {
			t.Fatalf("%+v becomes %s and %+v", link, code, got)
		}
		if len(code) != CodeLength || strings.Trim(code, alphabet) != "" || seen[code] {
			t.Fatalf("%+v has the code %q", link, code)
		}
		seen[code] = true
	}
}

func TestOldCodesWorkAsLongAsTheirKeyIsThere(t *testing.T) {
	t.Parallel()
	link := Link{7, 4711, WhatsApp}
	before, both, after := codesOf(t, oldKey), codesOf(t, newKey+","+oldKey), codesOf(t, newKey)
	if !slices.Contains(both.decode(before.Encode(link), nil), link) {
		t.Error("a code of the old key is lost after a rotation")
	}
	if both.Encode(link) != after.Encode(link) || both.Encode(link) == before.Encode(link) {
		t.Error("new codes are not made with the newest key")
	}
	if slices.Contains(after.decode(before.Encode(link), nil), link) {
		t.Error("a code works without its key")
	}
}

func TestRandomTextsRarelyDecode(t *testing.T) {
	t.Parallel()
	codes := codesOf(t, oldKey)
	passed := 0
	for range 300_000 { // 2^-15.45 of them are expected to pass: 6.7
		text := make([]byte, CodeLength)
		for at := range text {
			text[at] = alphabet[rand.IntN(len(alphabet))]
		}
		passed += len(codes.decode(string(text), nil))
	}
	if passed > 30 {
		t.Errorf("%d random texts pass the check", passed)
	}
}

func TestANumberThatDoesNotFitIsRefused(t *testing.T) {
	t.Parallel()
	codes := codesOf(t, oldKey)
	for _, link := range []Link{{Content: 1 << 24}, {User: 1 << 28}, {Channel: 16}, {User: -1}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v got a code", link)
				}
			}()
			codes.Encode(link)
		}()
	}
}

func FuzzDecode(f *testing.F) {
	codes := codesOf(f, oldKey)
	for _, seed := range []string{codes.Encode(Link{1, 2, Copy}), "", "000000000000", "zzzzzzzzzzzz", "0000000é0000", "0000-0000000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		for _, link := range codes.decode(code, nil) {
			if codes.Encode(link) != code {
				t.Errorf("%q means %+v, whose code is %q", code, link, codes.Encode(link))
			}
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	codes := codesOf(b, oldKey)
	for b.Loop() {
		codes.Encode(Link{123, 4_567_890, WhatsApp})
	}
}

func BenchmarkDecode(b *testing.B) {
	codes := codesOf(b, oldKey)
	code := codes.Encode(Link{123, 4_567_890, WhatsApp})
	for b.Loop() {
		codes.decode(code, nil)
	}
}
