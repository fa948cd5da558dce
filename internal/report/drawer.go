package report

import (
	"context"
	"maps"
	"math"
	"time"

	"gaung/internal/db"
	"gaung/internal/metric"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Estimate is a metric that may stand beside its own definition alone: an estimate, or what needs single clicks.
type Estimate struct {
	metric.Metric
	Value  *float64 `json:"value" doc:"Null for an estimate, and where there is nothing to show"`
	Low    *float64 `json:"low" doc:"An estimate lies between low and high"`
	High   *float64 `json:"high"`
	People *int64   `json:"people" doc:"How many persons’ declarations an estimate rests on"`
}

// rawDays is the longest span over which single rows are read: sums of them are not kept.
const rawDays = 31

// Estimates reads the metrics of the drawer for the days of a report, and those that nothing gives yet. They are in
// no report: a figure beside a headline would be taken for one.
func (s *Service) Estimates(ctx context.Context, actor org.Actor, q Query) ([]Estimate, error) {
	r, err := s.asked(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	days := spanOver(r, r.From, r.To, nil)
	if days.hidden, err = s.withheld(ctx, days); err != nil {
		return nil, err
	}
	found := map[string]Estimate{}
	if days.known() {
		if found, err = s.estimates(ctx, days); err != nil {
			return nil, err
		}
	}
	list := []Estimate{}
	for _, m := range append(metric.In(metric.Drawer), metric.In(metric.None)...) {
		one := found[m.Key]
		one.Metric = m
		list = append(list, one.explained(days))
	}
	return list, nil
}

// explained says why there is no value.
func (a Estimate) explained(days span) Estimate {
	switch {
	case a.Place == metric.None || a.Value != nil || a.Low != nil:
	case !days.known():
		a.Missing, a.MissingEn = "Tidak ditampilkan: kelompok di bawah 5 orang, atau yang membukanya.", "Not shown: a group under 5 people, or one that would give it away."
	case a.Key != "gross_potential" && days.long():
		a.Missing, a.MissingEn = "Hanya dihitung untuk rentang sampai 31 hari.", "Reckoned for spans of up to 31 days only."
	case a.Key == "integrity":
		a.Missing, a.MissingEn = "Belum ada klik pada periode ini.", "There are no clicks in the period yet."
	default:
		a.Missing, a.MissingEn = "Belum cukup: kurang dari 5 orang menyatakan jumlah pengikutnya.", "Not enough: fewer than 5 persons declared their followers."
	}
	return a
}

func (s span) long() bool { return int(s.to-s.from) >= rawDays }

func (s *Service) estimates(ctx context.Context, days span) (map[string]Estimate, error) {
	type estimate struct {
		Key       string
		Low, High *float64
		People    int64
	}
	args := followed()
	args["shares"] = !days.long()
	guessed, err := ask[estimate](ctx, s.db, "estimates", days, args)
	if err != nil {
		return nil, err
	}
	all := map[string]Estimate{}
	for _, e := range guessed {
		if e.People >= org.SmallestGroup {
			all[e.Key] = Estimate{Low: e.Low, High: e.High, People: &e.People}
		}
	}
	if days.long() {
		return all, nil
	}
	sifted, err := rows[struct{ Valid, Taken int64 }](ctx, s.db, "taken_out", days)
	if err != nil {
		return nil, err
	}
	if of := sifted[0]; of.Valid+of.Taken > 0 {
		share := math.Round(1000*float64(of.Taken)/float64(of.Valid+of.Taken)) / 10
		all["integrity"] = Estimate{Value: &share}
	}
	return all, nil
}

// followed are the bands, and the networks on which followers mean something.
func followed() db.Args {
	args := db.Args{}
	var bands []int16
	var lows, highs []int64
	for _, b := range network.Bands() {
		bands, lows, highs = append(bands, b.Number), append(lows, b.Low), append(highs, b.High)
	}
	var networks []int16
	for _, key := range network.Keys(network.Capability.Follows) {
		n, _ := network.Named(key) // Keys gives known ones
		networks = append(networks, int16(n.Number))
	}
	maps.Copy(args, db.Args{"bands": bands, "lows": lows, "highs": highs, "networks": networks})
	return args
}

// spanOver are some days of the report's node.
func spanOver(r Report, from, to period.Day, read *inputs) span {
	days := span{inputs: read, node: r.Agency.ID, zone: r.Agency.Zone, from: from, to: to, cover: coverOf(from, to, r.GeneratedAt)}
	for _, step := range r.Path {
		days.nodes = append(days.nodes, step.ID)
	}
	return days
}

// coverOf are the months of a span. After a day that is the newest one everywhere there is nothing to take off: the
// month counts whole.
func coverOf(from, to period.Day, now time.Time) period.Cover {
	if to >= period.LocalDay(now, period.MustZone("Asia/Jayapura")) { // the first zone to see a new day
		to = period.MonthOf(to).To
	}
	return period.CoverOf(from, to)
}
