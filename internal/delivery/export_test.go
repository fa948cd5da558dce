package delivery

// AtMost bounds what a letter carries, for tests alone.
func (s *Service) AtMost(bytes int) *Service {
	s.heavy = bytes
	return s
}
