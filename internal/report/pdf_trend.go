package report

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/go-analyze/charts"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"gaung/internal/paper"
)

// dense is how many dots of a printed line chart lie in a millimetre: 305 to the inch.
const dense = 12

// chartFont is what a chart is set in: as everything else on the paper.
var chartFont = sync.OnceValue(func() error { return charts.InstallFont(paper.Family, paper.Letters()) })

// peak is the day on which most were reached; the first of several.
func peak(days []DayRow) DayRow {
	return slices.MaxFunc(days, func(a, b DayRow) int { return cmp.Compare(a.PeopleReached, b.PeopleReached) })
}

// trend draws people reached by day, from nought, as a picture of a size in millimetres. The highest day and
// the last say their figure.
func trend(days []DayRow, width, height float64) ([]byte, error) {
	if err := chartFont(); err != nil {
		return nil, err
	}
	values, names, highest := make([]float64, len(days)), make([]string, len(days)), slices.Index(days, peak(days))
	for i, d := range days {
		values[i], names[i] = float64(d.PeopleReached), shortDay(d.Day)
	}
	last := len(days) - 1
	crowded := last-highest < len(days)/10 // the two figures would stand on each other
	step, steps := scale(values[highest])
	at := -1 // the library asks for each label in turn, but numbers the series instead of the points
	colour := func(c *props.Color) charts.Color { return charts.ColorRGB(uint8(c.Red), uint8(c.Green), uint8(c.Blue)) }
	style := func(points float64, c *props.Color) charts.FontStyle {
		const inch, dotsOfPoint = 25.4, 92.0 // a chart's points are of a screen
		return charts.FontStyle{FontSize: points * dense * inch / dotsOfPoint, FontColor: colour(c), Font: charts.GetFont(paper.Family)}
	}
	small := style(7.5, paper.Muted)
	p := charts.NewPainter(charts.PainterOptions{Width: int(width * dense), Height: int(height * dense), Font: small.Font})
	err := p.LineChart(charts.LineChartOption{
		Theme: charts.MakeTheme(charts.ThemeOption{AxisStrokeColor: colour(paper.Rule), AxisSplitLineColor: colour(paper.Rule), BackgroundColor: charts.ColorWhite,
			TextColor: colour(paper.Muted), SeriesColors: []charts.Color{colour(paper.Brand)}}),
		Padding: charts.NewBox(0, 5*dense, 11*dense, dense),
		XAxis:   charts.XAxisOption{Labels: names, LabelCount: min(len(days), 7), LabelFontStyle: small, BoundaryGap: charts.Ptr(false)},
		YAxis: []charts.YAxisOption{{Min: charts.Ptr(0.0), Max: charts.Ptr(step * steps), LabelCount: int(steps) + 1, LabelFontStyle: small, SplitLineShow: charts.Ptr(true),
			ValueFormatter: func(value float64) string { return decimal(value, 0) }}},
		Title:  charts.TitleOption{Show: charts.Ptr(false)},
		Legend: charts.LegendOption{Show: charts.Ptr(false)},
		Symbol: charts.Symbol{Shape: charts.SymbolNone}, LineStrokeWidth: .5 * dense,
		FillArea: charts.Ptr(true), FillOpacity: 28,
		SeriesList: charts.LineSeriesList{{Values: values, Label: charts.SeriesLabel{Show: charts.Ptr(true), Distance: dense * 3 / 2, FontStyle: style(8, paper.Ink),
			LabelFormatter: func(_ int, _ string, value float64) (string, *charts.LabelStyle) {
				if at++; at == highest || at == last && !crowded {
					return decimal(value, 0), nil
				}
				return "", nil
			}}}},
	})
	if err != nil {
		return nil, err
	}
	return p.Bytes()
}

// scale divides an axis from nought to at least a count into at most six whole steps.
func scale(count float64) (step, steps float64) {
	step = 1
	for grow := 0; count > 6*step; grow++ {
		step *= []float64{2, 2.5, 2}[grow%3] // 1, 2, 5, 10, 20
	}
	return step, math.Ceil(count / step)
}
