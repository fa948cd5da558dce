package content

import (
	"fmt"
	"strings"
	"unicode"

	"gaung/internal/id"
)

const maxSlugWords = 60

// slug is the public address of an item: the title's words and the number, which makes it unique.
func slug(title string, content id.Content) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= maxSlugWords {
			break
		}
	}
	words := strings.Trim(b.String(), "-")
	if words == "" {
		words = "konten"
	}
	return fmt.Sprintf("%s-%d", words, content)
}
