package report

import "fmt"

// Words are a text in both languages.
type Words struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

// In is the text in a language, "id" or "en".
func (w Words) In(lang string) string {
	if lang == "en" {
		return w.EN
	}
	return w.ID
}

// story tells what happened in one sentence that a leader can repeat. No figure is in it that is not in the
// report; a headline counts what is proven, and only where nothing is, what was recorded.
func story(r Report) Words {
	name := r.Agency.ShortName
	if name == "" {
		name = r.Agency.Name
	}
	of := metricsOf(r)
	shares, people, sharers := of["shares"].Value, of["people_reached"].Value, of["active_sharers"].Value
	if shares == nil || people == nil {
		return said("Pada %s, angka %s tidak ditampilkan: kelompok ini, atau kelompok di sampingnya, kurang dari 5 orang.",
			"%s: figures of %s are not shown: this group, or one beside it, has fewer than 5 people.", r, name)
	}
	reached := plural(*people, "person was reached", "people were reached")
	switch {
	case *shares == 0 && *people == 0:
		return said("Pada %s belum ada ASN %s yang membagikan konten, dan belum ada orang yang dijangkau.",
			"%s: no civil servant of %s has shared content, and nobody has been reached yet.", r, name)
	case *shares == 0:
		return Words{fmt.Sprintf("Pada %s tidak ada konten baru yang dibagikan, tetapi tautan yang sudah beredar menjangkau %s orang.", dates(r.From, r.To), decimal(*people, 0)),
			fmt.Sprintf("%s: nothing new was shared, but links already in circulation reached %s.", datesEN(r.From, r.To), plural(*people, "person", "people"))}
	}
	who := Words{"", "civil servants of " + name}
	if sharers != nil {
		who = Words{decimal(*sharers, 0) + " ", plural(*sharers, "civil servant of "+name, "civil servants of "+name)}
	}
	if *people == 0 {
		return Words{fmt.Sprintf("Pada %s, %sASN %s mencatat %s pembagian, tetapi belum ada yang membuka tautannya.", dates(r.From, r.To), who.ID, name, decimal(*shares, 0)),
			fmt.Sprintf("%s: %s recorded %s, but nobody has opened a link yet.", datesEN(r.From, r.To), who.EN, plural(*shares, "share", "shares"))}
	}
	proven := 0.0
	if v := of["proven_shares"].Value; v != nil {
		proven = *v
	}
	far := reachedAgainst(of["people_reached"], r)
	return Words{fmt.Sprintf("Pada %s, %sASN %s ikut membagikan konten; %s pembagian terbukti dan %s orang terjangkau%s.", dates(r.From, r.To), who.ID, name, decimal(proven, 0), decimal(*people, 0), far.ID),
		fmt.Sprintf("%s: %s took part in sharing; %s proven and %s%s.", datesEN(r.From, r.To), who.EN, plural(proven, "share is", "shares are"), reached, far.EN)}
}

// reachedAgainst tells how far the people reached are from those of the days before, where these are enough to say so.
func reachedAgainst(v Value, r Report) Words {
	if v.Previous == nil || *v.Previous == 0 || v.SmallBase {
		return Words{}
	}
	by := 100 * (*v.Value - *v.Previous) / *v.Previous
	switch {
	case by >= 0.05:
		return Words{fmt.Sprintf(", naik %s%% dari %s", decimal(by, 1), dates(r.PreviousFrom, r.PreviousTo)), fmt.Sprintf(", up %s%% from %s", english(by, 1), datesEN(r.PreviousFrom, r.PreviousTo))}
	case by <= -0.05:
		return Words{fmt.Sprintf(", turun %s%% dari %s", decimal(-by, 1), dates(r.PreviousFrom, r.PreviousTo)), fmt.Sprintf(", down %s%% from %s", english(-by, 1), datesEN(r.PreviousFrom, r.PreviousTo))}
	}
	return Words{fmt.Sprintf(", sama banyak dengan %s", dates(r.PreviousFrom, r.PreviousTo)), fmt.Sprintf(", as many as in %s", datesEN(r.PreviousFrom, r.PreviousTo))}
}

func said(id, en string, r Report, name string) Words {
	return Words{fmt.Sprintf(id, dates(r.From, r.To), name), fmt.Sprintf(en, datesEN(r.From, r.To), name)}
}

// plural writes a number with its English noun.
func plural(n float64, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return english(n, 0) + " " + more
}
