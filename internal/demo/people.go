package demo

import (
	"fmt"
	"strings"

	"gaung/internal/org"
	"gaung/internal/period"
)

// nameParts are what names are drawn from; names are one field and are never put together from a first
// and a last name.
type nameParts struct {
	Male         []string `json:"male"`
	Female       []string `json:"female"`
	Second       []string `json:"second"`
	DegreesFront []string `json:"degrees_front"`
	DegreesBack  []string `json:"degrees_back"`
	EdgeCases    []string `json:"edge_cases"`
}

// positions are jabatan by level with the share of each level.
type positions struct {
	Top         []string `json:"pimpinan_tinggi"`
	Administers []string `json:"administrator"`
	Supervises  []string `json:"pengawas"`
	Functional  []string `json:"fungsional"`
	Executes    []string `json:"pelaksana"`
	Mix         struct {
		Top         float64 `json:"pimpinan_tinggi"`
		Administers float64 `json:"administrator"`
		Supervises  float64 `json:"pengawas"`
		Functional  float64 `json:"fungsional"`
		Executes    float64 `json:"pelaksana"`
	} `json:"mix"`
}

// person is somebody of the world, before they are in a database.
type person struct {
	local, name, nip, position, grade string // local: the e-mail's part before @
	unit                              string // code
	agency                            string // code
	roles                             []org.Role
	on                                string // the node that the roles are held on
}

// smallUnit has four people, for the rule of small groups.
const smallUnit, smallUnitPeople = "99.04-DISKOMINFO-03", 4

// people are everybody: the fixed accounts first, then colleagues until each agency has its number.
func (p province) people(today period.Day) []person {
	maker := &peopleMaker{dice: newDice(1), province: p, today: today, taken: map[string]bool{}}
	there := map[string][]person{}
	for _, one := range p.accounts() {
		maker.complete(&one)
		maker.all = append(maker.all, one)
		there[one.unit] = append(there[one.unit], one)
	}
	for _, r := range p.regions() {
		for _, a := range r.Agencies {
			maker.fill(a, there)
		}
	}
	return maker.all
}

type peopleMaker struct {
	dice
	province
	today period.Day
	taken map[string]bool // NIP
	all   []person
}

// fill gives every unit of an agency its people: an equal share each, the rest in the first.
func (m *peopleMaker) fill(a agency, there map[string][]person) {
	left, units := a.People, len(a.Units)
	for _, u := range a.Units {
		if u.Code == smallUnit {
			left, units = left-smallUnitPeople, units-1
		}
	}
	first := left - left/units*(units-1)
	for _, u := range a.Units {
		want := left / units
		if u.Code == smallUnit {
			want = smallUnitPeople
		} else if first > 0 {
			want, first = first, 0
		}
		for range want - len(there[u.Code]) {
			one := person{unit: u.Code, agency: a.Code}
			m.complete(&one)
			m.all = append(m.all, one)
		}
	}
}

// complete draws what is not fixed.
func (m *peopleMaker) complete(p *person) {
	female := m.chance(0.56)
	if p.name == "" {
		p.name = m.personName(female)
	}
	contract := m.chance(0.36)
	p.nip = m.number(female, contract)
	grades := "pns"
	if contract {
		grades = "pppk"
	}
	p.grade = pick(m.dice, m.Generators.Grades[grades])
	if p.position == "" {
		p.position = m.jobTitle()
	}
	if p.local == "" {
		p.local = fmt.Sprintf("pegawai%05d", len(m.all)+1)
	}
}

func (m *peopleMaker) personName(female bool) string {
	parts := m.Generators.Names
	if m.chance(0.002) {
		return pick(m.dice, parts.EdgeCases)
	}
	first := parts.Male
	if female {
		first = parts.Female
	}
	name := pick(m.dice, first)
	if !m.chance(0.08) { // the others are mononyms
		if m.chance(0.3) {
			name += " " + pick(m.dice, first)
		}
		name += " " + pick(m.dice, parts.Second)
	}
	switch {
	case m.chance(0.04):
		name = pick(m.dice, parts.DegreesFront) + " " + name
	case m.chance(0.45):
		name += ", " + pick(m.dice, parts.DegreesBack)
	}
	return name
}

func (m *peopleMaker) jobTitle() string {
	p := m.Generators.Position
	levels := [][]string{p.Top, p.Administers, p.Supervises, p.Functional, p.Executes}
	return pick(m.dice, levels[m.weighted([]float64{p.Mix.Top, p.Mix.Administers, p.Mix.Supervises, p.Mix.Functional, p.Mix.Executes})])
}

// number draws a well-formed number that no real person has: serials 901 to 999 are never given out.
func (m *peopleMaker) number(female, contract bool) string {
	year, _, _ := m.today.Date()
	for {
		age := 22 + m.IntN(36)
		born := period.DayOf(year-age, 1, 1).Add(m.IntN(365))
		began := min(year-age+19+m.IntN(12), year-1)
		middle := fmt.Sprintf("%02d", 1+m.IntN(12))
		if contract {
			began, middle = max(began, year-1-m.IntN(5)), "21"
		}
		gender := "1"
		if female {
			gender = "2"
		}
		number := strings.ReplaceAll(born.String(), "-", "") + fmt.Sprint(began) + middle + gender + fmt.Sprint(901+m.IntN(99))
		if !m.taken[number] {
			m.taken[number] = true
			return number
		}
	}
}
