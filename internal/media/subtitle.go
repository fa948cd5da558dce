package media

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Subtitle is a file of subtitles of a video: WebVTT, made by us.
type Subtitle struct {
	Lang  string `json:"lang"`
	Name  string `json:"name"`
	Lines int    `json:"lines"`
}

// languages are those that subtitles may be in.
var languages = map[string]string{"id": "Bahasa Indonesia", "en": "English", "jv": "Basa Jawa", "su": "Basa Sunda", "mad": "Bhâsa Madhurâ",
	"min": "Baso Minangkabau", "ban": "Basa Bali", "bug": "Basa Ugi", "ace": "Bahsa Acèh", "bjn": "Bahasa Banjar", "sas": "Base Sasak", "ms": "Bahasa Melayu"}

const (
	maxCues   = 1500
	afterLast = 5000 // milliseconds that the last subtitle may stand after the end
)

var (
	timing    = regexp.MustCompile(`^(?:(\d{1,2}):)?(\d{2}):(\d{2})[.,](\d{3})[ \t]+-->[ \t]+(?:(\d{1,2}):)?(\d{2}):(\d{2})[.,](\d{3})(?:[ \t].*)?$`)
	allowed   = regexp.MustCompile(`</?[ibu]>`)
	reference = regexp.MustCompile(`^&(amp|lt|gt|nbsp|lrm|rlm);`)
)

// Subtitles gives a video its subtitles of a language out of a WebVTT or SRT file, in the place of the ones before.
func (s *Service) Subtitles(ctx context.Context, actor org.Actor, video id.Media, lang string, file io.Reader) (Asset, error) {
	if languages[lang] == "" {
		return Asset{}, errs.InvalidField("lang", "Bahasa takarir tidak dikenal.")
	}
	text, err := io.ReadAll(io.LimitReader(file, MaxSubtitles+1))
	if err != nil {
		return Asset{}, err
	}
	found, err := s.Get(ctx, actor, video)
	if err != nil {
		return Asset{}, err
	}
	if found.Kind != Video {
		return Asset{}, errs.New(errs.Conflict, "Hanya video yang memerlukan takarir.")
	}
	made, lines, err := toVTT(text, found.Seconds)
	if err != nil {
		return Asset{}, err
	}
	name, err := Keep(ctx, s.files, bytes.NewReader(made), ".vtt")
	if err != nil {
		return Asset{}, err
	}
	return s.setSubtitles(ctx, actor, video, lang, &Subtitle{lang, name, lines})
}

// Unsubtitle takes the subtitles of a language away; versions keep them.
func (s *Service) Unsubtitle(ctx context.Context, actor org.Actor, video id.Media, lang string) (Asset, error) {
	return s.setSubtitles(ctx, actor, video, lang, nil)
}

func (s *Service) setSubtitles(ctx context.Context, actor org.Actor, video id.Media, lang string, one *Subtitle) (Asset, error) {
	if err := s.change(ctx, actor, video, "subtitles", func(tx *db.Tx, found row) error {
		found.Subtitles = slices.DeleteFunc(found.Subtitles, func(s Subtitle) bool { return s.Lang == lang })
		if one != nil {
			found.Subtitles = append(found.Subtitles, *one)
		}
		slices.SortFunc(found.Subtitles, func(a, b Subtitle) int { return rank(a.Lang) - rank(b.Lang) })
		return found.save(ctx, tx)
	}); err != nil {
		return Asset{}, err
	}
	return s.Get(ctx, actor, video)
}

// rank puts Indonesian first: the first one is on.
func rank(lang string) int {
	if lang == "id" {
		return 0
	}
	return 1
}

// SetPoster shows a picture of the library before a video plays.
func (s *Service) SetPoster(ctx context.Context, actor org.Actor, video, picture id.Media) (Asset, error) {
	chosen, err := s.Get(ctx, actor, picture)
	if err != nil {
		return Asset{}, err
	}
	if chosen.Kind != Picture || chosen.State != "ready" {
		return Asset{}, errs.InvalidField("picture_id", "Pilih gambar yang sudah siap sebagai sampul.")
	}
	if err := s.change(ctx, actor, video, "poster", func(tx *db.Tx, found row) error {
		if found.Kind != Video {
			return errs.New(errs.Conflict, "Hanya video yang memiliki sampul.")
		}
		found.Forms = chosen.Forms
		return found.save(ctx, tx)
	}); err != nil {
		return Asset{}, err
	}
	return s.Get(ctx, actor, video)
}

func badLine(n int, format string, args ...any) error {
	return errs.InvalidField("subtitles", "Takarir baris %d: %s", n, fmt.Sprintf(format, args...))
}

// toVTT reads WebVTT or SRT of a video of some seconds and writes plain WebVTT: times in order, and no markup but
// bold, italics and underline.
func toVTT(text []byte, seconds int) (made []byte, cues int, err error) {
	switch {
	case len(text) > MaxSubtitles:
		return nil, 0, errs.InvalidField("subtitles", "Berkas takarir lebih dari 256 KB. Periksa berkasnya.")
	case !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0:
		return nil, 0, errs.InvalidField("subtitles", "Berkas takarir bukan teks UTF-8. Simpan ulang sebagai UTF-8, lalu unggah lagi.")
	}
	plain := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(text), "\ufeff"))
	lines := strings.Split(plain, "\n")
	var out strings.Builder
	out.WriteString("WEBVTT\n")
	last := -1
	for i := 0; i < len(lines); i++ {
		found := timing.FindStringSubmatch(strings.TrimSpace(lines[i]))
		if found == nil {
			if strings.Contains(lines[i], "-->") {
				return nil, 0, badLine(i+1, "waktu tidak terbaca. Contoh: 00:00:01,000 --> 00:00:03,500")
			}
			continue // a number, a heading, a note or a style: none of it is shown
		}
		from, to := millis(found[1:5]), millis(found[5:9])
		if err := checkTimes(i+1, from, to, last, seconds); err != nil {
			return nil, 0, err
		}
		last = from
		if cues++; cues > maxCues {
			return nil, 0, errs.InvalidField("subtitles", "Takarir paling banyak %d bagian.", maxCues)
		}
		fmt.Fprintf(&out, "\n%s --> %s\n", stamp(from), stamp(to))
		for i++; i < len(lines) && strings.TrimSpace(lines[i]) != ""; i++ {
			said, err := escaped(lines[i], i+1)
			if err != nil {
				return nil, 0, err
			}
			out.WriteString(said + "\n")
		}
	}
	if cues == 0 {
		return nil, 0, errs.InvalidField("subtitles", "Berkas ini bukan takarir WebVTT atau SRT.")
	}
	return []byte(out.String()), cues, nil
}

func checkTimes(line, from, to, last, seconds int) error {
	switch {
	case to <= from:
		return badLine(line, "waktu selesai harus setelah waktu mulai.")
	case from < last:
		return badLine(line, "waktu mulai lebih awal daripada bagian sebelumnya. Urutkan takarirnya.")
	case to > seconds*1000+afterLast:
		return badLine(line, "waktu melewati akhir video (%d detik).", seconds)
	}
	return nil
}

// escaped is a line of a subtitle in which nothing can be markup but what is allowed.
func escaped(line string, n int) (string, error) {
	rest := allowed.ReplaceAllString(line, "")
	if strings.Contains(rest, "-->") {
		return "", badLine(n, "waktu tidak terbaca. Beri baris kosong di antara dua bagian.")
	}
	if strings.ContainsAny(rest, "<") {
		return "", badLine(n, "hanya tanda <i>, <b>, dan <u> yang boleh dipakai.")
	}
	return ampersands(strings.TrimSpace(line)), nil
}

// ampersands escapes each that begins no character reference.
func ampersands(line string) string {
	var out strings.Builder
	for i := 0; i < len(line); i++ {
		if line[i] == '&' && !reference.MatchString(line[i:]) {
			out.WriteString("&amp;")
			continue
		}
		out.WriteByte(line[i])
	}
	return out.String()
}

// millis reads hours, minutes, seconds and thousandths.
func millis(parts []string) int {
	total := 0
	for i, unit := range []int{3_600_000, 60_000, 1000, 1} {
		n, err := strconv.Atoi(parts[i])
		if err != nil {
			n = 0 // no hours
		}
		total += n * unit
	}
	return total
}

func stamp(at int) string {
	return fmt.Sprintf("%02d:%02d:%02d.%03d", at/3_600_000, at/60_000%60, at/1000%60, at%1000)
}
