package media

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaung/internal/errs"
)

func sample(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/kecil.mp4")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// changed replaces the n bytes after the first occurrence of a mark.
func changed(text []byte, mark string, skip int, with []byte) []byte {
	out := bytes.Clone(text)
	at := bytes.Index(out, []byte(mark)) + len(mark) + skip
	copy(out[at:], with)
	return out
}

func TestOnlyWholeVideosThatPhonesPlayAreTaken(t *testing.T) {
	t.Parallel()
	whole := sample(t)
	long := binary.BigEndian.AppendUint32(nil, 181_000)
	for name, text := range map[string][]byte{
		"cut short":              whole[:len(whole)-500],
		"only its head":          whole[:24],
		"another codec":          changed(whole, "stsd", 12, []byte("hvc1")),
		"more than 3 minutes":    changed(whole, "mvhd", 16, long),
		"a track that is long":   changed(whole, "mdhd", 16, long),
		"places of a camera":     changed(whole, "hdlr", 8, []byte("meta")),
		"data outside the file":  changed(whole, "stco", 8, []byte{0x7f, 0, 0, 0}),
		"no sample":              changed(whole, "stsz", 8, []byte{0, 0, 0, 0}),
		"a box that is too long": changed(whole, "isomavc1", 0, []byte{0x7f}),
		"QuickTime":              changed(whole, "ftyp", 0, []byte("qt  ")),
		"a page in its clothes":  append(bytes.Clone(whole[:24]), []byte("<!doctype html><script>alert(1)</script>")...),
		"many countless chunks":  changed(whole, "stco", 4, []byte{0xff, 0xff, 0xff, 0xff}),
	} {
		if _, err := readFilm(bytes.NewReader(text), int64(len(text))); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s is taken: %v", name, err)
		}
	}
	found, err := readFilm(bytes.NewReader(whole), int64(len(whole)))
	if err != nil || found.Seconds != 4 || found.Width != 96 || found.Height != 64 {
		t.Errorf("%+v, %v", found, err)
	}
	turned := changed(whole, "tkhd", 40, make([]byte, 4))
	if found, err := readFilm(bytes.NewReader(turned), int64(len(turned))); err != nil || found.Width != 64 {
		t.Errorf("held upright: %+v, %v", found, err)
	}
}

func TestAVideoDoesNotTellWhereItWasTaken(t *testing.T) {
	t.Parallel()
	secret := "-03.5952+128.1864/"
	whole := append(sample(t), []byte("\x00\x00\x00\x1audta"+secret)...)
	path := filepath.Join(t.TempDir(), "x.mp4")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	found, err := readFilm(file, int64(len(whole)))
	if err != nil || len(found.blanks) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	if err := found.blank(file); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	if err != nil || bytes.Contains(after, []byte(secret)) || len(after) != len(whole) {
		t.Errorf("%d bytes, %v", len(after), err)
	}
	if _, err := readFilm(bytes.NewReader(after), int64(len(after))); err != nil {
		t.Errorf("the file is broken now: %v", err)
	}
}

func TestSubtitlesAreOnlyWords(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing":          "WEBVTT\n\n",
		"a script":         "WEBVTT\n\n00:00.000 --> 00:01.000\n<script>x</script>\n",
		"a colour":         "1\n00:00:00,000 --> 00:00:01,000\n<font color=red>x</font>\n",
		"ends first":       "1\n00:00:02,000 --> 00:00:01,000\nx\n",
		"out of order":     "1\n00:00:02,000 --> 00:00:03,000\nx\n\n2\n00:00:01,000 --> 00:00:02,000\ny\n",
		"after the end":    "1\n00:01:00,000 --> 00:01:01,000\nx\n",
		"broken times":     "1\n0:0:2 --> 0:0:3\nx\n",
		"no text file":     "\xff\xfe1\x00",
		"too large":        "WEBVTT\n" + strings.Repeat("x", MaxSubtitles),
		"two parts in one": "1\n00:00:00,000 --> 00:00:01,000\nx\n00:00:01,000 --> 00:00:02,000\n",
	} {
		if _, _, err := toVTT([]byte(text), 10); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s is taken: %v", name, err)
		}
	}
	made, n, err := toVTT([]byte("\ufeffWEBVTT - Judul\n\nNOTE ini\n\nSTYLE\n::cue { color: red }\n\n1\n00:01.000 --> 00:02.000 line:0\nA & <b>B</b> &lt;\n"), 10)
	if want := "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nA &amp; <b>B</b> &lt;\n"; err != nil || n != 1 || string(made) != want {
		t.Errorf("%q, %v", made, err)
	}
}

// Whatever is sent, the walk over it ends and reads nothing that is not there.
func FuzzFilm(f *testing.F) {
	whole := sample(f)
	f.Add(whole)
	f.Add(whole[:700])
	f.Fuzz(func(t *testing.T, text []byte) {
		if found, err := readFilm(bytes.NewReader(text), int64(len(text))); err == nil {
			for _, s := range found.blanks {
				if s.at < 0 || s.at+s.header > s.end || s.end > int64(len(text)) {
					t.Errorf("%+v of %d", s, len(text))
				}
			}
		}
	})
}
