package click

import (
	"bufio"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// datacentres are ranges of addresses in which nobody reads: the operator's list of hosting and cloud
// networks. None is a list too.
type datacentres struct{ ranges []addressRange } // in order, and apart from each other

type addressRange struct{ from, to netip.Addr }

// loadDatacentres reads a file with one address or CIDR block a line; what follows a # is a comment. No
// path is no list.
func loadDatacentres(path string) (*datacentres, error) {
	if path == "" {
		return &datacentres{}, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("datacentre ranges: %w", err)
	}
	defer file.Close()
	var ranges []addressRange
	lines := bufio.NewScanner(file)
	no := 0
	for lines.Scan() {
		no++
		text, _, _ := strings.Cut(lines.Text(), "#")
		if text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")); text == "" {
			continue
		}
		one, err := parseRange(text)
		if err != nil {
			return nil, fmt.Errorf("datacentre ranges: %s, line %d: %w", path, no, err)
		}
		ranges = append(ranges, one)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("datacentre ranges: %s, after line %d: %w", path, no, err)
	}
	return &datacentres{joined(ranges)}, nil
}

func parseRange(text string) (addressRange, error) {
	if address, err := netip.ParseAddr(text); err == nil && address.Zone() == "" {
		return addressRange{address.Unmap(), address.Unmap()}, nil
	}
	block, err := netip.ParsePrefix(text)
	if err != nil {
		return addressRange{}, fmt.Errorf("%q is neither an address nor a CIDR block such as 203.0.113.0/24", text)
	}
	if block.Bits() == 0 {
		return addressRange{}, fmt.Errorf("%q is the whole internet", text)
	}
	if block.Addr().Is4In6() {
		return addressRange{}, fmt.Errorf("%q: write an IPv4 block as such", text)
	}
	return addressRange{block.Masked().Addr(), last(block)}, nil
}

// last is the highest address of a block.
func last(block netip.Prefix) netip.Addr {
	bytes := block.Addr().AsSlice()
	for bit := block.Bits(); bit < len(bytes)*8; bit++ {
		bytes[bit/8] |= 1 << (7 - bit%8)
	}
	address, _ := netip.AddrFromSlice(bytes) // 4 or 16 bytes, as they came
	return address
}

// joined puts ranges in order and makes one of those that overlap.
func joined(ranges []addressRange) (apart []addressRange) {
	slices.SortFunc(ranges, func(a, b addressRange) int { return a.from.Compare(b.from) })
	for _, r := range ranges {
		if n := len(apart); n > 0 && r.from.Compare(apart[n-1].to) <= 0 {
			if apart[n-1].to.Less(r.to) {
				apart[n-1].to = r.to
			}
			continue
		}
		apart = append(apart, r)
	}
	return apart
}

// has tells whether an address lies in a range; it takes no lock and makes no garbage.
func (d *datacentres) has(address netip.Addr) bool {
	if d == nil || len(d.ranges) == 0 {
		return false
	}
	address = address.Unmap().WithZone("")
	at, exactly := slices.BinarySearchFunc(d.ranges, address, func(r addressRange, a netip.Addr) int { return r.from.Compare(a) })
	return exactly || at > 0 && !d.ranges[at-1].to.Less(address)
}
