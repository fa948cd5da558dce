package brand

import (
	"fmt"
	"strings"
	"unicode"
)

// platforms stand before an account that is written without @.
var platforms = setOf("instagram ig tiktok facebook fb twitter x youtube threads akun akunnya medsos follow ikuti mengikuti subscribe kanal channel telegram sumber foto via mention tag colek")

// tagSpots look for names without their blanks in tags, accounts and addresses, and for accounts anywhere.
// What lies between two blanks is looked at once.
func (look watching) tagSpots(r reading, inTags bool) (spots []spot) {
	looked, before := 0, [2]string{}
	for at := 0; at < len(r.text); {
		from := at + notBlank(r.text[at:])
		end := from + blankAt(r.text[from:])
		at = end
		said := strings.TrimRight(strings.TrimLeft(r.text[from:end], "(\"'“[<*"), ".,;:!?)\"'”]>*…")
		from += strings.Index(r.text[from:end], said)
		if said == "" {
			continue
		}
		mark := inTags || strings.ContainsAny(said, "#@./_")
		introduced := platforms[before[0]] || platforms[before[1]]
		before = [2]string{strings.ToLower(strings.Trim(said, ":@")), before[0]}
		if !mark && !introduced || looked >= mostTags || len(spots) >= mostTags {
			continue
		}
		s := spot{severity: Error, from: from, to: from + len(said)}
		if account, found := look.accountIn(said); found {
			s.rule, s.reason = "election_account", accountReason(account)
			spots = append(spots, s)
			continue
		}
		if !mark {
			continue
		}
		looked++
		if name, found := look.compactIn(lettersOf(said)); found {
			s.rule, s.severity, s.reason = name.rule, name.severity, name.reason
			spots = append(spots, s)
		}
	}
	return spots
}

func notBlank(text string) int {
	if at := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) }); at >= 0 {
		return at
	}
	return len(text)
}

func blankAt(text string) int {
	if at := strings.IndexFunc(text, unicode.IsSpace); at >= 0 {
		return at
	}
	return len(text)
}

// compactIn finds a name among the letters of a tag, by its first few.
func (look watching) compactIn(letters string) (compactName, bool) {
	letters = letters[:min(len(letters), longestAddress)]
	for _, one := range []string{letters, masks.Replace(letters)} {
		for i := 0; i+compactKey <= len(one); i++ {
			for _, name := range look.compact[one[i:i+compactKey]] {
				if strings.HasPrefix(one[i:], name.letters) {
					return name, true
				}
			}
		}
	}
	return compactName{}, false
}

// accountIn finds a watched account in "@name" or in an address, where it is a part of the path or the host.
func (look watching) accountIn(said string) (WatchedAccount, bool) {
	if len(look.accounts) == 0 || strings.HasPrefix(said, "#") || len(said) > longestAddress {
		return WatchedAccount{}, false
	}
	rest := undotted.Replace(strings.ToLower(said))
	if _, after, found := strings.Cut(rest, "://"); found {
		rest = after
	}
	rest, _, _ = strings.Cut(rest, "?")
	for _, part := range strings.FieldsFunc(rest, func(c rune) bool { return c == '/' || c == '#' || c == ',' || c == ')' || c == '(' }) {
		if account, found := look.accounts[handle(part)]; found {
			return account, true
		}
		host := handle(part)
		if _, after, mail := strings.Cut(host, "@"); mail {
			host = after
		}
		for strings.Contains(host, ".") { // a part of a watched site: www2.…, info@…
			if account, found := look.accounts[host]; found {
				return account, true
			}
			_, host, _ = strings.Cut(host, ".")
		}
	}
	return WatchedAccount{}, false
}

// undotted writes the points of an address that were written to be overlooked.
var undotted = strings.NewReplacer("[.]", ".", "(.)", ".", "[dot]", ".", "(dot)", ".", "[titik]", ".", "(titik)", ".")

func accountReason(account WatchedAccount) string {
	whose := "peserta atau tim kampanye"
	if account.Whose != "" {
		whose = account.Whose
	}
	return fmt.Sprintf("Akun ini milik %s. Mengikuti, menyukai, atau membagikan akun peserta pemilu melanggar netralitas ASN (SKB 2/2022). Hapus tautannya.", whose)
}

// handle writes an account as it is compared.
func handle(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, prefix := range []string{"https://", "http://", "www.", "@"} {
		name = strings.TrimPrefix(name, prefix)
	}
	return strings.TrimRight(name, "/.")
}

// lettersOf leaves only what a tag keeps.
func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}
