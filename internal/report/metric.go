package report

// Unit is what a metric counts in.
type Unit string

// The units.
const (
	People  Unit = "people"
	Count   Unit = "count"
	Percent Unit = "percent"
	Per100  Unit = "per_100"
	Ratio   Unit = "ratio"
	Index   Unit = "index" // 0 to 1
)

// Metric is one entry of the registry: one name, one definition, one query behind screen, CSV and API.
// A change of formula is a new version.
type Metric struct {
	Key         string `json:"key"`
	Name        string `json:"name" doc:"Indonesian"`
	NameEn      string `json:"name_en"`
	Unit        Unit   `json:"unit" enum:"people,count,percent,per_100,ratio,index"`
	Formula     string `json:"formula" doc:"Indonesian"`
	FormulaEn   string `json:"formula_en"`
	Denominator string `json:"denominator" doc:"Key of the metric below the line; empty: none"`
	Evidence    string `json:"evidence" doc:"Grades that it counts"`
	Version     int    `json:"version"`
	Caveat      string `json:"caveat" doc:"What the figure does not say; Indonesian"`
	CaveatEn    string `json:"caveat_en"`
}

// MetricNamed finds an entry of the registry; the zero Metric when there is none.
func MetricNamed(key string) Metric {
	for _, metric := range append(Registry(), beside()...) {
		if metric.Key == key {
			return metric
		}
	}
	return Metric{}
}
