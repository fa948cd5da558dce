package report

import (
	"fmt"
	"slices"
	"strings"
)

// Advice is something to do next. It follows from the report by a rule, so that everybody can trace why it is
// said; no rule looks at persons, and none asks for pressure on anybody.
type Advice struct {
	Rule    string `json:"rule" doc:"Key of the rule"`
	Text    Words  `json:"text" doc:"What to do"`
	Because Words  `json:"because" doc:"The figures, and the rule that they fulfil"`
}

// The thresholds of the rules.
const (
	fewShares     = 30   // below so many recorded shares a part of them says little
	provenLow     = 0.4  // of recorded shares
	adoptionLow   = 60.0 // per cent of the eligible
	fallen        = 0.2  // against the days before
	carriedByFew  = 60.0 // per cent of people reached, by a tenth of sharers
	sharesUnread  = 10   // shares of a content that nobody opened
	mostAdvice    = 3
	betterNetwork = 1.5 // people per share, against the other networks together
)

// steps are what the figures suggest to do next: the first three of the rules that apply, in this order.
func steps(r Report) []Advice {
	found := []Advice{}
	if metricsOf(r)["shares"].Value == nil {
		return found
	}
	for _, rule := range []func(Report) *Advice{stepTarget, stepAdoption, stepFallen, stepUnproven, stepUnread, stepFew, stepNetwork, stepLearn} {
		if step := rule(r); step != nil && len(found) < mostAdvice {
			found = append(found, *step)
		}
	}
	return found
}

func stepAdoption(r Report) *Advice {
	adoption := metricsOf(r)["adoption"].Value
	if adoption == nil || *adoption >= adoptionLow {
		return nil
	}
	return &Advice{"adoption_low",
		Words{"Bantu ASN masuk untuk pertama kali: minta operator unit membagikan kata sandi pertama dan menawarkan bantuan.",
			"Help people sign in for the first time: ask the units’ operators to hand out first passwords and offer help."},
		Words{fmt.Sprintf("Adopsi %s%%, di bawah ambang saran %s%%.", decimal(*adoption, 1), decimal(adoptionLow, 0)), fmt.Sprintf("Adoption is %s%%, under this advice’s threshold of %s%%.", english(*adoption, 1), english(adoptionLow, 0))}}
}

func stepFallen(r Report) *Advice {
	rate := metricsOf(r)["share_rate"]
	if rate.Value == nil || rate.Previous == nil || rate.SmallBase || *rate.Previous == 0 || *rate.Value > (1-fallen)**rate.Previous {
		return nil
	}
	return &Advice{"participation_fell",
		Words{"Tanyakan kepada humas unit apa yang menghambat: waktu terbit, isi, atau jumlah konten. Keikutsertaan tetap sukarela.",
			"Ask the units’ public relations what is in the way: the hour, the topics, or too many contents. Taking part stays voluntary."},
		Words{fmt.Sprintf("Tingkat partisipasi berbagi turun dari %s%% menjadi %s%%: seperlima atau lebih.", decimal(*rate.Previous, 1), decimal(*rate.Value, 1)),
			fmt.Sprintf("The share rate fell from %s%% to %s%%: by a fifth or more.", english(*rate.Previous, 1), english(*rate.Value, 1))}}
}

func stepUnproven(r Report) *Advice {
	shares, proven := metricsOf(r)["shares"].Value, metricsOf(r)["proven_shares"].Value
	if shares == nil || proven == nil || *shares < fewShares || *proven >= provenLow**shares {
		return nil
	}
	return &Advice{"evidence_low",
		Words{"Ajak pembagi mengirim tautan pribadinya ke orang atau grup yang akan membacanya; pembagian tanpa pembaca tidak menjadi bukti.",
			"Encourage sharers to send their personal link to people or groups who will read it; a share without readers proves nothing."},
		Words{fmt.Sprintf("%s dari %s pembagian terbukti (A+B), di bawah %s%%.", decimal(*proven, 0), decimal(*shares, 0), decimal(100*provenLow, 0)),
			fmt.Sprintf("%s of %s shares are proven (A+B), under %s%%.", english(*proven, 0), english(*shares, 0), english(100*provenLow, 0))}}
}

func stepUnread(r Report) *Advice {
	at := slices.IndexFunc(r.Contents, func(c Published) bool { return c.Shares >= sharesUnread && c.PeopleReached == 0 })
	if at < 0 {
		return nil
	}
	c := r.Contents[at]
	return &Advice{"content_unread",
		Words{fmt.Sprintf("Periksa judul dan gambar “%s”: dibagikan, tetapi tidak dibuka.", shortened(c.Title)), fmt.Sprintf("Look at title and picture of “%s”: it is shared, but not opened.", shortened(c.Title))},
		Words{fmt.Sprintf("%s pembagian, 0 orang terjangkau; aturan: %d pembagian atau lebih tanpa pembaca.", decimal(float64(c.Shares), 0), sharesUnread),
			fmt.Sprintf("%s shares, 0 people reached; rule: %d shares or more without a reader.", english(float64(c.Shares), 0), sharesUnread)}}
}

func stepFew(r Report) *Advice {
	top := metricsOf(r)["concentration_top10"].Value
	if top == nil || *top <= carriedByFew {
		return nil
	}
	return &Advice{"carried_by_few",
		Words{"Siapkan konten yang dekat dengan lebih banyak pegawai (layanan unitnya, daerahnya), agar jangkauan tidak bergantung pada sedikit orang.",
			"Prepare content that is close to more people’s work (their unit’s service, their region), so that reach does not hang on few."},
		Words{fmt.Sprintf("Sepersepuluh pembagi membawa %s%% jangkauan, di atas %s%%.", decimal(*top, 1), decimal(carriedByFew, 0)),
			fmt.Sprintf("A tenth of the sharers carried %s%% of reach, above %s%%.", english(*top, 1), english(carriedByFew, 0))}}
}

func stepNetwork(r Report) *Advice {
	perShare := func(n Network) float64 { return float64(n.PeopleReached) / float64(n.Shares) }
	var best *Network
	for i, n := range r.Networks {
		if n.Shares >= fewShares && n.PeopleReached >= fewShares && (best == nil || perShare(n) > perShare(*best)) {
			best = &r.Networks[i]
		}
	}
	if best == nil {
		return nil
	}
	for _, n := range r.Networks {
		if n.Network != best.Network && n.Shares >= fewShares && perShare(*best) >= betterNetwork*perShare(n) {
			return &Advice{"network_works",
				Words{fmt.Sprintf("Utamakan keterangan yang cocok untuk %s: di sana satu pembagian paling banyak dibaca.", best.Name), fmt.Sprintf("Write captions for %s first: a share is read most there.", best.NameEn)},
				Words{fmt.Sprintf("%s: %s orang per pembagian; %s: %s.", best.Name, decimal(perShare(*best), 1), n.Name, decimal(perShare(n), 1)),
					fmt.Sprintf("%s: %s people per share; %s: %s.", best.NameEn, english(perShare(*best), 1), n.NameEn, english(perShare(n), 1))}}
		}
	}
	return nil
}

func stepLearn(r Report) *Advice {
	whole := metricsOf(r)["reach_per_100"].Value
	stands := func(u Child) bool {
		return whole != nil && u.Rank != nil && *u.Rank == 1 && u.Rate != nil && u.Low != nil && *u.Low > *whole && !alike(r.Units, u.Band)
	}
	at := slices.IndexFunc(r.Units, stands)
	if at < 0 {
		return nil
	}
	u, first := r.Units[at], 0
	for _, other := range r.Units {
		if other.Band == u.Band && other.Rank != nil && *other.Rank == 1 {
			first++
		}
	}
	if first > 1 { // by name one would stand for all
		return &Advice{"learn_from",
			Words{fmt.Sprintf("Minta %d unit yang berbagi urutan pertama di liga %s menceritakan caranya kepada unit lain.", first, bandName(u.Band)),
				fmt.Sprintf("Ask the %d units that share the first place in the league of %s staff to tell the others how they do it.", first, strings.ReplaceAll(u.Band, "-", "–"))},
			Words{fmt.Sprintf("Urutan pertama liga %s dibagi %d unit; angka instansi %s per 100 ASN.", bandName(u.Band), first, decimal(*whole, 1)),
				fmt.Sprintf("%d units share the first place of the league of %s staff; the whole agency’s figure is %s per 100.", first, strings.ReplaceAll(u.Band, "-", "–"), english(*whole, 1))}}
	}
	return &Advice{"learn_from",
		Words{fmt.Sprintf("Minta %s menceritakan caranya kepada unit lain.", shortened(u.Name)), fmt.Sprintf("Ask %s to tell the others how they do it.", shortened(u.Name))},
		Words{fmt.Sprintf("%s orang terjangkau per 100 ASN (kisaran %s–%s), seluruhnya di atas angka instansi.", decimal(*u.Rate, 1), decimal(*u.Low, 1), decimal(*u.High, 1)),
			fmt.Sprintf("%s people reached per 100 staff (range %s–%s), all above the whole agency’s figure.", english(*u.Rate, 1), english(*u.Low, 1), english(*u.High, 1))}}
}

// alike tells whether nobody stands out in a league: chance alone may explain how its units differ, so that all of
// them share the first place.
func alike(units []Child, band string) bool {
	shown := 0
	for _, u := range units {
		if u.Band != band || u.Rate == nil {
			continue
		}
		if shown++; u.Rank == nil || *u.Rank != 1 {
			return false
		}
	}
	return shown > 1
}
