package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"gaung/internal/org"
)

//go:embed world/agencies.json
var agenciesJSON []byte

// province is the file of the fictional world: a ministry, a province in three zones, its regencies, and
// the parts that people are made of.
type province struct {
	Central    region   `json:"central"`
	Province   region   `json:"province"`
	Regencies  []region `json:"regencies"`
	Generators struct {
		Names    nameParts           `json:"names"`
		Grades   map[string][]string `json:"golongan"`
		Position positions           `json:"jabatan"`
		Activity struct {
			Participation struct {
				Small  float64 `json:"lt_60"`
				Middle float64 `json:"60_300"`
				Large  float64 `json:"gt_300"`
			} `json:"participation_rate_by_agency_size"`
			SkipRate float64 `json:"skip_rate"`
		} `json:"activity"`
	} `json:"generators"`
}

type region struct {
	Code       string   `json:"code"`
	ParentCode string   `json:"parent_code"`
	Name       string   `json:"name"`
	ShortName  string   `json:"short_name"`
	Type       string   `json:"type"`
	Zone       string   `json:"timezone"`
	Domain     string   `json:"domain"`
	Agencies   []agency `json:"agencies"`
}

type agency struct {
	Code       string `json:"code"`
	ParentCode string `json:"parent_code"`
	Name       string `json:"name"`
	ShortName  string `json:"short_name"`
	People     int    `json:"asn_count"`
	Units      []struct {
		Code string `json:"code"`
		Name string `json:"name"`
	} `json:"units"`
}

func readProvince() (p province, err error) {
	if err := json.Unmarshal(agenciesJSON, &p); err != nil {
		return p, fmt.Errorf("agencies.json: %w", err)
	}
	return p, nil
}

// regions are the ministry, the province and its regencies, parents first.
func (p province) regions() []region { return append([]region{p.Central, p.Province}, p.Regencies...) }

// tree is every node, parents first: regions, then their agencies, then the units.
func (p province) tree() (drafts []org.DraftByCode) {
	for i, r := range p.regions() {
		kind := org.Region
		if i == 0 {
			kind = org.Ministry
		}
		drafts = append(drafts, org.DraftByCode{ParentCode: r.ParentCode,
			Draft: org.Draft{Kind: kind, Code: r.Code, Name: r.Name, ShortName: r.ShortName, Zone: r.Zone}})
	}
	for _, r := range p.regions() {
		for _, a := range r.Agencies {
			drafts = append(drafts, org.DraftByCode{ParentCode: a.ParentCode,
				Draft: org.Draft{Kind: org.Body, Code: a.Code, Name: a.Name, ShortName: a.ShortName}})
			for _, u := range a.Units {
				drafts = append(drafts, org.DraftByCode{ParentCode: a.Code, Draft: org.Draft{Kind: org.Unit, Code: u.Code, Name: u.Name}})
			}
		}
	}
	return drafts
}
