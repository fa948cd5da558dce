package period

// Cover is a span as the sums by month see it: whole months, and the days by which those differ from the
// span. Of a month of which the span has the larger part, the days outside are taken off again.
type Cover struct {
	from, until Day // the first day of the first month, and the day after the last; the same: none
	edges       []edge
}

// edge is a stretch of days within one month.
type edge struct {
	from, to Day   // both inclusive
	sign     int32 // 1: inside the span and in no month; -1: outside it, in a month
}

// CoverOf gives the months of a span, both days inclusive.
func CoverOf(from, to Day) (c Cover) {
	c.until = MonthOf(from).From
	c.from = c.until
	for month := MonthOf(from); month.From <= to; month = MonthOf(month.To.Add(1)) {
		first, last := max(from, month.From), min(to, month.To)
		outside := int(first-month.From) + int(month.To-last)
		if outside > int(last-first) {
			c.edges = append(c.edges, edge{first, last, 1})
			if c.from == c.until { // nothing is covered yet
				c.from, c.until = month.To.Add(1), month.To.Add(1)
			}
			continue
		}
		c.until = month.To.Add(1)
		if month.From < first {
			c.edges = append(c.edges, edge{month.From, first.Add(-1), -1})
		}
		if last < month.To {
			c.edges = append(c.edges, edge{last.Add(1), month.To, -1})
		}
	}
	return c
}

// Args are the cover as the statements are asked for it, their names after a prefix.
func (c Cover) Args(prefix string) map[string]any {
	n := len(c.edges)
	froms, tos, signs := make([]string, n), make([]string, n), make([]int32, n)
	for i, e := range c.edges {
		froms[i], tos[i], signs[i] = e.from.String(), e.to.String(), e.sign
	}
	return map[string]any{prefix + "whole_from": c.from.String(), prefix + "whole_until": c.until.String(),
		prefix + "edge_from": froms, prefix + "edge_to": tos, prefix + "edge_sign": signs}
}
