package auth

import "testing"

// BenchmarkSignIn is what one password costs at the standard parameters, through the gate.
func BenchmarkSignIn(b *testing.B) {
	h := newHasher(StandardCost())
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := h.matches(b.Context(), "perahu tua melewati kabut", h.dummy, true); err != nil {
				b.Error(err)
			}
		}
	})
}
