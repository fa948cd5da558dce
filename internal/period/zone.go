package period

import (
	"fmt"
	"time"
)

// Zone finds one of Indonesia's zones by its IANA name. An agency may have no other.
func Zone(name string) (*time.Location, error) {
	if Label(name) == "" {
		return nil, fmt.Errorf("zone %q is not one of Indonesia's", name)
	}
	return time.LoadLocation(name)
}

// MustZone is Zone for a name that a database constraint has already accepted.
func MustZone(name string) *time.Location {
	zone, err := Zone(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// Label is the short name that people know: WIB, WITA or WIT; empty for any other zone.
func Label(name string) string {
	switch name {
	case "Asia/Jakarta", "Asia/Pontianak":
		return "WIB"
	case "Asia/Makassar":
		return "WITA"
	case "Asia/Jayapura":
		return "WIT"
	}
	return ""
}
