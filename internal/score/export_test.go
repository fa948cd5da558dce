package score

import (
	"context"
	"time"
)

// Prove runs the nightly proof.
func (s *Service) Prove(ctx context.Context) error { return s.prove(ctx) }

// Turn opens and closes seasons as the calendar asks.
func (s *Service) Turn(ctx context.Context) error { return s.turn(ctx) }

// LookEvery lets those who watch hear sooner.
func (s *Service) LookEvery(every time.Duration) { s.live.every = every }
