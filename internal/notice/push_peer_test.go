package notice_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/internal/fetch"
	"gaung/internal/notice"
	"gaung/internal/push"
	"gaung/internal/seal"
)

// service is a push service whose manners a test chooses. It reads messages as a browser does (RFC 8291) and
// checks who sends them (RFC 8292).
type service struct {
	t       testing.TB
	server  *httptest.Server
	mutex   sync.Mutex
	got     []arrived
	asked   map[string]int
	manners func(device string, asked int, w http.ResponseWriter) // after the message was read; nil: 201
	keys    map[string]browser
}

type browser struct {
	key  *ecdh.PrivateKey
	auth []byte
}

type arrived struct {
	device, topic, urgency string
	ttl                    time.Duration
	size                   int
	text                   struct {
		Kind, Title, Body, Path string
		ID                      int64
		Silent                  bool
	}
}

func newService(t testing.TB) *service {
	s := &service{t: t, asked: map[string]int{}, keys: map[string]browser{}}
	s.server = httptest.NewUnstartedServer(s)
	s.server.StartTLS()
	t.Cleanup(s.server.Close)
	return s
}

func (s *service) host() string { return strings.TrimPrefix(s.server.URL, "https://") }

// post is how the house reaches the service.
func (s *service) post(ring *seal.Ring) *push.Post {
	s.t.Helper()
	theirs := s.server.Client().Transport.(*http.Transport).TLSClientConfig
	made, err := push.New(ring, push.Server{Subject: "mailto:gaung@uji.example", Hosts: []string{s.host(), "*.push.example", "web.push.example"}, PublicURL: site},
		fetch.Own{Host: s.host(), TLS: &tls.Config{RootCAs: theirs.RootCAs, MinVersion: tls.VersionTLS12}})
	if err != nil {
		s.t.Fatal(err)
	}
	return made
}

// browser makes a device of the service.
func (s *service) browser(name string, ring *seal.Ring) notice.Subscription {
	s.t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	auth := make([]byte, 16)
	if _, err := rand.Read(auth); err != nil {
		s.t.Fatal(err)
	}
	s.mutex.Lock()
	s.keys[name] = browser{key, auth}
	s.mutex.Unlock()
	public, _ := s.post(ring).Key()
	return notice.Subscription{Endpoint: s.server.URL + "/" + name, Key: public,
		P256dh: base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes()), Auth: base64.RawURLEncoding.EncodeToString(auth)}
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	s.mutex.Lock()
	s.asked[name]++
	asked, of, manners := s.asked[name], s.keys[name], s.manners
	s.mutex.Unlock()
	one, err := read(r, of)
	if err == nil {
		err = s.vouched(r)
	}
	if err != nil {
		s.t.Error(err)
	}
	one.device = name
	s.mutex.Lock()
	s.got = append(s.got, one)
	s.mutex.Unlock()
	if manners != nil {
		manners(name, asked, w)
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func (s *service) messages() []arrived {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]arrived(nil), s.got...)
}

// read decrypts a message as RFC 8291 says, with nothing of the library that encrypts it.
func read(r *http.Request, of browser) (one arrived, err error) {
	body, err := io.ReadAll(r.Body)
	if err != nil || of.key == nil {
		return one, fmt.Errorf("no such browser, or cut off: %w", err)
	}
	if r.Method != http.MethodPost || r.Header.Get("Content-Encoding") != "aes128gcm" || len(body) < 21 || len(body) > 4096 {
		return one, fmt.Errorf("%s, %s, %d bytes", r.Method, r.Header.Get("Content-Encoding"), len(body))
	}
	one.topic, one.urgency, one.size = r.Header.Get("Topic"), r.Header.Get("Urgency"), len(body)
	var seconds int
	if _, err := fmt.Sscan(r.Header.Get("TTL"), &seconds); err != nil {
		return one, err
	}
	one.ttl = time.Duration(seconds) * time.Second
	salt, size, length := body[:16], binary.BigEndian.Uint32(body[16:20]), int(body[20])
	theirs, err := ecdh.P256().NewPublicKey(body[21 : 21+length])
	if err != nil || size < 18 {
		return one, fmt.Errorf("key or size %d: %w", size, err)
	}
	shared, err := of.key.ECDH(theirs)
	if err != nil {
		return one, err
	}
	info := append(append([]byte("WebPush: info\x00"), of.key.PublicKey().Bytes()...), theirs.Bytes()...)
	ikm, err := hkdf.Key(sha256.New, shared, of.auth, string(info), 32)
	if err != nil {
		return one, err
	}
	key, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return one, err
	}
	nonce, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return one, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return one, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return one, err
	}
	plain, err := aead.Open(nil, nonce, body[21+length:], nil)
	if err != nil {
		return one, err
	}
	text := strings.TrimRight(string(plain), "\x00")
	return one, json.Unmarshal([]byte(strings.TrimSuffix(text, "\x02")), &one.text)
}

// vouched checks the token by which the sender is known: for us, for a day at most, signed with the key it names.
func (s *service) vouched(r *http.Request) error {
	var token, public string
	for _, part := range strings.Split(strings.TrimPrefix(r.Header.Get("Authorization"), "vapid "), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if name == "t" {
			token = value
		} else if name == "k" {
			public = value
		}
	}
	parts := strings.Split(token, ".")
	point, err := base64.RawURLEncoding.DecodeString(public)
	if err != nil || len(parts) != 3 || len(point) != 65 {
		return fmt.Errorf("%s: %w", r.Header.Get("Authorization"), err)
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || len(signature) != 64 {
		return fmt.Errorf("signature: %w", err)
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		return err
	}
	if !ecdsa.Verify(key, digest[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		return fmt.Errorf("the token is not signed with its key")
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return err
	}
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	if err := json.Unmarshal(raw, &claims); err != nil {
		return err
	}
	if until := time.Until(time.Unix(claims.Exp, 0)); claims.Aud != s.server.URL || claims.Sub != "mailto:gaung@uji.example" || until < time.Minute || until > 24*time.Hour {
		return fmt.Errorf("%+v", claims)
	}
	return nil
}
