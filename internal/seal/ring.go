// Package seal owns the secrets: a ring of versioned keys, the keys derived from it for each purpose,
// AES-GCM sealing and keyed hashes.
package seal

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// KeyID numbers a key of the ring. What is sealed names the key it was sealed with.
type KeyID uint32

// keySize is the size of a ring key in bytes.
const keySize = 32

type ringKey struct {
	id     KeyID
	secret []byte
}

// Ring holds the keys, the current one first. Nothing but derived keys ever leaves it.
type Ring struct{ keys []ringKey }

// ParseRing reads "id:hex" pairs separated by commas or line ends, newest first.
func ParseRing(text string) (*Ring, error) {
	ring := &Ring{}
	for _, pair := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(", \n\r\t", r) }) {
		number, secretHex, _ := strings.Cut(pair, ":")
		n, err := strconv.ParseUint(number, 10, 31)
		secret, hexErr := hex.DecodeString(secretHex)
		if err != nil || n == 0 || hexErr != nil || len(secret) != keySize {
			return nil, errors.New("key ring: want id:hex pairs with 32 bytes each, e.g. 1:0f…")
		}
		if slices.ContainsFunc(ring.keys, func(k ringKey) bool { return k.id == KeyID(n) }) {
			return nil, fmt.Errorf("key ring: key %d is there twice", n)
		}
		ring.keys = append(ring.keys, ringKey{KeyID(n), secret})
	}
	if len(ring.keys) == 0 {
		return nil, errors.New("key ring: no key")
	}
	return ring, nil
}

// LoadRing reads the ring from a file, and makes the file with one new key (mode 0600) when there is none.
func LoadRing(path string) (*Ring, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = createRing(path)
	}
	if err != nil {
		return nil, err
	}
	return ParseRing(string(text))
}

// createRing writes to a temporary name and links it into place, so that two processes that start
// together agree on one ring and a crash leaves none that is half written.
func createRing(path string) ([]byte, error) {
	secret := make([]byte, keySize)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // CreateTemp gives mode 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(draft.Name())
	_, err = fmt.Fprintf(draft, "1:%x\n", secret)
	if err = errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return nil, err
	}
	if err = os.Link(draft.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(path)
}

// Derived is a key for one purpose, with the id of the ring key it comes from.
type Derived struct {
	ID  KeyID
	Key []byte
}

// Derive makes the keys of a purpose, newest first, by HKDF-SHA256 (RFC 5869) with the purpose as info.
func (r *Ring) Derive(purpose string, size int) []Derived {
	var derived []Derived
	for _, k := range r.keys {
		key, err := hkdf.Key(sha256.New, k.secret, nil, "gaung/"+purpose, size)
		if err != nil {
			panic(err) // only a size beyond 255 hashes fails
		}
		derived = append(derived, Derived{k.id, key})
	}
	return derived
}
