// Package page owns the shape of every list: {items, next}, walked by keyset and never by offset.
package page

import (
	"encoding/base64"
	"strconv"
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

// Before reads the cursor of a list that is walked by falling identifiers of 32 bits; 0 on the first page.
func Before[T ~int64](ask Ask) (T, error) {
	key, more, err := ask.Key(1)
	if err != nil || !more {
		return 0, err
	}
	n, err := strconv.ParseInt(key[0], 10, 32)
	if err != nil || n <= 0 {
		return 0, errs.InvalidField("after", "Penunjuk halaman tidak dikenal. Muat ulang daftar dari awal.")
	}
	return T(n), nil
}

// ByID is the key of such a list's item.
func ByID[T ~int64](id T) []string { return []string{strconv.FormatInt(int64(id), 10)} }

// Falling makes a page of a list that is walked by falling identifiers. `read` gets the identifier below which it
// begins (0: the newest) and how many rows it reads.
func Falling[T any, I ~int64](ask Ask, idOf func(T) I, read func(before I, limit int) ([]T, error)) (Page[T], error) {
	before, err := Before[I](ask)
	if err != nil {
		return Page[T]{}, err
	}
	rows, err := read(before, ask.Size()+1)
	if err != nil {
		return Page[T]{}, err
	}
	return Of(ask, rows, func(one T) []string { return ByID(idOf(one)) }), nil
}
