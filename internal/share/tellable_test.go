package share

import (
	"slices"
	"testing"
)

// Whoever sees the sum and the numbers that are told finds out none of those that are not.
func TestNoNumberIsWhatIsLeft(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of   []int
		want []int // told; -1: kept back; the last is the sum
	}{
		{[]int{40, 6, 0, 3}, []int{40, -1, 0, -1, 49}},
		{[]int{40, 0, 3}, []int{-1, 0, -1, 43}},
		{[]int{40, 30, 20, 0}, []int{40, 30, 20, 0, 90}},
		{[]int{20, 1, 1}, []int{-1, -1, -1, 22}},
		{[]int{20, 4, 4}, []int{-1, -1, -1, 28}}, // two times four is nothing else
		{[]int{30, 2, 3}, []int{30, -1, -1, 35}},
		{[]int{30, 1, 1, 1, 1, 1}, []int{-1, -1, -1, -1, -1, -1, 35}},
		{[]int{4, 4}, []int{-1, -1, -1}},
		{[]int{3, 0, 0}, []int{-1, -1, -1, -1}},
		{[]int{0, 0}, []int{0, 0, 0}},
		{[]int{7}, []int{7, 7}},
	} {
		told, safe := tellable(c.of)
		got, sum := []int{}, 0
		for i, n := range c.of {
			sum += n
			if !told[i] {
				n = -1
			}
			got = append(got, n)
		}
		if !safe {
			sum = -1
		}
		if got = append(got, sum); !slices.Equal(got, c.want) {
			t.Errorf("%v: told %v, want %v", c.of, got, c.want)
		}
	}
}

// A caption's networks do not give away what the caption or another network has.
func TestNetworksOfACaptionAddUpToNothing(t *testing.T) {
	t.Parallel()
	got := divide(2, []use{{0, 1, 38}, {0, 2, 2}, {1, 1, 3}, {-1, 1, 30}})
	for _, use := range got.Uses {
		if use.Shares == nil && len(use.Networks) > 0 {
			t.Errorf("%d is kept back, and its networks tell: %+v", use.Caption, use.Networks)
		}
		hidden := 0
		for _, on := range use.Networks {
			if on.Shares == nil {
				hidden++
			}
		}
		if hidden == 1 {
			t.Errorf("%d: one network is what is left: %+v", use.Caption, use.Networks)
		}
	}
	if *got.Shares != 73 || got.Uses[0].Shares == nil || *got.Uses[0].Shares != 40 || got.Uses[1].Shares != nil || got.Uses[2].Shares != nil {
		t.Errorf("%+v", got)
	}
}

// Few who chose a reason are not listed by it, and the line for the rest tells of nobody.
func TestReasonsOfFewAreNotListed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want []Aside }{
		{[]Aside{{ReasonTopic, 9}, {ReasonDoubt, 4}}, []Aside{{ReasonTopic, 9}}},
		{[]Aside{{ReasonTopic, 9}, {ReasonDoubt, 4}, {ReasonWork, 1}}, []Aside{{ReasonTopic, 9}, {rest, 5}}},
		{[]Aside{{ReasonTopic, 5}, {ReasonRegion, 5}, {ReasonOften, 5}, {ReasonOther, 5}, {ReasonDoubt, 4}, {ReasonWork, 4}},
			[]Aside{{ReasonTopic, 5}, {ReasonRegion, 5}, {ReasonOften, 5}, {ReasonOther, 5}}},
		{nil, []Aside{}},
	} {
		if got := enough(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v", c.in, got)
		}
	}
}
