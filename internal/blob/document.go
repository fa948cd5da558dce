package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"unicode"
)

// Document is a file that somebody uploaded for others to have, as a column keeps it.
type Document struct {
	File  string `json:"file"` // where it is stored
	Name  string `json:"name"` // what a reader's device calls it
	Bytes int64  `json:"bytes"`
}

// Documents are where documents are kept: a Folder or an S3.
type Documents interface {
	Put(ctx context.Context, name string, body io.Reader, size int64) error
	Open(ctx context.Context, name string) (io.ReadCloser, error)
}

// ErrKind says that a document is of none of the kinds that are wanted.
var ErrKind = errors.New("blob: not a kind of document that is wanted")

// KeepDocument stores a document under the name of its content. Kinds are the media types that are wanted, told by what
// a file begins with, and how their names end; nameless is what one is called whose name says nothing.
func KeepDocument(ctx context.Context, in Documents, file io.ReadSeeker, kinds map[string]string, name, nameless string) (Document, error) {
	head := make([]byte, 512)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return Document{}, err
	}
	ending, wanted := kinds[http.DetectContentType(head[:n])]
	if !wanted {
		return Document{}, ErrKind
	}
	hash := sha256.New()
	hash.Write(head[:n])
	rest, err := io.Copy(hash, file)
	if err != nil {
		return Document{}, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Document{}, err
	}
	kept := Document{File: hex.EncodeToString(hash.Sum(nil)) + "." + ending, Name: documentName(name, nameless) + "." + ending, Bytes: int64(n) + rest}
	return kept, in.Put(ctx, kept.File, file, kept.Bytes)
}

// ReadDocument gives what a document holds; the error is ErrNone where its file is gone.
func ReadDocument(ctx context.Context, in Documents, kept Document) ([]byte, error) {
	body, err := in.Open(ctx, kept.File)
	if err != nil {
		return nil, err
	}
	var whole bytes.Buffer
	_, err = io.Copy(&whole, body)
	return whole.Bytes(), errors.Join(err, body.Close())
}

const longestName = 120

// documentName is letters, digits and a few signs of what a file was called, without its ending.
func documentName(name, nameless string) string {
	base := filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	base = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_.()", r) {
			return r
		}
		return '-'
	}, strings.TrimSuffix(base, filepath.Ext(base)))
	if letters := []rune(base); len(letters) > longestName {
		base = string(letters[:longestName])
	}
	if base = strings.Trim(base, " .-"); base == "" {
		return nameless
	}
	return base
}
