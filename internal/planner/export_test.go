package planner

import "context"

// Carry is what the job does.
func (s *Service) Carry(ctx context.Context, job BulkJob) error { return s.work(ctx, job) }
