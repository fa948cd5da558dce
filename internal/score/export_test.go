package score

import "context"

// Prove runs the nightly proof.
func (s *Service) Prove(ctx context.Context) error { return s.prove(ctx) }
