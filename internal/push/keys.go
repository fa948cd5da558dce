package push

import (
	"crypto/ecdh"
	"crypto/elliptic"
	"encoding/base64"
	"math/big"

	"gaung/internal/seal"
)

// pair is a VAPID key (RFC 8292) as the library wants it, and the key of the ring that it comes from.
type pair struct {
	id              seal.KeyID
	private, public string
}

// pairs derives a key of the curve from each key of the ring, the newest first.
func pairs(ring *seal.Ring) (made []pair, err error) {
	// 48 bytes, so that the remainder is as good as evenly spread (FIPS 186-5, A.2.1).
	for _, derived := range ring.Derive("push/vapid", 48) {
		most := new(big.Int).Sub(elliptic.P256().Params().N, big.NewInt(1))
		number := new(big.Int).SetBytes(derived.Key)
		number.Mod(number, most).Add(number, big.NewInt(1))
		private, err := ecdh.P256().NewPrivateKey(number.FillBytes(make([]byte, 32)))
		if err != nil {
			return nil, err
		}
		made = append(made, pair{derived.ID, base64.RawURLEncoding.EncodeToString(private.Bytes()), base64.RawURLEncoding.EncodeToString(private.PublicKey().Bytes())})
	}
	return made, nil
}

func (p *Post) pairOf(id seal.KeyID) (pair, bool) {
	for _, one := range p.keys {
		if one.id == id {
			return one, true
		}
	}
	return pair{}, false
}
