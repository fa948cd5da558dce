package auth

import (
	"context"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
)

const (
	minPassword = 12
	maxPassword = 128 // bytes
	minOwnPart  = 4   // letters of a name that count as the name
	minRest     = 6   // letters that must be left when all that is easy to guess is taken out
)

// common are words that stand in every list of stolen passwords, and those that people here add.
//
//go:embed common.txt
var common string

// checkNew refuses a replacement that is short or easy to guess.
func (s *Service) checkNew(ctx context.Context, person id.User, old, replacement string) error {
	if replacement == old {
		return errs.InvalidField("new_password", "Kata sandi baru harus berbeda dari yang lama.")
	}
	owner, err := db.Get[struct{ Name, Email string }](ctx, s.db, `SELECT name, email FROM app_user WHERE id = $1`, person)
	if err != nil {
		return err
	}
	return checkStrength(replacement, owner.Name, owner.Email)
}

// checkStrength judges what is left of a password without the words, rows and numbers that a guesser
// tries first. Long sentences pass by themselves.
func checkStrength(password, name, email string) error {
	password = norm.NFC.String(password)
	local, _, _ := strings.Cut(email, "@")
	refuse := func(why string) error { return errs.InvalidField("new_password", "%s", why) }
	switch kernel := plainLetters(password); {
	case utf8.RuneCountInString(password) < minPassword:
		return errs.InvalidField("new_password", "Kata sandi baru sedikitnya %d karakter. Rangkaian beberapa kata mudah diingat dan kuat.", minPassword)
	case len(password) > maxPassword:
		return errs.InvalidField("new_password", "Kata sandi baru paling panjang %d byte.", maxPassword)
	case countLetters(kernel) < minRest:
		return refuse("Kata sandi jangan hanya angka atau tanda, misalnya NIP atau tanggal lahir. Pakai beberapa kata yang tidak berhubungan.")
	case countLetters(without(kernel, ownParts(name+" "+local))) < minRest:
		return refuse("Kata sandi jangan memakai nama atau surel Anda sendiri. Pakai beberapa kata yang tidak berhubungan.")
	case countLetters(onceEach(withoutRuns(without(kernel, strings.Fields(common))))) < minRest:
		return refuse("Kata sandi ini mudah ditebak: berisi kata yang sangat umum, berulang, atau berurutan. Pakai beberapa kata yang tidak berhubungan.")
	}
	return nil
}

// plainLetters reads the usual disguises: P4$$w0rd is password. Trailing numbers stay what they are.
func plainLetters(password string) string {
	text := strings.ToLower(password)
	disguised := strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "@", "a", "$", "s", "!", "i")
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-_.,", r) })
	for i, word := range words {
		body := strings.TrimRight(word, "0123456789!@$#?*")
		words[i] = disguised.Replace(body)
	}
	return strings.Join(words, " ")
}

var notALetter = regexp.MustCompile(`[^\p{L}]+`)

// ownParts are the words of a name or an address that are long enough to be recognised.
func ownParts(text string) []string {
	parts := notALetter.Split(strings.ToLower(text), -1)
	return slices.DeleteFunc(parts, func(part string) bool { return utf8.RuneCountInString(part) < minOwnPart })
}

// without takes words out, longest first.
func without(text string, words []string) string {
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, word := range words {
		text = strings.ReplaceAll(text, word, " ")
	}
	return text
}

// rows are what fingers run along.
var rows = []string{"abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"}

// withoutRuns takes out four and more letters that stand in a row, forwards or backwards, and letters
// that are repeated.
func withoutRuns(text string) string {
	letters := []rune(text)
	kept := []rune{}
	for i := 0; i < len(letters); {
		n := runLength(letters[i:])
		if n < 4 {
			kept = append(kept, letters[i])
			n = 1
		}
		i += n
	}
	for i := len(kept) - 1; i > 0; i-- { // aaa is a
		if kept[i] == kept[i-1] {
			kept = slices.Delete(kept, i, i+1)
		}
	}
	return string(kept)
}

func runLength(letters []rune) int {
	longest := 1
	for n := 2; n <= len(letters); n++ {
		part := string(letters[:n])
		backwards := slices.Clone(letters[:n])
		slices.Reverse(backwards)
		if !slices.ContainsFunc(rows, func(row string) bool {
			return strings.Contains(row, part) || strings.Contains(row, string(backwards))
		}) {
			break
		}
		longest = n
	}
	return longest
}

// onceEach counts a repeated part once: "kucing kucing" is "kucing", and so is "kucingkucing".
func onceEach(text string) string {
	seen := map[string]bool{}
	var kept []string
	for _, word := range strings.Fields(text) {
		for period := 1; period <= len(word)/2; period++ {
			if word[period:] == word[:len(word)-period] {
				word = word[:period]
				break
			}
		}
		if !seen[word] {
			seen[word] = true
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

func countLetters(text string) (n int) {
	for _, r := range text {
		if unicode.IsLetter(r) || r > unicode.MaxLatin1 { // an emoji is as good as a letter
			n++
		}
	}
	return n
}
