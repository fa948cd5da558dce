package click

import (
	"math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func ranges(t testing.TB, text string) (*datacentres, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ranges.txt")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return loadDatacentres(path)
}

func TestDatacentreRanges(t *testing.T) {
	t.Parallel()
	list, err := ranges(t, "\ufeff# hosting\r\n203.0.113.0/25 # a half\r\n\n203.0.113.64/26\n2001:db8::/32\n198.51.100.7\n10.0.0.255/30\n")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{"203.0.113.0": true, "203.0.113.127": true, "203.0.113.128": false, "203.0.112.255": false, "::ffff:203.0.113.9": true,
		"198.51.100.7": true, "198.51.100.8": false, "2001:db8:ffff::1": true, "2001:db9::": false, "10.0.0.252": true, "10.0.0.251": false, "::": false, "255.255.255.255": false} {
		if list.has(netip.MustParseAddr(text)) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
	if none, err := loadDatacentres(""); err != nil || none.has(netip.MustParseAddr("203.0.113.1")) || list.has(netip.Addr{}) {
		t.Error("no list has something", err)
	}
	if (*datacentres)(nil).has(netip.MustParseAddr("203.0.113.1")) {
		t.Error("nil has something")
	}
}

func TestABadDatacentreLineIsNamed(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"hosting", "203.0.113.0/33", "203.0.113", "0.0.0.0/0", "fe80::1%eth0", "203.0.113.0/24 203.0.114.0/24", "::ffff:203.0.113.0/120"} {
		if _, err := ranges(t, "# first\n203.0.113.0/24\n"+bad+"\n"); err == nil || !strings.Contains(err.Error(), "line 3") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := loadDatacentres(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a missing file is a list")
	}
}

// The search finds what a walk through the list finds.
func TestDatacentreSearchIsRight(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	var blocks []netip.Prefix
	var text strings.Builder
	for range 400 {
		block := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, byte(random.IntN(256)), byte(random.IntN(256))}), 22+random.IntN(11))
		blocks = append(blocks, block.Masked())
		text.WriteString(block.String() + "\n")
	}
	list, err := ranges(t, text.String())
	if err != nil {
		t.Fatal(err)
	}
	inside := 0
	for range 20_000 {
		address := netip.AddrFrom4([4]byte{10, 0, byte(random.IntN(256)), byte(random.IntN(256))})
		want := false
		for _, block := range blocks {
			want = want || block.Contains(address)
		}
		if want {
			inside++
		}
		if list.has(address) != want {
			t.Fatalf("%s: %v", address, !want)
		}
	}
	if inside < 1000 || inside > 19_000 {
		t.Errorf("%d inside", inside)
	}
}
