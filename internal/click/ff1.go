package click

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"math/bits"
)

// ff1 is format-preserving encryption by FF1 (NIST SP 800-38G) for an even number of digits and an
// empty tweak, on the two halves as numbers: a keyed permutation of all texts of that length. Names
// follow the standard.
type ff1 struct {
	block cipher.Block
	p     [aes.BlockSize]byte // CIPH(P): the first block of the PRF, the same in every round
	half  uint64              // radix^(n/2); at most 2^63
	b     int                 // bytes of a half
	d     int                 // bytes of S that are used
}

const ff1Rounds = 10

func newFF1(key []byte, radix uint32, n int) (*ff1, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	f := &ff1{block: block, half: 1}
	for range n / 2 {
		f.half *= uint64(radix)
	}
	f.b = (bits.Len64(f.half-1) + 7) / 8
	f.d = 4*((f.b+3)/4) + 4
	p := [aes.BlockSize]byte{1, 2, 1, byte(radix >> 16), byte(radix >> 8), byte(radix), ff1Rounds, byte(n / 2)}
	binary.BigEndian.PutUint32(p[8:], uint32(n))
	block.Encrypt(f.p[:], p[:])
	return f, nil
}

// round is y of step 6: PRF(P || Q) cut to d bytes, as a number modulo the half.
func (f *ff1) round(i int, b uint64, block *[aes.BlockSize]byte) uint64 {
	*block = f.p // CBC-MAC: CIPH(P) XOR Q, with Q = zeros || [i] || [b]
	block[aes.BlockSize-1-f.b] ^= byte(i)
	for at := range f.b {
		block[aes.BlockSize-1-at] ^= byte(b >> (8 * at))
	}
	f.block.Encrypt(block[:], block[:])
	if f.d == 8 {
		return binary.BigEndian.Uint64(block[:8]) % f.half
	}
	high, low := uint64(binary.BigEndian.Uint32(block[:4])), binary.BigEndian.Uint64(block[4:12])
	return bits.Rem64(high, low, f.half) // d is 12
}

func (f *ff1) encrypt(a, b uint64) (uint64, uint64) {
	var block [aes.BlockSize]byte
	for i := range ff1Rounds {
		a, b = b, (a+f.round(i, b, &block))%f.half
	}
	return a, b
}

func (f *ff1) decrypt(a, b uint64) (uint64, uint64) {
	var block [aes.BlockSize]byte
	for i := ff1Rounds - 1; i >= 0; i-- {
		a, b = (b+f.half-f.round(i, a, &block))%f.half, a
	}
	return a, b
}
