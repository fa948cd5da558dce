package journal

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Time in these bubbles is not real: it jumps when everybody waits.

func TestAFullDiskRefusesAtOnceAndRecoversWithoutHands(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		disk := &faulty{}
		r := open(t, dir, Options{Disk: disk})
		add(t, r, 0, 50)
		disk.full.Store(true)
		for i := range 3 {
			begun := time.Now()
			if err := r.Append(numbered(1000 + i)); !errors.Is(err, ErrUndurable) || time.Since(begun) > 0 {
				t.Fatal(err, time.Since(begun))
			}
		}
		if s := r.Stats(); !s.Failed || s.Failures != 1 || s.Undurable != 3 {
			t.Fatalf("%+v", s)
		}
		if got := everything(t, r); !slices.Equal(got, upTo(50)) {
			t.Fatal("not readable while the disk is full", got)
		}
		time.Sleep(5 * time.Second)
		disk.full.Store(false)
		time.Sleep(time.Second + time.Millisecond)
		add(t, r, 50, 100)
		if got := everything(t, r); !slices.Equal(got, upTo(100)) || r.Stats().Failed || len(r.Journals()) != 2 {
			t.Fatal(got, r.Stats())
		}
		old := r.Journals()[1]
		if err := errors.Join(old.Release(old.Last()), r.Retire(old)); err != nil {
			t.Fatal(err)
		}
		shut(t, r)
	})
	r := open(t, dir, Options{})
	if got := everything(t, r); !slices.Equal(got, upTo(100)[50:]) {
		t.Fatal(got)
	}
}

func TestADiskThatIsFullAtTheStartStopsNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		disk := &faulty{}
		disk.full.Store(true)
		r := open(t, dir, Options{Disk: disk})
		if err := r.Append(numbered(0)); !errors.Is(err, ErrUndurable) || !r.Stats().Failed {
			t.Fatal(err)
		}
		disk.full.Store(false)
		time.Sleep(time.Second + time.Millisecond)
		add(t, r, 0, 3)
		if left, err := os.ReadDir(dir); len(left) != 1 || err != nil {
			t.Fatal("attempts leave things behind", left, err)
		}
	})
}

// A failed sync says nothing about what is in the file, so the folder is given up for another at once.
func TestAFailedSyncEndsTheFolderAndLosesNothingAnswered(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	answered := map[int]bool{}
	synctest.Test(t, func(t *testing.T) {
		disk := &faulty{}
		r := open(t, dir, Options{Disk: disk, SegmentSize: 16 << 10})
		for i := range 400 {
			disk.bad.Store(i%100 == 99)
			if err := r.Append(numbered(i)); err == nil {
				answered[i] = true
			} else if !errors.Is(err, ErrUndurable) {
				t.Fatal(err)
			}
			synctest.Wait() // for the new folder
		}
		if got := everything(t, r); !slices.Equal(got, slices.Sorted(maps.Keys(answered))) || r.Stats().Failures != 4 || len(got) != 396 {
			t.Fatal(len(got), len(answered), r.Stats())
		}
	})
	r := open(t, dir, Options{})
	got := everything(t, r)
	for i := range answered {
		if _, there := slices.BinarySearch(got, i); !there {
			t.Fatal("lost", i)
		}
	}
}

func TestASlowDiskLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		r := open(t, dir, Options{Disk: &faulty{slow: true}, SegmentSize: 64 << 10})
		var done sync.WaitGroup
		for g := range 32 {
			done.Go(func() {
				for i := range 50 {
					if err := r.Append(numbered(g*50 + i)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		done.Wait()
		if got := everything(t, r); !slices.Equal(got, upTo(1600)) || r.Stats().Undurable > 0 {
			t.Error(len(got), r.Stats())
		}
	})
}

func TestADiskThatHangsIsWaitedForOnlySoLong(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		disk := &faulty{hangs: make(chan struct{})}
		r := open(t, dir, Options{Disk: disk})
		var done sync.WaitGroup
		for i := range 2 { // the first is being written, the second gathers
			begun := time.Now()
			done.Go(func() {
				err := r.Append(numbered(i))
				if took := time.Since(begun); !errors.Is(err, ErrUndurable) || took < 250*time.Millisecond || took > 300*time.Millisecond {
					t.Error(err, took)
				}
			})
			synctest.Wait()
		}
		done.Wait()
		if b, err := r.Journals()[0].Read(0, 10); err != nil || b.Last != 0 {
			t.Error("handed out before it was synced", b, err)
		}
		refused := 2
		for r.Append(make([]byte, longest)) != nil && refused < 2000 {
			refused++
		}
		if n := len(r.cur.frame); n > frameLimit || refused < 2000 {
			t.Error("grew without end", n, refused)
		}
		close(disk.hangs)
		synctest.Wait()
		if err := r.Append(numbered(2)); err != nil {
			t.Error(err)
		}
		if j := r.Journals()[0]; j.Last() != 3 || r.Stats().Failures != 0 {
			t.Error("what waited did not become durable", j.Last(), r.Stats())
		}
	})
}

// TestMain is also the other process of the tests below.
func TestMain(m *testing.M) {
	if dir := os.Getenv("JOURNAL_CHILD"); dir != "" {
		child(dir)
	}
	os.Exit(m.Run())
}

const writers = 16

// child appends until it is killed and prints each number that was answered.
func child(dir string) {
	r, err := OpenRoot(dir, Options{SegmentSize: 64 << 10})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	from, err := strconv.Atoi(os.Getenv("JOURNAL_FROM"))
	if err != nil {
		os.Exit(1)
	}
	fmt.Printf("instance %x\n", r.Journals()[0].Instance())
	var next atomic.Int64
	next.Store(int64(from))
	var done sync.WaitGroup
	for range writers {
		done.Go(func() {
			for {
				i := int(next.Add(1))
				if err := r.Append(numbered(i)); err != nil {
					os.Exit(1)
				}
				if _, err := os.Stdout.WriteString(strconv.Itoa(i) + "\n"); err != nil {
					os.Exit(1)
				}
			}
		})
	}
	done.Wait()
}

// start begins a child. Tests that do are not parallel: until a child runs its own program it holds the
// locks of the folders that others of this process have open.
//
// It answers the child's words after the first, and its instance.
func start(t *testing.T, dir string, from int) (*exec.Cmd, *bufio.Reader, string) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "JOURNAL_CHILD="+dir, "JOURNAL_FROM="+strconv.Itoa(from))
	out, err := c.StdoutPipe()
	if err = errors.Join(err, c.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() }) // it may be dead
	words := bufio.NewReader(out)
	first, err := words.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return c, words, first
}

func TestProcessesDoNotShareAFolder(t *testing.T) {
	dir := t.TempDir()
	_, _, instance := start(t, dir, 0)
	r := open(t, dir, Options{})
	if ours := fmt.Sprintf("instance %x\n", r.Journals()[0].Instance()); ours == instance {
		t.Fatal("shared", ours)
	}
	if n, err := r.Adopt(); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	list, err := Inspect(dir)
	if err != nil || len(list) != 2 || !list[0].InUse || !list[1].InUse {
		t.Fatalf("%+v %v", list, err)
	}
	for _, f := range list {
		if _, err := OpenFolder(f.Path, Options{}); !errors.Is(err, ErrInUse) {
			t.Error(err)
		}
		if _, err := Verify(f.Path, nil); err != nil {
			t.Error(err)
		}
	}
}

func TestAKilledProcessLosesNothingAnswered(t *testing.T) {
	dir := t.TempDir()
	answered, most := map[int]bool{}, 0
	for round := range 12 {
		c, words, _ := start(t, dir, most)
		for range 100 + round*173 {
			if !note(t, words, answered, &most) {
				t.Fatal("the child ended by itself")
			}
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for note(t, words, answered, &most) {
		}
		_ = c.Wait() // killed
		r := open(t, dir, Options{SegmentSize: 64 << 10})
		got := everything(t, r)
		for i := range answered {
			if _, there := slices.BinarySearch(got, i); !there {
				t.Fatalf("round %d: answered and lost: %d", round, i)
			}
		}
		if more := len(got) - len(answered); more > (round+1)*writers || len(slices.Compact(got)) != len(got) {
			t.Fatalf("round %d: %d more stored than answered", round, more)
		}
		most = max(most, got[len(got)-1])
		shut(t, r)
	}
}

func note(t *testing.T, words *bufio.Reader, answered map[int]bool, most *int) bool {
	line, err := words.ReadBytes('\n')
	if errors.Is(err, io.EOF) || len(line) == 0 {
		return false
	}
	i, err := strconv.Atoi(string(bytes.TrimSpace(line)))
	if err != nil {
		t.Fatal(err)
	}
	answered[i], *most = true, max(*most, i)
	return true
}
