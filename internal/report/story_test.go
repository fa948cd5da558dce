package report

import (
	"strings"
	"testing"

	"gaung/internal/metric"
	"gaung/internal/period"
)

func figured(values map[string][2]float64) Report {
	r := Report{Agency: Node{Name: "Provinsi Nusa Arunika", ShortName: "Nusa Arunika"}, From: period.DayOf(2026, 11, 1), To: period.DayOf(2026, 11, 22)}
	for key, v := range values {
		r.Metrics = append(r.Metrics, Value{Metric: metric.Named(key), Value: &v[0], Previous: &v[1]})
	}
	return r
}

// The sentence says what happened and no more: it does not celebrate zero, and tells nothing of a group
// that is withheld.
func TestStory(t *testing.T) {
	t.Parallel()
	of := func(sharers, shares, proven, people float64) Report {
		return figured(map[string][2]float64{"active_sharers": {sharers}, "shares": {shares}, "proven_shares": {proven}, "people_reached": {people}})
	}
	for _, c := range []struct {
		r      Report
		id, en string
	}{
		{of(310, 1500, 1204, 12345), "Pada 1–22 November 2026, 310 ASN Nusa Arunika ikut membagikan konten; 1.204 pembagian terbukti dan 12.345 orang terjangkau.",
			"1–22 November 2026: 310 civil servants of Nusa Arunika took part in sharing; 1,204 shares are proven and 12,345 people were reached."},
		{of(1, 1, 1, 1), "Pada 1–22 November 2026, 1 ASN Nusa Arunika ikut membagikan konten; 1 pembagian terbukti dan 1 orang terjangkau.",
			"1–22 November 2026: 1 civil servant of Nusa Arunika took part in sharing; 1 share is proven and 1 person was reached."},
		{of(2, 5, 0, 0), "Pada 1–22 November 2026, 2 ASN Nusa Arunika mencatat 5 pembagian, tetapi belum ada yang membuka tautannya.",
			"1–22 November 2026: 2 civil servants of Nusa Arunika recorded 5 shares, but nobody has opened a link yet."},
		{of(0, 0, 0, 7), "Pada 1–22 November 2026 tidak ada konten baru yang dibagikan, tetapi tautan yang sudah beredar menjangkau 7 orang.",
			"1–22 November 2026: nothing new was shared, but links already in circulation reached 7 people."},
		{of(0, 0, 0, 0), "Pada 1–22 November 2026 belum ada ASN Nusa Arunika yang membagikan konten, dan belum ada orang yang dijangkau.",
			"1–22 November 2026: no civil servant of Nusa Arunika has shared content, and nobody has been reached yet."},
		{Report{Agency: Node{Name: "UPT Kecil"}, From: period.DayOf(2026, 11, 1), To: period.DayOf(2026, 11, 1)},
			"Pada 1 November 2026, angka UPT Kecil tidak ditampilkan: kelompok ini, atau kelompok di sampingnya, kurang dari 5 orang.",
			"1 November 2026: figures of UPT Kecil are not shown: this group, or one beside it, has fewer than 5 people."},
	} {
		if got := story(c.r); got.ID != c.id || got.EN != c.en {
			t.Errorf("got  %s\nwant %s\ngot  %s\nwant %s", got.ID, c.id, got.EN, c.en)
		}
	}
}

// What is a share or a quotient already moves by points, and the sentence tells the change of the headline alone,
// where there was enough to compare with.
func TestWhatMoved(t *testing.T) {
	t.Parallel()
	value := func(unit metric.Unit, now, before float64) Value {
		return Value{Metric: metric.Metric{Unit: unit}, Value: &now, Previous: &before}
	}
	for want, v := range map[string]Value{"naik 43,5%": value(metric.People, 13229, 9217), "turun 0,1": value(metric.Ratio, 1.5, 1.6),
		"naik 3,7 poin persen": value(metric.Percent, 22.1, 18.4), "turun 0,02": value(metric.Index, 0.61, 0.63), "naik dari 0": value(metric.Percent, 4, 0)} {
		if got := v.change(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for want, v := range map[string]Value{"dari 3 menjadi 2.814 orang; pembanding terlalu kecil untuk persentase": value(metric.People, 2814, 3),
		"dari 0 menjadi 4; pembanding terlalu kecil untuk persentase":                  value(metric.Count, 4, 0),
		"dari 12 menjadi 5; pembanding terlalu kecil untuk persentase":                 value(metric.Count, 5, 12),
		"dari 0,1 menjadi 93,8 per 100 ASN; pembanding terlalu kecil untuk persentase": value(metric.Per100, 93.8, 0.1),
		"dari 10% menjadi 40%; pembanding kecil (di bawah 30)":                         value(metric.Percent, 40, 10),
		"sama dengan pembanding yang kecil (di bawah 30)":                              value(metric.People, 5, 5)} {
		v.SmallBase = true
		if got := v.change(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if v.caution() != strings.ToUpper(want[:1])+want[1:]+"." {
			t.Errorf("the workbook says %q", v.caution())
		}
	}
	at := Report{PreviousFrom: period.DayOf(2026, 10, 10), PreviousTo: period.DayOf(2026, 10, 31)}
	few := value(metric.People, 30, 20)
	few.SmallBase = true
	for want, v := range map[string]Value{", naik 43,5% dari 10–31 Oktober 2026": value(metric.People, 13229, 9217), ", turun 50% dari 10–31 Oktober 2026": value(metric.People, 50, 100),
		", sama banyak dengan 10–31 Oktober 2026": value(metric.People, 100, 100), "": few} {
		if got := reachedAgainst(v, at).ID; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Of many who are eligible three people are still three: their number per hundred is no base, either.
func TestFewPeopleAreASmallBaseOfARate(t *testing.T) {
	t.Parallel()
	of := func(eligible, people int64, rate float64) figures {
		return figures{Eligible: &eligible, PeopleReached: &people, ReachPer100: &rate, Adoption: &rate}
	}
	for _, c := range []struct {
		people int64
		small  bool
	}{{3, true}, {29, true}, {30, false}} {
		values := valued(of(3000, 2814, 93.8), of(3000, c.people, 0.1))
		r := Report{Metrics: values}
		all := metricsOf(r)
		if all["people_reached"].SmallBase != c.small || all["reach_per_100"].SmallBase != c.small || all["adoption"].SmallBase {
			t.Errorf("%d people: %v, per 100 %v, adoption %v", c.people, all["people_reached"].SmallBase, all["reach_per_100"].SmallBase, all["adoption"].SmallBase)
		}
	}
}

// Each step follows from figures that it names; a good report asks for nothing, a hidden one for nothing
// either, and never more than three things are asked.
func TestSteps(t *testing.T) {
	t.Parallel()
	fine := map[string][2]float64{"shares": {100, 90}, "proven_shares": {60, 50}, "adoption": {80, 80}, "share_rate": {30, 31}, "concentration_top10": {40, 40}, "reach_per_100": {50, 50}}
	with := func(key string, now, before float64) Report {
		values := map[string][2]float64{key: {now, before}}
		for k, v := range fine {
			if k != key {
				values[k] = v
			}
		}
		return figured(values)
	}
	rules := func(r Report) (keys []string) {
		for _, s := range steps(r) {
			keys = append(keys, s.Rule)
			if s.Text.ID == "" || s.Text.EN == "" || !strings.ContainsAny(s.Because.ID, "0123456789") || !strings.ContainsAny(s.Because.EN, "0123456789") {
				t.Errorf("a step that says no figure: %+v", s)
			}
			for _, word := range []string{"wajib", "harus", "sanksi", "perintah"} {
				if strings.Contains(strings.ToLower(s.Text.ID), word) {
					t.Errorf("a step presses: %s", s.Text.ID)
				}
			}
		}
		return keys
	}
	unread, networks := with("shares", 100, 90), with("shares", 100, 90)
	unread.Contents = []Published{{Title: "Dibaca", Shares: 50, PeopleReached: 9}, {Title: "Tak dibuka", Shares: 10}}
	networks.Networks = []Network{{Network: "whatsapp", Name: "WhatsApp", NameEn: "WhatsApp", Shares: 50, PeopleReached: 300}, {Network: "x", Name: "X", NameEn: "X", Shares: 40, PeopleReached: 40}}
	leading := with("shares", 100, 90)
	rank, third, rate, low, high := int64(1), int64(3), 90.0, 60.0, 120.0
	leading.Units = []Child{{Name: "Dinas Baik", Rank: &rank, Rate: &rate, Low: &low, High: &high}}
	all := with("adoption", 10, 10)
	all.Contents, all.Networks, all.Units = unread.Contents, networks.Networks, leading.Units
	shared := with("shares", 100, 90)
	shared.Units = []Child{{Name: "Dinas Satu", Band: "31-100", Rank: &rank, Rate: &rate, Low: &low, High: &high}, {Name: "Dinas Dua", Band: "31-100", Rank: &rank, Rate: &rate, Low: &low, High: &high},
		{Name: "Dinas Tiga", Band: "1-30", Rank: &rank, Rate: &rate, Low: &low, High: &high}, {Name: "Dinas Lain", Band: "31-100", Rank: &third, Rate: &low, Low: &low, High: &high}}
	if step := steps(shared); len(step) != 1 || !strings.Contains(step[0].Text.ID, "2 unit yang berbagi urutan pertama di liga 31–100 ASN") || strings.Contains(step[0].Text.ID, "Dinas") {
		t.Errorf("one of two that share the first place is named: %+v", step)
	}
	alike := with("shares", 100, 90)
	alike.Units = shared.Units[:2]
	if step := steps(alike); len(step) != 0 {
		t.Errorf("a whole league is asked to tell itself: %+v", step)
	}
	for name, c := range map[string]struct {
		r    Report
		want string
	}{
		"fine":               {with("shares", 100, 90), ""},
		"few signed in":      {with("adoption", 59.9, 59.9), "adoption_low"},
		"fell":               {with("share_rate", 24, 30), "participation_fell"},
		"fell less":          {with("share_rate", 24.1, 30), ""},
		"unproven":           {with("proven_shares", 39, 0), "evidence_low"},
		"unproven, but few":  {figured(map[string][2]float64{"shares": {29, 0}, "proven_shares": {1, 0}}), ""},
		"carried by few":     {with("concentration_top10", 60.1, 0), "carried_by_few"},
		"unread":             {unread, "content_unread"},
		"a network works":    {networks, "network_works"},
		"one to learn from":  {leading, "learn_from"},
		"two to learn from":  {shared, "learn_from"},
		"first three only":   {all, "adoption_low content_unread network_works"},
		"a group withheld":   {Report{}, ""},
		"nothing to compare": {figured(map[string][2]float64{"shares": {100, 0}}), ""},
	} {
		if got := strings.Join(rules(c.r), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
