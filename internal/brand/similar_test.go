package brand

import (
	"strings"
	"testing"
)

// Two captions with a word exchanged are told of, by their numbers; different ones and short ones are not.
func TestCaptionsThatAreTooAlike(t *testing.T) {
	t.Parallel()
	const long = "Adminduk keliling hadir di 12 kecamatan Bukit Selaras. Urus KTP-el, KK, dan akta kelahiran, gratis!"
	for name, c := range map[string]struct {
		captions []string
		want     string
	}{
		"a word exchanged":        {[]string{"Lain sama sekali.", long, "ADMINDUK keliling hadir di 12 kecamatan, Bukit Selaras: urus KTP-el, KK, dan akta kelahiran gratis"}, "similar_caption 2"},
		"the very same":           {[]string{long, long + " "}, "same_caption 1"},
		"an emoji, twice":         {[]string{"🙏", "🙏"}, ""},
		"different ones":          {[]string{long, "Belum sempat ke kantor Dukcapil? Bulan ini giliran petugas yang datang.", "Jadwal keliling ada di tautan."}, ""},
		"short ones":              {[]string{"Keterangan resmi.", "Keterangan hangat.", ""}, ""},
		"the beginning of a long": {[]string{long, "Adminduk keliling hadir di 12 kecamatan."}, ""},
	} {
		got := ""
		for _, f := range Lint(Kit{}, Text{Captions: c.captions}) {
			if strings.HasSuffix(f.Rule, "_caption") {
				got += f.Rule + " " + string(rune('0'+f.Index))
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
