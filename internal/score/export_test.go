package score

import "context"

// Prove runs the nightly proof.
func (s *Service) Prove(ctx context.Context) error { return s.prove(ctx) }

// Turn opens and closes seasons as the calendar asks.
func (s *Service) Turn(ctx context.Context) error { return s.turn(ctx) }
