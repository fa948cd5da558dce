package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// inputs keep a hash of everything that a report was made of: the rows of each statement, for each span. Two
// reports with the same hash say the same; where it differs, what was counted has changed since.
type inputs struct {
	lock sync.Mutex // figures of both spans are read beside each other
	sums map[string][sha256.Size]byte
}

// inputsVersion begins what is hashed. Other statements or rows take the next number.
const inputsVersion = "gaung report inputs 3"

// add notes the rows of a statement.
func (in *inputs) add(statement string, days span, rows any) error {
	if in == nil {
		return nil
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	in.lock.Lock()
	defer in.lock.Unlock()
	if in.sums == nil {
		in.sums = map[string][sha256.Size]byte{}
	}
	in.sums[fmt.Sprintf("%s %d %s %s", statement, days.node, days.from, days.to)] = sha256.Sum256(text)
	return nil
}

// sum is the hash of all, in hexadecimal.
func (in *inputs) sum() string {
	in.lock.Lock()
	defer in.lock.Unlock()
	all := sha256.New()
	fmt.Fprintln(all, inputsVersion)
	for _, key := range slices.Sorted(maps.Keys(in.sums)) {
		fmt.Fprintf(all, "%s %x\n", key, in.sums[key])
	}
	return hex.EncodeToString(all.Sum(nil))
}
