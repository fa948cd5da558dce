package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

type store interface {
	Put(ctx context.Context, name string, body io.Reader, size int64) error
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	Delete(ctx context.Context, name string) error
	Walk(ctx context.Context, visit func(name string, size int64) error) error
	Old(ctx context.Context, before time.Time, visit func(name string) error) error
}

// bucket is an object store that speaks enough S3, with the bad manners of real ones.
type bucket struct {
	t     *testing.T
	mu    sync.Mutex
	files map[string][]byte
	at    map[string]time.Time
	busy  int  // how many requests to refuse with 503 SlowDown
	torn  bool // cut every answer in the middle
	page  int
	lists int
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential=kunci/") {
		b.fail(w, http.StatusForbidden, "AccessDenied")
		return
	}
	if b.busy > 0 {
		b.busy--
		b.fail(w, http.StatusServiceUnavailable, "SlowDown")
		return
	}
	key := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/gambar"), "/")
	switch {
	case key == "" && r.URL.Query().Get("list-type") == "2":
		b.list(w, r)
	case r.Method == http.MethodPut:
		b.put(w, r, key)
	case r.Method == http.MethodDelete:
		delete(b.files, key)
		w.WriteHeader(http.StatusNoContent)
	default:
		b.get(w, key)
	}
}

func (b *bucket) fail(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, `<?xml version="1.0"?><Error><Code>%s</Code><Message>x</Message></Error>`, code)
}

// put takes a body as it came or, over plain http, in signed chunks.
func (b *bucket) put(w http.ResponseWriter, r *http.Request, key string) {
	if r.ContentLength < 0 {
		b.fail(w, http.StatusLengthRequired, "MissingContentLength")
		return
	}
	text, err := io.ReadAll(r.Body)
	if err != nil {
		b.fail(w, http.StatusBadRequest, "IncompleteBody")
		return
	}
	if strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING") {
		text = unchunked(text)
	}
	b.files[key], b.at[key] = text, time.Now()
	w.Header().Set("ETag", `"x"`)
}

func unchunked(text []byte) (plain []byte) {
	for len(text) > 0 {
		head, rest, _ := bytes.Cut(text, []byte("\r\n"))
		var size int
		if _, err := fmt.Sscanf(string(head), "%x", &size); err != nil || size == 0 {
			return plain
		}
		plain, text = append(plain, rest[:size]...), rest[size+2:]
	}
	return plain
}

func (b *bucket) get(w http.ResponseWriter, key string) {
	text, ok := b.files[key]
	if !ok {
		b.fail(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(text)))
	w.Header().Set("Last-Modified", b.at[key].UTC().Format(http.TimeFormat))
	w.Header().Set("ETag", `"x"`)
	if b.torn {
		text = text[:len(text)/2]
	}
	if _, err := w.Write(text); err != nil {
		b.t.Error(err)
	}
}

func (b *bucket) list(w http.ResponseWriter, r *http.Request) {
	b.lists++
	var keys []string
	for key := range b.files {
		if key > r.URL.Query().Get("continuation-token") {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	more := len(keys) > b.page
	keys = keys[:min(len(keys), b.page)]
	w.Header().Set("Content-Type", "application/xml")
	fmt.Fprintf(w, `<?xml version="1.0"?><ListBucketResult><Name>gambar</Name><IsTruncated>%t</IsTruncated>`, more)
	for _, key := range keys {
		fmt.Fprintf(w, `<Contents><Key>%s</Key><Size>%d</Size><LastModified>%s</LastModified></Contents>`, key, len(b.files[key]), b.at[key].UTC().Format("2006-01-02T15:04:05.000Z"))
	}
	if more {
		fmt.Fprintf(w, `<NextContinuationToken>%s</NextContinuationToken>`, keys[len(keys)-1])
	}
	fmt.Fprint(w, `</ListBucketResult>`)
}

func newBucket(t *testing.T) (*bucket, *S3) {
	t.Helper()
	b := &bucket{t: t, files: map[string][]byte{}, at: map[string]time.Time{}, page: 2}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	s, err := OpenS3(Bucket{Endpoint: server.URL, Name: "gambar", AccessKey: "kunci", SecretKey: "rahasia", Region: "id-1"})
	if err != nil {
		t.Fatal(err)
	}
	return b, s
}

func named(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]) + ".jpg"
}

func put(t *testing.T, s store, text string) string {
	t.Helper()
	if err := s.Put(t.Context(), named(text), strings.NewReader(text), int64(len(text))); err != nil {
		t.Fatal(err)
	}
	return named(text)
}

func read(s store, name string) (string, error) {
	body, err := s.Open(context.Background(), name)
	if err != nil {
		return "", err
	}
	defer body.Close()
	text, err := io.ReadAll(body)
	return string(text), err
}

// Both stores keep the same promises.
func TestAStoreKeepsFiles(t *testing.T) {
	t.Parallel()
	folder, err := OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	_, s3 := newBucket(t)
	for kind, s := range map[string]store{"folder": folder, "S3": s3} {
		var names []string
		for i := range 5 {
			names = append(names, put(t, s, fmt.Sprint("gambar ", i)))
		}
		put(t, s, "gambar 0") // once more
		if got, err := read(s, names[3]); err != nil || got != "gambar 3" {
			t.Errorf("%s: %q, %v", kind, got, err)
		}
		if _, err := read(s, named("tidak ada")); !errors.Is(err, ErrNone) || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", kind, err)
		}
		err := errors.Join(s.Delete(t.Context(), names[1]), s.Delete(t.Context(), names[1]))
		if _, gone := read(s, names[1]); err != nil || !errors.Is(gone, ErrNone) {
			t.Errorf("%s: %v, %v", kind, err, gone)
		}
		seen := map[string]int64{}
		err = s.Walk(t.Context(), func(name string, size int64) error { seen[name] = size; return nil })
		if err != nil || len(seen) != 4 || seen[names[4]] != 8 {
			t.Errorf("%s: %v, %v", kind, seen, err)
		}
		old := 0
		count := func(string) error { old++; return nil }
		if err := errors.Join(s.Old(t.Context(), time.Now().Add(-time.Hour), count), s.Old(t.Context(), time.Now().Add(time.Hour), count)); err != nil || old != 4 {
			t.Errorf("%s: %d old, %v", kind, old, err)
		}
		// What is cut short on its way in is not there.
		for _, size := range []int64{3, 300} {
			if err := s.Put(t.Context(), named("panjang"), io.MultiReader(strings.NewReader("panjang")), size); err == nil {
				t.Errorf("%s: %d bytes were taken as said", kind, size)
			}
			if _, err := read(s, named("panjang")); !errors.Is(err, ErrNone) {
				t.Errorf("%s: half a file is there: %v", kind, err)
			}
		}
		for _, name := range []string{"../keys", "a.jpg", "", strings.Repeat("a", 64) + "/x.jpg", "/etc/passwd"} {
			if err := s.Put(t.Context(), name, strings.NewReader("x"), 1); err == nil {
				t.Errorf("%s takes the name %q", kind, name)
			}
			if _, err := s.Open(t.Context(), name); err == nil || errors.Is(err, ErrNone) {
				t.Errorf("%s opens the name %q: %v", kind, name, err)
			}
		}
	}
}

func TestTheFolderIsForNobodyElse(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "files")
	s, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	name := put(t, s, "gambar")
	for path, want := range map[string]fs.FileMode{dir: 0o700, filepath.Join(dir, name[:2]): 0o700, filepath.Join(dir, name[:2], name): 0o600} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(dir, name[:2], strings.Repeat("b", 64)+".jpg")); err != nil {
		t.Fatal(err)
	}
	if err := s.Walk(t.Context(), func(got string, _ int64) error {
		if got != name {
			t.Errorf("walks to %s", got)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func TestABusyStoreIsAskedAgain(t *testing.T) {
	t.Parallel()
	b, s := newBucket(t)
	b.busy = 1
	name := put(t, s, "gambar")
	b.busy = 1
	if got, err := read(s, name); err != nil || got != "gambar" {
		t.Errorf("%q, %v", got, err)
	}
	b.busy = 100
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	if _, err := s.Open(ctx, name); err == nil || errors.Is(err, ErrNone) {
		t.Errorf("a busy store reads as an empty one: %v", err)
	}
}

func TestACutAnswerIsNoFile(t *testing.T) {
	t.Parallel()
	b, s := newBucket(t)
	name := put(t, s, strings.Repeat("gambar", 10_000))
	b.torn = true
	if got, err := read(s, name); err == nil {
		t.Errorf("%d bytes passed for the whole", len(got))
	}
}

func TestKeysNeverGoOverAnOpenNetwork(t *testing.T) {
	t.Parallel()
	for _, endpoint := range []string{"http://s3.example", "s3.example", "https://s3.example/path", "https://a:b@s3.example", "http://127.0.0.1.example"} {
		if _, err := OpenS3(Bucket{Endpoint: endpoint, Name: "gambar", AccessKey: "a", SecretKey: "b", Region: "x"}); err == nil {
			t.Errorf("%s is taken", endpoint)
		}
	}
}
