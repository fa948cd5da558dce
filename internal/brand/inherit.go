package brand

import (
	"fmt"
	"reflect"
	"strings"

	"gaung/internal/id"
)

// level is what one node on the way down says.
type level struct {
	AgencyID id.Agency
	Agency   string
	Kit      Kit `gorm:"serializer:json"`
}

// merge lays the kits of a path on top of each other, from the root down: a child adds to what its
// parents say, and says otherwise by the same name.
func merge(levels []level) (Kit, []Origin) {
	kit, origins := Kit{}.tidied(), []Origin{}
	for _, l := range levels {
		m := merger{l, &origins}
		kit.Logos = lay(m, "logos", kit.Logos, l.Kit.Logos, func(x Logo) string { return x.Name })
		kit.Colors = lay(m, "colors", kit.Colors, l.Kit.Colors, func(x Color) string { return x.Name })
		kit.Templates = lay(m, "templates", kit.Templates, l.Kit.Templates, func(x Template) string { return x.Name })
		kit.Keywords = lay(m, "keywords", kit.Keywords, l.Kit.Keywords, func(x Keyword) string { return x.Name })
		kit.Banned = lay(m, "banned", kit.Banned, l.Kit.Banned, func(x Banned) string { return x.Phrase })
		if l.Kit.Voice != "" {
			lay(m, "voice", []string{}, []string{""}, func(string) string { return "" })
			kit.Voice = l.Kit.Voice
		}
	}
	return kit, origins
}

type merger struct {
	from    level
	origins *[]Origin
}

// lay puts the items of a child over those of its parents, each at the place it had or at the end.
func lay[T any](m merger, section string, above, own []T, name func(T) string) []T {
	for _, item := range own {
		key := keyOf(name(item))
		origin := Origin{Section: section, Key: key, AgencyID: m.from.AgencyID, Agency: m.from.Agency}
		if place := m.find(section, key); place >= 0 {
			origin.Instead = (*m.origins)[place].Agency
			(*m.origins)[place] = origin
		} else {
			*m.origins = append(*m.origins, origin)
		}
		replaced := false
		for i := range above {
			if keyOf(name(above[i])) == key {
				above[i], replaced = item, true
			}
		}
		if !replaced {
			above = append(above, item)
		}
	}
	return above
}

func (m merger) find(section, key string) int {
	for i, origin := range *m.origins {
		if origin.Section == section && origin.Key == key {
			return i
		}
	}
	return -1
}

// sections are the parts of a kit as people call them, in their order.
var sections = []struct {
	name string
	of   func(Kit) any
}{
	{"logo", func(k Kit) any { return k.Logos }},
	{"warna", func(k Kit) any { return k.Colors }},
	{"templat", func(k Kit) any { return k.Templates }},
	{"kata kunci", func(k Kit) any { return k.Keywords }},
	{"gaya bahasa", func(k Kit) any { return k.Voice }},
}

// changes tells in words what is different between two kits: words that came and went by name, the
// other parts as a whole.
func changes(before, after Kit) string {
	var told []string
	for _, section := range sections {
		if !reflect.DeepEqual(section.of(before), section.of(after)) {
			told = append(told, section.name+" diubah")
		}
	}
	had, has := phrasesOf(before), phrasesOf(after)
	added, gone, other := 0, 0, 0
	var names []string
	for phrase, banned := range has {
		if was, known := had[phrase]; !known {
			added++
			names = append(names, phrase)
		} else if was != banned {
			other++
		}
	}
	for phrase := range had {
		if _, still := has[phrase]; !still {
			gone++
		}
	}
	if added == 1 {
		told = append(told, fmt.Sprintf("kata “%s” ditambahkan", names[0]))
	} else if added > 1 {
		told = append(told, fmt.Sprintf("%d kata ditambahkan", added))
	}
	for _, count := range []struct {
		n    int
		what string
	}{{gone, "kata dihapus"}, {other, "kata diubah"}} {
		if count.n > 0 {
			told = append(told, fmt.Sprintf("%d %s", count.n, count.what))
		}
	}
	if len(told) == 0 {
		return "isinya sama"
	}
	return strings.Join(told, ", ")
}

func phrasesOf(k Kit) map[string]Banned {
	by := map[string]Banned{}
	for _, banned := range k.Banned {
		by[keyOf(banned.Phrase)] = banned
	}
	return by
}
