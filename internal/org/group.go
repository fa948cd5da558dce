package org

import (
	"cmp"
	"slices"

	"gaung/internal/id"
)

// Part is one of the groups that a whole is shown in.
type Part struct {
	Node   id.Agency
	Parent id.Agency
	People int64
	Bare   bool // nobody is there and nothing was done: there is nothing to keep
}

// Withhold tells which parts show no figures. A group under SmallestGroup never does. As its figures must
// not be what is left when the others are taken from the whole, the next smallest are withheld with it,
// until those withheld are at least two and have SmallestGroup people together. Who works in the whole
// and in none of its parts is withheld by itself: no line shows them.
func Withhold(whole int64, parts []Part) map[id.Agency]bool {
	withheld := map[id.Agency]bool{}
	left, people, count, secret := whole, int64(0), 0, false
	bySize := slices.SortedFunc(slices.Values(parts), func(a, b Part) int {
		return cmp.Or(cmp.Compare(a.People, b.People), cmp.Compare(a.Node, b.Node))
	})
	for _, part := range bySize {
		left -= part.People
		if part.People < SmallestGroup {
			withheld[part.Node] = true
		}
		if part.People < SmallestGroup && !part.Bare {
			people, count, secret = people+part.People, count+1, true
		}
	}
	if left > 0 {
		people, count, secret = people+left, count+1, secret || left < SmallestGroup
	}
	for _, part := range bySize {
		if !secret || count >= 2 && people >= SmallestGroup {
			break
		}
		if !withheld[part.Node] {
			withheld[part.Node] = true
			people, count = people+part.People, count+1
		}
	}
	return withheld
}

// Band is the size band in which a group is compared; empty for a group of nobody.
func Band(people int64) string {
	switch {
	case people <= 0:
		return ""
	case people <= 30:
		return "1-30"
	case people <= 100:
		return "31-100"
	case people <= 300:
		return "101-300"
	}
	return "301+"
}
