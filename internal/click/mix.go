package click

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"

	"gaung/internal/seal"
)

// mixer makes numbers that nobody can foresee or turn back without its key: one block of AES over sixteen
// bytes. Every click takes two, so a hash over texts would cost more than all else that is judged.
type mixer struct{ cipher.Block }

func newMixer(ring *seal.Ring, purpose string) mixer { return mixerOf(ring.Derive(purpose, 32)[0].Key) }

func mixerOf(key []byte) mixer {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the size is fixed by the caller
	}
	return mixer{block}
}

func (m mixer) mix(a, b uint64) (block [aes.BlockSize]byte) {
	binary.BigEndian.PutUint64(block[:], a)
	binary.BigEndian.PutUint64(block[8:], b)
	m.Encrypt(block[:], block[:])
	return block
}

// visitor is who asks, within one visitor day, whose salt is in the address.
func (m mixer) visitor(address int64, agent string) int32 {
	told := sha256.Sum256([]byte(agent))
	block := m.mix(uint64(address), binary.BigEndian.Uint64(told[:]))
	return visitorBits(block[:])
}

// seen is the key of a visitor on a person's link to a content.
func (m mixer) seen(r judgment) int64 {
	block := m.mix(uint64(uint32(r.Content))<<32|uint64(uint32(r.User)), uint64(uint32(r.Visitor)))
	return firstBits(block[:])
}
