package errs

import "fmt"

// Faults gathers what is wrong with an input, so that a person hears all of it at once.
type Faults []Field

// Add notes what is wrong with a field.
func (f *Faults) Add(field, message string, args ...any) {
	*f = append(*f, Field{Field: field, Message: fmt.Sprintf(message, args...)})
}

// Length notes a text of more characters than it may have.
func (f *Faults) Length(field, name, text string, most int) {
	if n := len([]rune(text)); n > most {
		f.Add(field, "%s paling banyak %d karakter; sekarang %d.", name, most, n)
	}
}

// Err is the faults as one error, or nil when there is none.
func (f Faults) Err() error { return InvalidFields(f) }
