package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
)

// ErrBroken says that sealed bytes were changed, moved to another row, or sealed with a key that is
// no longer on the ring.
var ErrBroken = errors.New("seal: cannot open")

// Box seals small values for one purpose with AES-256-GCM.
type Box struct {
	current KeyID
	ciphers map[KeyID]cipher.AEAD
}

// NewBox makes the box of a purpose, e.g. "nip".
func NewBox(ring *Ring, purpose string) *Box {
	box := &Box{ciphers: map[KeyID]cipher.AEAD{}}
	for i, derived := range ring.Derive("box/"+purpose, 32) {
		block, err := aes.NewCipher(derived.Key)
		if err != nil {
			panic(err) // the key size is fixed above
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			panic(err)
		}
		if i == 0 {
			box.current = derived.ID
		}
		box.ciphers[derived.ID] = aead
	}
	return box
}

// Seal encrypts a value; place says where it is kept (table and row), so that it opens nowhere else.
func (b *Box) Seal(value []byte, place string) []byte {
	aead := b.ciphers[b.current]
	sealed := binary.BigEndian.AppendUint32(nil, uint32(b.current))
	nonce := make([]byte, aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		panic(err) // documented never to fail
	}
	return aead.Seal(append(sealed, nonce...), nonce, value, []byte(place))
}

// Open decrypts what Seal made; the error is ErrBroken.
func (b *Box) Open(sealed []byte, place string) ([]byte, error) {
	if len(sealed) < 4 {
		return nil, ErrBroken
	}
	aead := b.ciphers[KeyID(binary.BigEndian.Uint32(sealed))]
	if aead == nil || len(sealed) < 4+aead.NonceSize() {
		return nil, ErrBroken
	}
	nonce := sealed[4 : 4+aead.NonceSize()]
	value, err := aead.Open(nil, nonce, sealed[4+len(nonce):], []byte(place))
	if err != nil {
		return nil, ErrBroken
	}
	return value, nil
}

// Token is Seal as a text that may stand in an address.
func (b *Box) Token(value []byte, place string) string {
	return base64.RawURLEncoding.EncodeToString(b.Seal(value, place))
}

// OpenToken decrypts what Token made; the error is ErrBroken.
func (b *Box) OpenToken(token, place string) ([]byte, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return nil, ErrBroken
	}
	return b.Open(sealed, place)
}

// Hash is HMAC-SHA256 (RFC 2104) of the parts, each with its length, so that no two lists collide.
func Hash(key []byte, parts ...string) []byte {
	mac := hmac.New(sha256.New, key)
	for _, part := range parts {
		_ = binary.Write(mac, binary.BigEndian, uint32(len(part))) // a hash never fails to write
		mac.Write([]byte(part))
	}
	return mac.Sum(nil)
}
