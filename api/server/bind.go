package server

import (
	"strings"
	"unicode"

	"gaung/internal/page"
)

// ListInput is what every list takes.
type ListInput struct {
	After string `query:"after" maxLength:"400" doc:"next of the page before"`
	Limit int    `query:"limit" minimum:"0" maximum:"200" doc:"How many; 0: 50"`
}

func (l ListInput) ask() page.Ask { return page.Ask{After: l.After, Limit: l.Limit} }

// body is an answer that is nothing but its JSON.
type body[T any] struct{ Body T }

// answer gives a handler's result its envelope.
func answer[T any](value T, err error) (*body[T], error) {
	if err != nil {
		return nil, err
	}
	return &body[T]{value}, nil
}

// nothing is the answer of what has nothing to tell.
type nothing struct {
	OK bool `json:"ok"`
}

// operationID names an operation after its method and path: post-contents-id-approve.
func operationID(r route) string {
	path := strings.TrimPrefix(strings.TrimPrefix(r.Path, "/api"), "/v1")
	words := strings.FieldsFunc(path, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	return strings.Join(append([]string{strings.ToLower(r.Method)}, words...), "-")
}
