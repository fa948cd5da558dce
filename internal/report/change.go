package report

import (
	"fmt"

	"gaung/internal/metric"
)

// change says in words how a figure stands to the days it is compared with; every form of a report says it so.
func (v Value) change() string {
	if v.Value == nil || v.Previous == nil {
		return "tidak ada data pembanding"
	}
	now, before := *v.Value, *v.Previous
	switch {
	case v.SmallBase && now == before:
		return "sama dengan pembanding yang kecil (di bawah 30)"
	case v.SmallBase:
		return v.fromFew()
	case now == before:
		return "sama dengan pembanding"
	case before == 0:
		return "naik dari 0"
	case now > before:
		return "naik " + v.distance(now-before)
	}
	return "turun " + v.distance(before-now)
}

// fromFew tells both figures: of three people who became thousands a percentage is noise.
func (v Value) fromFew() string {
	caution, of := "pembanding kecil (di bawah 30)", ""
	if v.relative() {
		caution = "pembanding terlalu kecil untuk persentase"
	}
	switch v.Unit {
	case metric.People, metric.Per100, metric.Minutes:
		of = " " + unitWords[v.Unit]
	}
	return fmt.Sprintf("dari %s menjadi %s%s; %s", written(v.Unit, v.Previous), written(v.Unit, v.Value), of, caution)
}

// relative tells whether a change is said in percent. What is a share or a quotient already is not divided once
// more: a quotient of few digits would seem to have moved by what was rounded away.
func (v Value) relative() bool {
	return v.Unit != metric.Percent && v.Unit != metric.Ratio && v.Unit != metric.Index
}

// distance is how far a figure has moved.
func (v Value) distance(by float64) string {
	switch {
	case v.relative():
		return decimal(100*by / *v.Previous, 1) + "%"
	case v.Unit == metric.Percent:
		return decimal(by, 1) + " poin persen"
	case v.Unit == metric.Index:
		return decimal(by, 2)
	}
	return decimal(by, 1)
}
