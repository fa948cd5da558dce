package report

import "context"

// Scale is open for tests alone.
var Scale = scale

// CloseMonths runs the hourly job.
func (s *Service) CloseMonths(ctx context.Context) error { return s.closeMonths(ctx) }
