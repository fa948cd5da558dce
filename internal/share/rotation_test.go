package share

import (
	"testing"

	"gaung/internal/id"
)

// A thousand persons get each caption about equally often (R18), however their numbers lie, and each
// of them always the same.
func TestCaptionsRotateEvenly(t *testing.T) {
	t.Parallel()
	const persons = 1000
	for captions := 3; captions <= 10; captions++ {
		of := make([]int, captions)
		for i := range of {
			of[i] = i
		}
		for _, step := range []int{1, 2, 3, 5, 7, 10, 16, 100, 233, 610, 1000, 1 << 12, 1 << 16} {
			for _, item := range []id.Content{1, 2, 77, 4096, 1<<24 - 1} {
				got := make([]int, captions)
				for n := range persons {
					person := id.User(1 + n*step)
					turn := turnOf(person, item)
					if turn != turnOf(person, item) {
						t.Fatal("not steady")
					}
					got[pick(of, turn)]++
				}
				for index, n := range got {
					if off := float64(n)*100/persons - 100/float64(captions); off > 5 || off < -5 {
						t.Errorf("%d captions, persons by %d, item %d: caption %d to %d of %d", captions, step, item, index, n, persons)
					}
				}
			}
		}
	}
	if pick(nil, 5) != 0 {
		t.Error("no caption to choose")
	}
}
