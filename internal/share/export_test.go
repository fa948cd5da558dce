package share

import "context"

// Prove runs the nightly proof.
func (s *Service) Prove(ctx context.Context) error { return s.prove(ctx) }

// Reach makes memory hold the newest few contents only, and what is younger than the window.
func (s *Service) Reach(fewest int) { s.memory.fewest = fewest }

// Encode writes JSON as the edge does.
func Encode(value any) ([]byte, error) { return encode(value) }
