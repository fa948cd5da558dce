package db

import (
	"fmt"
	"strconv"
	"strings"
)

// IDs reads an int array that a query gives as text (column::text), which gorm cannot do by itself.
type IDs[T ~int64] []T

// GormDataType tells gorm that this is a column and not a relation.
func (IDs[T]) GormDataType() string { return "int4[]" }

// Scan reads PostgreSQL's text form of an array of integers, e.g. {1,5,20}.
func (ids *IDs[T]) Scan(source any) error {
	text, ok := source.(string)
	if !ok {
		return fmt.Errorf("ids: cannot read %T", source)
	}
	*ids = (*ids)[:0]
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("{},", r) }) {
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil {
			return fmt.Errorf("ids: %w", err)
		}
		*ids = append(*ids, T(n))
	}
	return nil
}
