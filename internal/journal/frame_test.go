package journal

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Whatever the disk gives back, reading a frame neither fails badly nor takes much, and what it calls a
// record has the right checksum.
func FuzzFrame(f *testing.F) {
	const seed = 7
	frame := make([]byte, headerSize)
	for i := range 3 {
		frame = appendRecord(frame, recordSum(seed, numbered(i)), numbered(i))
	}
	h := header{count: 3, size: uint32(len(frame)), seq: 5, first: 9, begun: time.UnixMilli(1e12).UTC()}
	putHeader(frame, h, seed)
	if got, ok := readHeader(frame, seed); !ok || got != h {
		f.Fatal(got, ok)
	}
	f.Add(frame, 0, byte(0))
	f.Add(frame, 45, byte(1))
	f.Add(frame, 41, byte(128))
	f.Add([]byte{}, 0, byte(1))
	f.Fuzz(func(t *testing.T, text []byte, at int, flip byte) {
		text = bytes.Clone(text[:min(len(text), frameLimit)])
		if at >= 0 && at < len(text) {
			text[at] ^= flip
		}
		if h, ok := readHeader(text, seed); ok && (h.size > frameLimit || h.count == 0) {
			t.Fatal(h)
		}
		records, broken := readRecords(text, header{count: 3}, seed)
		if len(records) > 3 {
			t.Fatal("more records than there were", len(records))
		}
		sum := min(headerSize, len(text))
		for _, r := range records {
			sum += recordHeader + len(r)
			if len(r) > longest {
				t.Fatal("too long")
			}
		}
		for _, p := range broken {
			sum += len(p.bytes)
		}
		if sum != len(text) {
			t.Fatalf("%d of %d bytes accounted for", sum, len(text))
		}
	})
}

// BenchmarkAppend against the least that it could be: the same batches written and synced to a file.
func BenchmarkAppend(b *testing.B) {
	record := numbered(1)
	record = append(record, make([]byte, 100-len(record))...)
	for _, callers := range []int{64, 256} {
		var perSync int64
		b.Run(fmt.Sprint("journal/", callers), func(b *testing.B) {
			r, err := OpenRoot(b.TempDir(), Options{Wait: time.Minute})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			var longest atomic.Int64
			together(b, callers, func() {
				begun := time.Now()
				if err := r.Append(record); err != nil {
					b.Error(err)
				}
				if took := int64(time.Since(begun)); took > longest.Load() {
					longest.Store(took)
				}
			})
			b.StopTimer()
			perSync = int64(max(r.Stats().Appended/max(r.Stats().Syncs, 1), 1))
			b.ReportMetric(float64(perSync), "records/sync")
			b.ReportMetric(float64(longest.Load())/1e6, "longest-ms")
			if err := r.Close(); err != nil {
				b.Fatal(err)
			}
		})
		b.Run(fmt.Sprint("baseline/", callers), func(b *testing.B) { baseline(b, int(perSync), len(record)) })
	}
}

// together shares b.N calls among so many callers.
func together(b *testing.B, callers int, call func()) {
	var left atomic.Int64
	left.Store(int64(b.N))
	var done sync.WaitGroup
	b.ResetTimer()
	for range callers {
		done.Go(func() {
			for left.Add(-1) >= 0 {
				call()
			}
		})
	}
	done.Wait()
}

func baseline(b *testing.B, perSync, size int) {
	path := filepath.Join(b.TempDir(), "bare")
	file, err := os.Create(path)
	if err == nil {
		err = preallocate(file, 16<<20)
	}
	if err != nil {
		b.Fatal(err)
	}
	batch := make([]byte, max(perSync, 1)*size)
	at := int64(0)
	b.ResetTimer()
	for done := 0; done < b.N; done += max(perSync, 1) {
		if at+int64(len(batch)) > 16<<20 {
			at = 0
		}
		_, err := file.WriteAt(batch, at)
		if err == nil {
			err = syncData(file)
		}
		if err != nil {
			b.Fatal(err)
		}
		at += int64(len(batch))
	}
	b.StopTimer()
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
}
