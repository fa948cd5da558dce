package server

import (
	"context"

	networks "gaung/internal/network"
)

// Networks is what a client needs to help a person share: the table, and the length of a personal link.
type Networks struct {
	Networks   []networks.Capability `json:"networks" nullable:"false"`
	LinkLength int                   `json:"link_length" doc:"Characters of every personal link"`
}

func (s *Server) networks(context.Context, *struct{}) (*body[Networks], error) {
	return answer(Networks{networks.Table(), s.share.LinkLength()}, nil)
}
