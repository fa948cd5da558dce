// Package page owns the shape of every list: {items, next}, walked by keyset and never by offset.
package page

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"gaung/internal/errs"
)

// Page is one part of a list.
type Page[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next" doc:"Value for after= of the next page; empty on the last."`
}

// Ask is what a caller asks of a list.
type Ask struct {
	After string // Next of the page before; empty: the first
	Limit int    // how many; bounded by Size
}

// The number of items of a page when none is asked for, and at most.
const (
	usual = 50
	most  = 200
)

// Size is the limit within its bounds.
func (a Ask) Size() int {
	switch {
	case a.Limit <= 0:
		return usual
	case a.Limit > most:
		return most
	}
	return a.Limit
}

// Of cuts a list that was read with one row more than Size, and makes the cursor of the last item.
func Of[T any](ask Ask, rows []T, key func(T) []string) Page[T] {
	size := ask.Size()
	if len(rows) <= size {
		return Page[T]{Items: rows}
	}
	rows = rows[:size]
	return Page[T]{Items: rows, Next: encode(key(rows[size-1]))}
}

func encode(key []string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(key, "\x1f")))
}

// Key reads the cursor back into its parts; ok is false on the first page.
func (a Ask) Key(parts int) (key []string, ok bool, err error) {
	if a.After == "" {
		return nil, false, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(a.After)
	key = strings.Split(string(text), "\x1f")
	if err != nil || len(key) != parts || !utf8.Valid(text) {
		return nil, false, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
	}
	return key, true, nil
}
