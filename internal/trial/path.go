package main

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

//go:embed paths/*.json
var recorded embed.FS

// step is one request of a path, as a browser made it (frontend/e2e/record.mjs).
type step struct {
	At     int    `json:"at"`  // milliseconds after the path began
	End    int    `json:"end"` // when its answer was whole
	Method string `json:"method"`
	Path   string `json:"path"` // places in {braces} are filled in for each person
	Status int    `json:"status"`
	Known  bool   `json:"known"` // the browser had an answer and asked whether it still holds
	Key    bool   `json:"key"`   // it carried an idempotency key
	As     bool   `json:"as"`    // and said whose page it is
	Body   string `json:"body"`
}

// walk is a path with how many of a hundred people take it.
type walk struct {
	name  string
	share int
	steps []step
}

// shares is what people do at seven: most look, a third pass something on, a few come for the first time.
var shares = map[string]int{"look": 40, "share": 25, "read": 12, "impact": 10, "notices": 10, "first": 3}

// readWalks gives the paths with the names of a build's files in them.
func readWalks(files []string) (walks []walk, err error) {
	for name, share := range shares {
		text, err := recorded.ReadFile("paths/" + name + ".json")
		if err != nil {
			return nil, err
		}
		w := walk{name: name, share: share}
		if err := json.Unmarshal(text, &w.steps); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for i := range w.steps {
			if w.steps[i].Path, err = builtName(w.steps[i].Path, files); err != nil {
				return nil, fmt.Errorf("%s: %w; record the paths again", name, err)
			}
		}
		walks = append(walks, w)
	}
	slices.SortFunc(walks, func(a, b walk) int { return strings.Compare(a.name, b.name) })
	return walks, nil
}

// builtName puts the name that the build gave a file in place of the star, which stands for eight letters.
func builtName(of string, files []string) (string, error) {
	before, after, has := strings.Cut(of, "*")
	if !has {
		return of, nil
	}
	for _, name := range files {
		if len(name) == len(of)+7 && strings.HasPrefix(name, before) && strings.HasSuffix(name, after) {
			return name, nil
		}
	}
	return "", fmt.Errorf("no file %s", of)
}

// pick is the walk of the nth person: the shares, evenly mixed.
func pick(walks []walk, n int) walk {
	at := n * 37 % 100 // 37 and 100 have no common factor: each hundred people take every place once
	for _, w := range walks {
		if at -= w.share; at < 0 {
			return w
		}
	}
	return walks[0]
}
