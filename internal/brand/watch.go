package brand

// Watch is what an election mode looks for beyond the rules of the house: words, names and accounts.
type Watch struct {
	Words    []WatchedWord    `json:"words" maxItems:"300" nullable:"false"`
	Names    []WatchedName    `json:"names" maxItems:"500" nullable:"false"`
	Accounts []WatchedAccount `json:"accounts" maxItems:"500" nullable:"false"`
}

// WatchedWord is a word, a phrase or a slogan.
type WatchedWord struct {
	Phrase   string   `json:"phrase"`
	Severity Severity `json:"severity" enum:"error,warning"`
}

// WatchedName is a candidate, a party or a team, with every other way to write the name.
type WatchedName struct {
	Name     string   `json:"name"`
	Kind     NameKind `json:"kind" enum:"candidate,party,team"`
	Aliases  []string `json:"aliases,omitempty" maxItems:"20" doc:"Other ways to write it"`
	Doubtful []string `json:"doubtful,omitempty" maxItems:"20" doc:"Ways to write it that have another meaning, too (PBB, Garuda): found only in a sentence that speaks of politics"`
}

// NameKind is whose name it is.
type NameKind string

// The kinds of names.
const (
	Candidate NameKind = "candidate"
	Party     NameKind = "party"
	Team      NameKind = "team"
)

var kindWords = map[NameKind]string{Candidate: "nama peserta pemilu", Party: "nama partai politik", Team: "nama tim pemenangan atau relawan"}

// WatchedAccount is the account of a candidate, a party or a team.
type WatchedAccount struct {
	Handle string `json:"handle" doc:"Without @; of a website its host"`
	Whose  string `json:"whose,omitempty"`
}

// LookIn finds in a text, and in the addresses that go with it, what the lists name. It asks nothing and
// changes nothing. Addresses are told by the field that holds them.
func (w Watch) LookIn(text Text, addresses []Address) []Finding {
	text = text.valid()
	look := w.compiled()
	findings := []Finding{}
	in := func(field string, index int, text string) {
		if text != "" && len(findings) < mostFindings {
			read := cutText(text, field == "hashtags")
			findings = append(findings, read.findings(field, index, look.spots(read, field == "hashtags"))...)
		}
	}
	in("title", 0, text.Title)
	in("summary", 0, text.Summary)
	in("body", 0, text.Body)
	for i, caption := range text.Captions {
		in("captions", i, caption)
	}
	for i, tag := range text.Hashtags {
		in("hashtags", i, tag)
	}
	for _, address := range addresses {
		if account, found := look.accountIn(address.URL); found {
			findings = append(findings, Finding{Rule: "election_account", Severity: Error, Field: address.Field, Index: address.Index,
				Quote: shortened(address.URL), Reason: accountReason(account)})
		}
	}
	return findings[:min(len(findings), mostFindings)]
}

// Address is a link that goes with a text.
type Address struct {
	Field string
	Index int
	URL   string
}
