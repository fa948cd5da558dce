package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

const inAFrame = 5

// written makes a root with one folder of whole frames with five records each, and answers the folder.
func written(t *testing.T, root string, frames, segment int) string {
	t.Helper()
	o := Options{SegmentSize: segment}.filled()
	r := open(t, root, o)
	j := r.Journals()[0]
	for f := range frames {
		b := r.newBatch(nil)
		for i := range inAFrame {
			record := numbered(f*inAFrame + i)
			b.frame = appendRecord(b.frame, recordSum(j.seed, record), record)
		}
		if err := j.write(b.frame, header{count: inAFrame}); err != nil {
			t.Fatal(err)
		}
	}
	shut(t, r)
	return filepath.Base(j.dir)
}

// place is where a frame lies.
type place struct {
	name     string
	from, to int64 // of the frame itself
}

func places(t *testing.T, folder string) (list []place) {
	t.Helper()
	j, err := view(folder)
	if err = errors.Join(err, j.cursor.seek(0)); err != nil {
		t.Fatal(err)
	}
	for {
		f, ok, err := j.cursor.next(j.Last())
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return list
		}
		from := j.cursor.at - 2*entryHeader - padded(f.size)
		list = append(list, place{j.cursor.name, from, from + int64(f.size)})
	}
}

func copied(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

func change(t *testing.T, path string, edit func([]byte) []byte) {
	t.Helper()
	bytes, err := os.ReadFile(path)
	if err = errors.Join(err, os.WriteFile(path, edit(bytes), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestATornTailEndsAtTheLastWholeFrame(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	folder := written(t, base, 4, 16<<10)
	list := places(t, filepath.Join(base, folder))
	last := list[len(list)-1]
	for at := last.from - entryHeader; at <= last.to+entryHeader+8; at++ {
		for how, edit := range map[string]func([]byte) []byte{
			"cut":  func(b []byte) []byte { return b[:at] },
			"torn": func(b []byte) []byte { clear(b[at:]); return b },
			"torn in the middle": func(b []byte) []byte {
				clear(b[min(at, last.to-8):][:8])
				return b
			},
		} {
			root := copied(t, base)
			change(t, filepath.Join(root, folder, last.name), edit)
			r := open(t, root, Options{SegmentSize: 16 << 10})
			got := everything(t, r)
			if len(got) != 15 && len(got) != 20 || !slices.Equal(got, upTo(len(got))) {
				t.Fatalf("%s at %d: %v", how, at-last.from, got)
			}
			if len(got) == 15 && at >= last.to && how != "torn in the middle" {
				t.Fatalf("%s at %d: a whole frame is lost", how, at-last.from)
			}
			add(t, r, len(got), len(got)+3)
			shut(t, r)
			r = open(t, root, Options{SegmentSize: 16 << 10})
			if again := everything(t, r); !slices.Equal(again, upTo(len(got)+3)) {
				t.Fatalf("%s at %d: %v after more", how, at-last.from, again)
			}
			shut(t, r)
		}
	}
}

// The shipper may have had a frame before it broke: another with its number would never be shipped.
func TestANumberDoesNotComeAgain(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	folder := written(t, root, 4, 16<<10)
	list := places(t, filepath.Join(root, folder))
	for _, at := range []int64{list[3].from + 3, list[3].from + 60, list[3].to - 1} {
		damaged := copied(t, root)
		change(t, filepath.Join(damaged, folder, list[3].name), func(b []byte) []byte { b[at] ^= 1; return b })
		r := open(t, damaged, Options{})
		if now := filepath.Base(r.Journals()[0].dir); now == folder {
			t.Fatal("written on", at)
		}
		if got := everything(t, r); !slices.Equal(got, upTo(15)) {
			t.Fatal(got)
		}
	}
}

// A flipped bit may cost its record, or its frame when it is in a header: it is counted and kept, and
// everything else is read, also when the library itself would stop there.
func TestAFlippedBitCostsOnlyItsRecord(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	folder := written(t, base, 60, 4<<10)
	list := places(t, filepath.Join(base, folder))
	if n := list[len(list)-1].name; n == list[0].name {
		t.Fatal("one segment only")
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for n := range 500 {
		p := list[dice.IntN(len(list)-1)]
		if n%4 == 0 {
			p = list[len(list)-2-dice.IntN(4)] // more in the segment that is still open
		}
		from, to := p.from-entryHeader, p.to+2*entryHeader
		if n%3 == 0 {
			to = p.from + headerSize
		}
		at, bit := from+dice.Int64N(to-from), byte(1)<<dice.IntN(8)
		root := copied(t, base)
		change(t, filepath.Join(root, folder, p.name), func(b []byte) []byte { b[at] ^= bit; return b })
		said := fmt.Sprintf("bit %d of byte %d of %s, frame at %d", bit, at, p.name, p.from)
		r := open(t, root, Options{SegmentSize: 4 << 10})
		if _, err := r.Adopt(); err != nil {
			t.Fatal(said, err)
		}
		readsTheRest(t, r, said, at >= p.from && at < p.from+headerSize)
		add(t, r, 1000, 1003)
		shut(t, r)
		r = open(t, root, Options{SegmentSize: 4 << 10})
		if _, err := r.Adopt(); err != nil {
			t.Fatal(said, err)
		}
		var got []int
		for _, j := range r.Journals() {
			some, _ := all(t, j)
			got = append(got, some...)
		}
		if !slices.Contains(got, 1002) || !slices.Contains(got, 299) {
			t.Fatal(said, "what came later is lost")
		}
		shut(t, r)
	}
}

func readsTheRest(t *testing.T, r *Root, said string, head bool) {
	t.Helper()
	var got []int
	broken, kept := 0, 0
	for _, j := range r.Journals() {
		some, lost := all(t, j)
		again, same := all(t, j)
		if !slices.Equal(some, again) || lost != same {
			t.Fatal(said, "reading twice differs")
		}
		got, broken, kept = append(got, some...), broken+lost, kept+j.kept
	}
	limit := 1
	if head {
		limit = inAFrame
	}
	if len(got)+broken != 300 || broken > limit || !slices.IsSorted(got) {
		t.Fatalf("%s: %d read, %d broken", said, len(got), broken)
	}
	if s := r.Stats(); s.Quarantined != uint64(broken) || (broken > 0) != (kept > 0) {
		t.Fatalf("%s: %d in quarantine of %d broken, %d files", said, s.Quarantined, broken, kept)
	}
}

// The library seals a segment with its last frame and begins the next one afterwards. Killed in between it
// would refuse every frame for ever.
func TestAFolderThatWasSealedInItsLastMomentIsOnlyRead(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	folder := filepath.Join(root, written(t, root, 60, 4<<10))
	list, err := segments(realDisk{}, folder)
	if err != nil {
		t.Fatal(err)
	}
	state, err := stateFile{realDisk{}, folder}.Load("")
	if err != nil {
		t.Fatal(err)
	}
	newest := len(state.Segments) - 1
	state.Segments = state.Segments[:newest]
	sealed := &state.Segments[newest-1]
	kept := int(sealed.MaxIndex) * inAFrame
	sealed.SealTime, sealed.MaxIndex, sealed.IndexStart = time.Time{}, 0, 0
	if err := errors.Join(stateFile{realDisk{}, folder}.CommitState(state), os.Remove(filepath.Join(folder, list[newest].name))); err != nil {
		t.Fatal(err)
	}
	r := open(t, root, Options{SegmentSize: 4 << 10})
	add(t, r, kept, kept+10)
	if got := everything(t, r); !slices.Equal(got, upTo(kept+10)) || r.Stats().Failures != 0 || len(r.Journals()) != 2 {
		t.Fatal(len(got), kept, r.Stats())
	}
}

func TestVerifyFindsWhatIsBrokenAndChangesNothing(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	folder := filepath.Join(root, written(t, root, 10, 16<<10))
	p := places(t, folder)[4]
	change(t, filepath.Join(folder, p.name), func(b []byte) []byte { b[p.from+headerSize+20] ^= 4; return b })
	before := tree(t, root)
	records := 0
	report, err := Verify(folder, func(b Batch) error { records += len(b.Records); return nil })
	if want := (Report{Frames: 10, Records: 49, Broken: 1, First: 1, Last: 10}); err != nil || report != want || records != 49 {
		t.Fatalf("%+v %v", report, err)
	}
	list, err := Inspect(root)
	if err != nil || len(list) != 1 || list[0].InUse || list[0].Records != 50 {
		t.Fatalf("%+v %v", list, err)
	}
	if after := tree(t, root); !slices.Equal(before, after) {
		t.Fatal(before, after)
	}
	j, err := OpenFolder(folder, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, broken := all(t, j); len(got) != 49 || broken != 1 {
		t.Fatal(got, broken)
	}
	if err := errors.Join(j.Release(j.Last()), j.Close()); err != nil {
		t.Fatal(err)
	}
}

func tree(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		about, err := entry.Info()
		list = append(list, fmt.Sprint(path, about.Size(), about.ModTime()))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
