package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Bucket is where the files are kept in an object store.
type Bucket struct {
	Endpoint  string // https address of the store; http only on this machine
	Name      string
	AccessKey string
	SecretKey string
	Region    string
}

// S3 keeps files in a bucket.
type S3 struct {
	client *minio.Client
	bucket string
}

// The patience with an object store.
const (
	answerWithin = 15 * time.Second // until the first byte of an answer
	tries        = 4
	callWithin   = 5 * time.Minute
)

// OpenS3 makes a store on a bucket. It sends nothing yet.
func OpenS3(b Bucket) (*S3, error) {
	host, secure, err := b.address()
	if err != nil {
		return nil, err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = answerWithin
	transport.DisableCompression = true
	client, err := minio.New(host, &minio.Options{Creds: credentials.NewStaticV4(b.AccessKey, b.SecretKey, ""), Secure: secure,
		Region: b.Region, BucketLookup: minio.BucketLookupPath, Transport: transport, MaxRetries: tries})
	if err != nil {
		return nil, err
	}
	return &S3{client, b.Name}, nil
}

// address refuses to send keys and files over an open network.
func (b Bucket) address() (host string, secure bool, err error) {
	u, err := url.Parse(b.Endpoint)
	if err != nil || u.Host == "" || (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.User != nil {
		return "", false, fmt.Errorf("%q is not an https address", b.Endpoint)
	}
	local := u.Hostname() == "localhost"
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		local = ip.IsLoopback()
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return "", false, fmt.Errorf("%q is not an https address", b.Endpoint)
	}
	return u.Host, u.Scheme == "https", nil
}

// Put stores a file. The size is always told: without it the client would hold the whole file.
func (s *S3) Put(ctx context.Context, name string, body io.Reader, size int64) error {
	if err := check(name); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	defer cancel()
	if seeker, ok := body.(io.ReadSeeker); ok {
		length, err := seeker.Seek(0, io.SeekEnd)
		if err != nil {
			return err
		}
		if _, err := seeker.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if length != size {
			return errLength
		}
	} else {
		body = &exactly{body, size}
	}
	_, err := s.client.PutObject(ctx, s.bucket, name, body, size, minio.PutObjectOptions{ContentType: "application/octet-stream", DisableMultipart: true})
	return spoken(err)
}

// Open gives a file. What the store cuts short is an error at the end, not a shorter file.
func (s *S3) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	if err := check(name); err != nil {
		return nil, err
	}
	return s.get(ctx, name, minio.GetObjectOptions{})
}

// OpenPart gives length bytes of a file from an offset on.
func (s *S3) OpenPart(ctx context.Context, name string, from, length int64) (io.ReadCloser, error) {
	if err := check(name); err != nil {
		return nil, err
	}
	var options minio.GetObjectOptions
	if err := options.SetRange(from, from+length-1); err != nil {
		return nil, err
	}
	return s.get(ctx, name, options)
}

func (s *S3) get(ctx context.Context, name string, options minio.GetObjectOptions) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, callWithin)
	core := minio.Core{Client: s.client}
	body, info, _, err := core.GetObject(ctx, s.bucket, name, options)
	if err != nil {
		cancel()
		return nil, spoken(err)
	}
	return &opened{exactly{body, info.Size}, body, cancel}, nil
}

// opened is a file on its way.
type opened struct {
	exactly
	io.Closer
	cancel context.CancelFunc
}

// Close ends the call.
func (o *opened) Close() error {
	defer o.cancel()
	return o.Closer.Close()
}

// Delete removes a file.
func (s *S3) Delete(ctx context.Context, name string) error {
	if err := check(name); err != nil {
		return err
	}
	err := spoken(s.client.RemoveObject(ctx, s.bucket, name, minio.RemoveObjectOptions{}))
	if errors.Is(err, ErrNone) {
		return nil
	}
	return err
}

// Walk visits every file.
func (s *S3) Walk(ctx context.Context, visit func(name string, size int64) error) error {
	return s.each(ctx, func(e entry) error { return visit(e.name, e.size) })
}

// Old visits the files that were written before a time.
func (s *S3) Old(ctx context.Context, before time.Time, visit func(name string) error) error {
	return s.each(ctx, func(e entry) error {
		if !e.at.Before(before) {
			return nil
		}
		return visit(e.name)
	})
}

func (s *S3) each(ctx context.Context, visit func(entry) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for object := range s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{}) {
		if object.Err != nil {
			return spoken(object.Err)
		}
		if check(object.Key) != nil { // a bucket may hold other things
			continue
		}
		if err := visit(entry{object.Key, object.Size, object.LastModified}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// spoken turns the store's words into ours.
func spoken(err error) error {
	if err == nil {
		return nil
	}
	if minio.ToErrorResponse(err).Code == "NoSuchKey" {
		return ErrNone
	}
	return fmt.Errorf("object store: %w", err)
}
