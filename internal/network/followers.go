package network

// Band is how many follow somebody on a network, by their own account: only so much is asked that nobody has to
// count, and nobody is found by the number.
type Band struct {
	Number int16 `json:"number"`
	Low    int64 `json:"low"`
	High   int64 `json:"high" doc:"Of the last band, which has no end: what it is reckoned with"`
}

// Bands are the bands of followers. Their numbers are stored and never change.
func Bands() []Band {
	return []Band{{1, 0, 99}, {2, 100, 499}, {3, 500, 1_999}, {4, 2_000, 9_999}, {5, 10_000, 50_000}}
}

// Follows tells whether people follow somebody there: elsewhere a number of followers means nothing.
func (n Capability) Follows() bool {
	return n.Shareable() && (n.Official || n.Key == "linkedin") && n.Summable
}
