package report

import "math"

// Unit is what a metric counts in.
type Unit string

// The units.
const (
	People  Unit = "people"
	Count   Unit = "count"
	Percent Unit = "percent"
	Per100  Unit = "per_100"
	Ratio   Unit = "ratio"
)

// Metric is one entry of the registry: one name, one definition, one query behind screen, CSV and API.
// A change of formula is a new version.
type Metric struct {
	Key         string `json:"key"`
	Name        string `json:"name" doc:"Indonesian"`
	NameEn      string `json:"name_en"`
	Unit        Unit   `json:"unit" enum:"people,count,percent,per_100,ratio"`
	Formula     string `json:"formula" doc:"Indonesian"`
	FormulaEn   string `json:"formula_en"`
	Denominator string `json:"denominator" doc:"Key of the metric below the line; empty: none"`
	Evidence    string `json:"evidence" doc:"Grades that it counts"`
	Version     int    `json:"version"`
}

// Registry is every metric, in the order of the report. The figures type gives each its value.
func Registry() []Metric {
	return []Metric{
		{"people_reached", "Orang terjangkau", "People reached", People,
			"Jumlah pengunjung unik harian yang sah pada tautan pribadi; satu orang dihitung sekali per konten dan pembagi dalam satu hari kunjungan (02.00–02.00 WIB). Lintas hari adalah penjumlahan harian.",
			"Sum of daily unique valid visitors on personal links; a person counts once per content and sharer in a visitor day (02.00–02.00 WIB). Over several days it is the sum of the days.", "", "B", 1},
		{"active_sharers", "Pembagi aktif", "Active sharers", People,
			"Jumlah ASN berbeda yang mencatat sedikitnya satu pembagian dalam periode.",
			"Number of different civil servants who recorded at least one share in the period.", "", "A+B+C+D", 1},
		{"share_rate", "Tingkat partisipasi berbagi", "Share rate", Percent,
			"Pembagi aktif ÷ ASN yang berhak × 100.", "Active sharers ÷ eligible × 100.", "eligible", "A+B+C+D", 1},
		{"shares", "Pembagian", "Shares", Count,
			"Jumlah pembagian tercatat; satu per orang, konten, dan jejaring.", "Recorded shares: one per person, content and network.", "", "A+B+C+D", 1},
		{"reach_per_100", "Jangkauan per 100 ASN", "Reach per 100", Per100,
			"Orang terjangkau ÷ ASN yang berhak × 100.", "People reached ÷ eligible × 100.", "eligible", "B", 1},
		{"valid_clicks", "Klik sah", "Valid clicks", Count,
			"Jumlah klik dengan putusan sah: bukan pengambil pratinjau, bot, prapengambilan, klik sendiri, atau ulangan pengunjung yang sama pada hari kunjungan yang sama.",
			"Clicks judged valid: not a preview fetcher, bot, prefetch, own click, or repeat of the same visitor in a visitor day.", "", "B", 1},
		{"clicks_per_share", "Klik sah per pembagian", "Valid clicks per share", Ratio,
			"Klik sah ÷ pembagian.", "Valid clicks ÷ shares.", "shares", "B", 1},
		{"likes", "Suka dilaporkan", "Likes reported", Count,
			"Jumlah suka pada unggahan resmi yang dicatat; satu per orang, konten, dan jejaring.", "Recorded likes of official posts: one per person, content and network.", "", "A+D", 1},
		{"machine_requests", "Permintaan mesin (tidak dihitung)", "Machine requests (not counted)", Count,
			"Jumlah permintaan pengambil pratinjau, bot, dan prapengambilan pada tautan pribadi; tidak masuk jangkauan.",
			"Requests of preview fetchers, bots and prefetch on personal links; never part of reach.", "", "–", 1},
		{"eligible", "ASN yang berhak", "Eligible", People,
			"Jumlah ASN aktif pada subpohon instansi menurut potret harian terakhir dalam periode.",
			"Active civil servants in the subtree at the last daily snapshot in the period.", "", "–", 1},
	}
}

// MetricNamed finds an entry of the registry; the zero Metric when there is none.
func MetricNamed(key string) Metric {
	for _, metric := range Registry() {
		if metric.Key == key {
			return metric
		}
	}
	return Metric{}
}

// figures are the sums that every metric is made of. A nil sum is not known or not shown.
type figures struct {
	Eligible        *int64
	ActiveSharers   *int64
	Shares          *int64
	Likes           *int64
	PeopleReached   *int64
	ValidClicks     *int64
	MachineRequests *int64
	ShareRate       *float64 // by per_100, the database's one definition of a rate
	ReachPer100     *float64
}

// value gives a metric's value, and nil where it has none.
func (f figures) value(key string) *float64 {
	switch key {
	case "eligible":
		return whole(f.Eligible)
	case "active_sharers":
		return whole(f.ActiveSharers)
	case "shares":
		return whole(f.Shares)
	case "likes":
		return whole(f.Likes)
	case "people_reached":
		return whole(f.PeopleReached)
	case "valid_clicks":
		return whole(f.ValidClicks)
	case "machine_requests":
		return whole(f.MachineRequests)
	case "share_rate":
		return f.ShareRate
	case "reach_per_100":
		return f.ReachPer100
	case "clicks_per_share":
		return quotient(f.ValidClicks, f.Shares)
	}
	return nil
}

func whole(n *int64) *float64 {
	if n == nil {
		return nil
	}
	value := float64(*n)
	return &value
}

// quotient is rounded to one decimal, once, here: every output shows the same digits.
func quotient(above, below *int64) *float64 {
	if above == nil || below == nil || *below == 0 {
		return nil
	}
	value := math.Round(10*float64(*above)/float64(*below)) / 10
	return &value
}
