// Package id owns the typed identifiers, so that a person's number can never be passed as a content's.
package id

import "strconv"

type (
	// Agency is a node of the agency tree: ministry, region, agency or unit (int4).
	Agency int64
	// User is a person with an account (int4, below 2^28: it is part of a link code).
	User int64
	// Content is one piece of official content (int4, below 2^24: it is part of a link code).
	Content int64
	// Act is one share or like of one person.
	Act int64
	// Directive is one letter of a leader.
	Directive int64
	// Campaign is contents with a common goal.
	Campaign int64
	// Account is a social media account of the registry.
	Account int64
	// Media is a picture or a video of the library.
	Media int64
	// Election is a region's election mode.
	Election int64
	// Module is something to learn.
	Module int64
	// Guide is a document of the library of guidance.
	Guide int64
	// Certificate says what a person learned.
	Certificate int64
	// Session is one signed-in device.
	Session int64
)

// Parse reads an identifier out of text; ok is false unless it is a positive number.
func Parse[T ~int64](text string) (value T, ok bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return T(n), err == nil && n > 0
}
