package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gaung/internal/metric"
	"gaung/internal/period"
)

// longestName is how much of a name or title a message shows.
const longestName = 90

// shortened keeps a name on one line, without the signs that WhatsApp reads as style.
func shortened(name string) string {
	name = strings.NewReplacer("*", "", "_", " ", "~", "", "`", "'").Replace(strings.Join(strings.Fields(name), " "))
	if runes := []rune(name); len(runes) > longestName {
		return strings.TrimSpace(string(runes[:longestName-1])) + "…"
	}
	return name
}

// written is a figure as Indonesians write it: 1.234 and 45,7%.
func written(unit metric.Unit, value *float64) string {
	if value == nil {
		return hidden
	}
	switch unit {
	case metric.Percent:
		return decimal(*value, 1) + "%"
	case metric.People, metric.Count, metric.Minutes:
		return decimal(*value, 0)
	case metric.Index:
		return decimal(*value, 2)
	}
	return decimal(*value, 1)
}

// decimal writes a number that is not negative with dots between thousands and a comma before at most so
// many decimals.
func decimal(value float64, digits int) string {
	scale := math.Pow10(digits)
	body, fraction, broken := strings.Cut(strconv.FormatFloat(math.Round(value*scale)/scale, 'f', -1, 64), ".")
	for at := len(body) - 3; at > 0; at -= 3 {
		body = body[:at] + "." + body[at:]
	}
	if broken {
		return body + "," + fraction
	}
	return body
}

// writtenEN is a figure as English writes it.
func writtenEN(unit metric.Unit, value *float64) string {
	return strings.NewReplacer(".", ",", ",", ".").Replace(written(unit, value))
}

// lower begins a name in the middle of a sentence; an abbreviation (ASN) stays.
func lower(name string) string {
	if len(name) > 1 && name[1] >= 'A' && name[1] <= 'Z' {
		return name
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// english writes a number as English does.
func english(value float64, digits int) string {
	return strings.NewReplacer(".", ",", ",", ".").Replace(decimal(value, digits))
}

// Dates writes a span of days in both languages, as reports do.
func Dates(from, to period.Day) Words { return Words{dates(from, to), datesEN(from, to)} }

// dates writes a span of days: 1–22 November 2026.
func dates(from, to period.Day) string {
	return inMonths(from, to, period.MonthNames[:]...)
}

// datesEN does so in English.
func datesEN(from, to period.Day) string {
	return inMonths(from, to, "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
}

func inMonths(from, to period.Day, months ...string) string {
	fromYear, fromMonth, fromDay := from.Date()
	toYear, toMonth, toDay := to.Date()
	end := fmt.Sprintf("%d %s %d", toDay, months[toMonth-1], toYear)
	switch {
	case from == to:
		return end
	case fromYear == toYear && fromMonth == toMonth:
		return fmt.Sprintf("%d–%s", fromDay, end)
	case fromYear == toYear:
		return fmt.Sprintf("%d %s – %s", fromDay, months[fromMonth-1], end)
	}
	return fmt.Sprintf("%d %s %d – %s", fromDay, months[fromMonth-1], fromYear, end)
}
