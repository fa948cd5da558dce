// Package errs owns the one error type that a domain may return on purpose.
//
// A message is Indonesian and written for the person who reads it: it says what is wrong and what to
// do. Any other error is internal: its text never leaves the process.
package errs

import (
	"errors"
	"fmt"
	"time"
)

// Code says which kind of refusal an error is. It is part of the API and never changes its meaning.
type Code string

// The codes and the HTTP status that the edge gives each.
const (
	Invalid         Code = "invalid"         // 422: the input breaks a rule
	Unauthenticated Code = "unauthenticated" // 401: nobody is signed in
	OTPRequired     Code = "otp_required"    // 401: the password was right, a one-time code is missing or wrong
	Forbidden       Code = "forbidden"       // 403: the role does not allow it
	NotFound        Code = "not_found"       // 404: not there, or not visible to the actor
	Conflict        Code = "conflict"        // 409: somebody or something came first
	Gone            Code = "gone"            // 410: it was there and was withdrawn
	TooMany         Code = "too_many"        // 429: slow down
	Unavailable     Code = "unavailable"     // 503: try again later
	Internal        Code = "internal"        // 500: our fault
)

// Error is a refusal with a message for the person.
type Error struct {
	Code    Code
	Field   string        // the input field at fault, in its JSON name; may be empty
	Message string        // Indonesian, for the person
	Fields  []Field       // every field at fault when there is more than one
	Wait    time.Duration // how long to wait before trying again; 0: not known
	Current any           // of a conflict: what is there instead, for whoever has to bring both together
	cause   error
}

// Field is one faulty input field.
type Field struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// New makes an error with a message for the person.
func New(code Code, message string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(message, args...)}
}

// InvalidField makes an Invalid error that names one input field.
func InvalidField(field, message string, args ...any) *Error {
	e := New(Invalid, message, args...)
	e.Field = field
	e.Fields = []Field{{Field: field, Message: e.Message}}
	return e
}

// InvalidFields gathers several faulty fields into one Invalid error, or nil when there is none.
func InvalidFields(fields []Field) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Field: fields[0].Field, Message: fields[0].Message, Fields: fields}
}

// After tells how long to wait before trying again.
func (e *Error) After(wait time.Duration) *Error {
	e.Wait = wait
	return e
}

// Because keeps the technical cause for the log.
func (e *Error) Because(cause error) *Error {
	e.cause = cause
	return e
}

func (e *Error) Error() string {
	text := string(e.Code) + ": " + e.Message
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap gives the technical cause.
func (e *Error) Unwrap() error { return e.cause }

// CodeOf tells the code of an error; Internal for every error that is not an Error.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
