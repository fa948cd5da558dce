package page

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"gaung/internal/errs"
)

// A cursor comes back from the client: a forged one is refused with our own error or gives exactly as many
// parts as were asked for, as text.
func FuzzCursor(f *testing.F) {
	f.Add(encode([]string{"1732240000000000", "42"}), 2)
	f.Add(encode([]string{"nama \x1f dengan pemisah", ""}), 2)
	f.Add("!!", 1)
	f.Add("", 1)
	f.Fuzz(func(t *testing.T, after string, parts int) {
		key, more, err := Ask{After: after}.Key(parts)
		var ours *errs.Error
		switch {
		case err != nil && (!errors.As(err, &ours) || more):
			t.Fatalf("%q: %v", after, err)
		case err == nil && more && (len(key) != parts || !utf8.ValidString(strings.Join(key, ""))):
			t.Fatalf("%q gives %q", after, key)
		case err == nil && more && encode(key) != after && after == strings.TrimRight(after, "\r\n"):
			// base64 has several spellings of the same bytes; ours is one of them
			if again, _, err := (Ask{After: encode(key)}).Key(parts); err != nil || strings.Join(again, "\x1f") != strings.Join(key, "\x1f") {
				t.Fatalf("%q does not come back: %q %v", after, again, err)
			}
		}
	})
}
