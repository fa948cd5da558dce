package journal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func open(t *testing.T, dir string, o Options) *Root {
	t.Helper()
	r, err := OpenRoot(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func shut(t *testing.T, r *Root) {
	t.Helper()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

// numbered is a record that can be told from every other.
func numbered(i int) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(i)), fmt.Sprintf(" klik ke-%d dari seorang warga", i)...)
}

func number(record []byte) int { return int(binary.BigEndian.Uint32(record)) }

func add(t *testing.T, r *Root, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		if err := r.Append(numbered(i)); err != nil {
			t.Fatal(i, err)
		}
	}
}

// all reads a journal to its end.
func all(t *testing.T, j *Journal) (numbers []int, broken int) {
	t.Helper()
	for after := j.First() - 1; ; {
		b, err := j.Read(after, 100)
		if err != nil {
			t.Fatal(err)
		}
		if b.Last == 0 {
			if after != j.Last() {
				t.Fatalf("reading ends at %d of %d", after, j.Last())
			}
			return numbers, broken
		}
		if b.First != after+1 {
			t.Fatalf("batch from %d behind %d", b.First, after)
		}
		after, broken = b.Last, broken+b.Broken
		for _, record := range b.Records {
			numbers = append(numbers, number(record))
		}
	}
}

// everything reads all journals of a root.
func everything(t *testing.T, r *Root) (numbers []int) {
	t.Helper()
	if _, err := r.Adopt(); err != nil {
		t.Fatal(err)
	}
	for _, j := range r.Journals() {
		found, broken := all(t, j)
		if broken > 0 {
			t.Errorf("%d broken in %s", broken, j.dir)
		}
		numbers = append(numbers, found...)
	}
	slices.Sort(numbers)
	return numbers
}

func upTo(n int) (numbers []int) {
	for i := range n {
		numbers = append(numbers, i)
	}
	return numbers
}

func TestWhatWasAnsweredIsReadBackInOrderAfterReopening(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var instance int64
	for round := range 3 {
		r := open(t, dir, Options{SegmentSize: 16 << 10})
		j := r.Journals()[0]
		if round > 0 && j.Instance() != instance {
			t.Fatalf("instance %x became %x", instance, j.Instance())
		}
		instance = j.Instance()
		add(t, r, round*300, round*300+300)
		if got, _ := all(t, j); !slices.Equal(got, upTo(round*300+300)) {
			t.Fatalf("round %d: %v", round, got)
		}
		if j.Records() != uint64(round*300+300) {
			t.Fatalf("%d records", j.Records())
		}
		shut(t, r)
		if err := r.Append(nil); !errors.Is(err, ErrUndurable) {
			t.Fatalf("append after closing: %v", err)
		}
	}
}

func TestManyAppendsShareASync(t *testing.T) {
	t.Parallel()
	r := open(t, t.TempDir(), Options{Disk: &faulty{slow: true}})
	var done sync.WaitGroup
	for i := range 1000 {
		done.Go(func() {
			if err := r.Append(numbered(i)); err != nil {
				t.Error(i, err)
			}
		})
	}
	done.Wait()
	got := everything(t, r)
	if s := r.Stats(); s.Appended != 1000 || s.Syncs > 100 || !slices.Equal(got, upTo(1000)) {
		t.Fatalf("%+v, %d read", s, len(got))
	}
}

func TestReadingBesideWritingSeesWholeFramesInOrder(t *testing.T) {
	t.Parallel()
	const each, callers = 2000, 8
	r := open(t, t.TempDir(), Options{SegmentSize: 64 << 10, Wait: time.Minute})
	var done sync.WaitGroup
	for g := range callers {
		done.Go(func() {
			for i := range each {
				if err := r.Append(numbered(g*each + i)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	next, seen := [callers]int{}, 0
	for after := uint64(0); seen < each*callers && !t.Failed(); {
		<-r.Wake()
		for {
			b, err := r.Journals()[0].Read(after, 1)
			if err != nil || b.Broken > 0 {
				t.Error(after, b.Broken, err)
			}
			if b.Last == 0 || t.Failed() {
				break
			}
			after, seen = b.Last, seen+len(b.Records)
			for _, record := range b.Records {
				g, i := number(record)/each, number(record)%each
				if next[g] != i {
					t.Errorf("%d of %d comes where %d should", i, g, next[g])
				}
				next[g] = i + 1
			}
			if err := r.Journals()[0].Release(after); err != nil {
				t.Error(err)
			}
		}
	}
	done.Wait()
}

func TestALongRecordIsRefused(t *testing.T) {
	t.Parallel()
	r := open(t, t.TempDir(), Options{})
	if err := r.Append(make([]byte, longest+1)); !errors.Is(err, ErrTooLong) {
		t.Fatal(err)
	}
	if err := r.Append(make([]byte, longest)); err != nil || r.Stats().Refused != 1 {
		t.Fatal(err, r.Stats())
	}
}

func TestReleasedSegmentsGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := open(t, dir, Options{SegmentSize: 8 << 10})
	add(t, r, 0, 500)
	j := r.Journals()[0]
	before, err := bytesOn(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Release(250); err != nil {
		t.Fatal(err)
	}
	got, _ := all(t, j)
	if len(got) < 250 || len(got) > 400 || got[len(got)-1] != 499 || j.First() > 251 {
		t.Fatalf("%d left, from %d", len(got), j.First())
	}
	if err := j.Release(j.Last()); err != nil {
		t.Fatal(err)
	}
	if after, err := bytesOn(dir); err != nil || after > before/3 {
		t.Fatalf("%d bytes became %d: %v", before, after, err)
	}
	add(t, r, 500, 600)
	shut(t, r)
	r = open(t, dir, Options{SegmentSize: 8 << 10})
	if j := r.Journals()[0]; j.Records() != 600 || j.Last() != 600 {
		t.Fatalf("%d records, last %d", j.Records(), j.Last())
	}
	if b, err := r.Journals()[0].Read(560, 1000); err != nil || b.LastRecord != 600 || len(b.Records) != 40 {
		t.Fatalf("%+v %v", b, err)
	}
}

// Right after a new segment was begun everything else could go, and with it the number of the last record.
func TestNumbersGoOnAfterEverythingIsReleased(t *testing.T) {
	t.Parallel()
	dir, n := t.TempDir(), 0
	synctest.Test(t, func(t *testing.T) {
		r := open(t, dir, Options{SegmentSize: 4 << 10})
		for j := r.Journals()[0]; ; n++ {
			add(t, r, n, n+1)
			synctest.Wait() // for the next segment, if there is one
			list, err := segments(realDisk{}, j.dir)
			if err != nil {
				t.Fatal(err)
			}
			if list[len(list)-1].base > j.Last() {
				n++
				if err := j.Release(j.Last()); err != nil {
					t.Fatal(err)
				}
				return
			}
		}
	})
	r := open(t, dir, Options{SegmentSize: 4 << 10})
	add(t, r, n, n+1)
	if j := r.Journals()[0]; j.Records() != uint64(n+1) || j.Last() != uint64(n+1) || len(r.Journals()) != 1 {
		t.Fatal(j.Records(), j.Last(), n)
	}
}

func TestAFolderOfADeadProcessIsTakenOverAndRetired(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r1, r2 := open(t, dir, Options{}), open(t, dir, Options{})
	if r1.Journals()[0].Instance() == r2.Journals()[0].Instance() {
		t.Fatal("two roots share a folder")
	}
	add(t, r1, 0, 10)
	if n, err := r2.Adopt(); n != 0 || err != nil {
		t.Fatal("took a living one", n, err)
	}
	shut(t, r1)
	if n, err := r2.Adopt(); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	j := r2.Journals()[1]
	if got, _ := all(t, j); !slices.Equal(got, upTo(10)) {
		t.Fatal(got)
	}
	if err := j.Release(j.Last()); err != nil {
		t.Fatal(err)
	}
	if err := r2.Retire(j); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); len(left) != 1 || err != nil {
		t.Fatal(left, err)
	}
	if err := r2.Retire(r2.Journals()[0]); !errors.Is(err, ErrCurrent) {
		t.Fatal("retired the current one", err)
	}
}

func TestGarbageIsPutAsideAndStopsNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	put("0000000000000001/00000000000000000001-0000000000000000.wal", "bukan jurnal, melainkan sesuatu yang lain")
	put("0000000000000002/segments.json", "{{{")
	put("0000000000000003", "sebuah berkas")
	put("catatan/isi.txt", "apa saja")
	put("0000000000000000/x.wal", "nama yang salah")
	r := open(t, dir, Options{})
	add(t, r, 0, 5)
	if got := everything(t, r); !slices.Equal(got, upTo(5)) {
		t.Fatal(got)
	}
	for _, name := range []string{"0000000000000001-broken", "0000000000000003-broken", "0000000000000000-broken", "catatan"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	if list, err := Inspect(dir); err != nil || len(list) != 5 {
		t.Errorf("%+v %v", list, err)
	}
}
