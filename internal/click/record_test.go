package click

import (
	"net/netip"
	"testing"
	"time"
)

// A journal may be older than the program that ships it: version 1 ends where the block begins now.
func TestRecordsOfBothVersionsAreRead(t *testing.T) {
	t.Parallel()
	r := record{Link: Link{Content: 7, User: 9, Channel: Copy}, At: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC), Address: -5, Block: -77, Saw: sawFetchHeaders, Agent: "Mozilla/5.0"}
	raw := r.encode(nil)
	if got, err := decodeRecord(raw); err != nil || got != r {
		t.Errorf("%+v %v", got, err)
	}
	old := append([]byte{1}, raw[1:firstHead]...)
	old = append(old, r.Agent...)
	want := r
	want.Block = 0
	if got, err := decodeRecord(old); err != nil || got != want {
		t.Errorf("%+v %v", got, err)
	}
	for _, bad := range [][]byte{nil, {2}, {3, 0}, old[:firstHead-1], raw[:recordHead-1]} {
		if _, err := decodeRecord(bad); err == nil {
			t.Errorf("%v is read", bad)
		}
	}
	if recordHead+maxAgent > 512 {
		t.Error("a record does not fit into the journal")
	}
}

func TestABlockIsANetworkAndNoAddress(t *testing.T) {
	t.Parallel()
	one := newSalts(nil).own(1)
	block := func(a string) int32 { return one.block(netip.MustParseAddr(a)) }
	if block("203.0.113.7") != block("::ffff:203.0.113.250") || block("203.0.113.7") == block("203.0.114.7") {
		t.Error("a block is not a /24")
	}
	if block("2001:db8:1:2::5") != block("2001:db8:1:ffff::9") || block("2001:db8:1::") == block("2001:db8:2::") {
		t.Error("a block is not a /48")
	}
	if other := newSalts(nil).own(1); other.block(netip.MustParseAddr("203.0.113.7")) == block("203.0.113.7") {
		t.Error("two salts give one block")
	}
	if one.block(netip.Addr{}) != 0 {
		t.Error("no address has a block")
	}
}
