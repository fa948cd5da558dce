package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"gaung/internal/picture"
)

// Keep stores a file under the name of its content.
func Keep(ctx context.Context, files Files, file io.ReadSeeker, ending string) (string, error) {
	hash, size, err := hashOf(file)
	if err != nil {
		return "", err
	}
	return hash + ending, files.Put(ctx, hash+ending, file, size)
}

// hashOf leaves the file at its beginning.
func hashOf(file io.ReadSeeker) (hash string, size int64, err error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", 0, err
	}
	sum := sha256.New()
	if size, err = io.Copy(sum, file); err != nil {
		return "", 0, err
	}
	_, err = file.Seek(0, io.SeekStart)
	return hex.EncodeToString(sum.Sum(nil)), size, err
}

// KeepPicture stores every form of a picture, the largest last.
func KeepPicture(ctx context.Context, files Files, made picture.Made) ([]File, error) {
	forms := []File{}
	for _, form := range append(made.Small, made.Largest) {
		name, err := Keep(ctx, files, bytes.NewReader(form.JPEG), ".jpg")
		if err != nil {
			return nil, err
		}
		forms = append(forms, File{name, form.Width, form.Height, len(form.JPEG)})
	}
	return forms, nil
}

// Read gives a whole stored file; it is for pictures and texts.
func Read(ctx context.Context, files Files, name string) (content []byte, err error) {
	body, err := files.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	content, err = io.ReadAll(body)
	if closed := body.Close(); err == nil {
		err = closed
	}
	return content, err
}
