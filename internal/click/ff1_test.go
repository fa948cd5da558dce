package click

import (
	"encoding/hex"
	"math/rand/v2"
	"testing"
)

// Samples 1, 4 and 7 of NIST SP 800-38G: 0123456789 in radix 10, no tweak, AES-128, -192 and -256.
func TestFF1GivesTheStandardsSamples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key  string
		a, b uint64
	}{
		{"2B7E151628AED2A6ABF7158809CF4F3C", 24334, 77484},
		{"2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F", 28306, 68132},
		{"2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94", 66576, 67009},
	} {
		key, err := hex.DecodeString(c.key)
		if err != nil {
			t.Fatal(err)
		}
		f, err := newFF1(key, 10, 10)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := f.encrypt(1234, 56789); a != c.a || b != c.b {
			t.Errorf("%s: %05d%05d, want %05d%05d", c.key, a, b, c.a, c.b)
		}
		if a, b := f.decrypt(c.a, c.b); a != 1234 || b != 56789 {
			t.Errorf("%s: back to %05d%05d", c.key, a, b)
		}
	}
}

func TestFF1GoesThereAndBackOnTheWholeDomain(t *testing.T) {
	t.Parallel()
	f, err := newFF1(make([]byte, 32), radix, CodeLength)
	if err != nil {
		t.Fatal(err)
	}
	halves := []uint64{0, 1, f.half - 1}
	for range 5000 {
		halves = append(halves, rand.Uint64N(f.half))
	}
	for i, a := range halves {
		b := halves[len(halves)-1-i]
		x, y := f.encrypt(a, b)
		if x >= f.half || y >= f.half {
			t.Fatalf("%d, %d leaves the domain", a, b)
		}
		if backA, backB := f.decrypt(x, y); backA != a || backB != b {
			t.Fatalf("%d, %d comes back as %d, %d", a, b, backA, backB)
		}
	}
}
