package demo

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"gaung/internal/caption"
	"gaung/internal/content"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

//go:embed world/contents.json
var contentsJSON []byte

// sample is one of the thirty fictional contents as the file has it.
type sample struct {
	Title    string   `json:"title"`
	Captions []string `json:"caption_variants"`
	Topic    string   `json:"topic"`
	Hashtags []string `json:"hashtags"`
	Kind     string   `json:"kind"`
}

// release is when a sample goes out and how far it comes; the plan has one for each sample.
type release struct {
	agency   string // who publishes
	audience string // the node whose feeds it enters
	stage    string
	state    content.State
	daysAgo  int    // when it went live, or was last worked on; negative: when it will
	clock    string // local time of the publishing agency
	days     int    // how long it stays in the feed
	mandated bool   // a letter asks for it
}

// plan spreads the contents over eight weeks: two or three a day on good days, most before nine.
var plan = [...]release{
	{"99.02-DUKCAPIL", "99.02", "sedang", content.Ended, 55, "07.05", 20, false},
	{"99-DISKOMINFO", "99", "sedang", content.Live, 48, "07.10", 90, false},
	{"99.71-DUKCAPIL", "99.71", "telah", content.Live, 33, "06.45", 90, false},
	{"99-BPBD", "99", "sedang", content.Ended, 53, "06.35", 14, false},
	{"99-DISKOMINFO", "99", "sedang", content.Live, 27, "08.30", 120, false},
	{"00-DITJEN-IKP", "00", "telah", content.Live, 2, "08.15", 45, false},
	{"99-PUPR", "99", "telah", content.Live, 19, "10.20", 60, false},
	{"99-BKD", "99", "telah", content.Live, 12, "11.40", 60, false},
	{"99.72-DISKOMINFO", "99.72", "telah", content.Live, 9, "09.30", 60, false},
	{"99.01-DISKOMINFO", "99.01", "telah", content.Ended, 41, "13.15", 21, false},
	{"99-DISKOMINFO", "99", "telah", content.Live, 45, "06.50", 120, false},
	{"99.01-DISKOMINFO", "99.01", "telah", content.Ended, 50, "16.40", 30, false},
	{"99.72-DISKOMINFO", "99.72", "sedang", content.InReview, 1, "14.05", 60, false},
	{"99-DISPAR", "99", "telah", content.Draft, 2, "15.20", 60, false},
	{"99-DISPAR", "99", "akan", content.Scheduled, -2, "07.00", 30, false},
	{"99-DISPAR", "99", "sedang", content.Live, 16, "07.15", 60, false},
	{"99-DISPAR", "99", "akan", content.Recalled, 6, "08.10", 60, false},
	{"99-DISPAR", "99", "akan", content.Scheduled, -1, "07.30", 60, false},
	{"99-DISPAR", "99.01", "sedang", content.InReview, 1, "10.30", 60, false},
	{"99-DLH", "99", "sedang", content.Live, 23, "06.55", 90, false},
	{"99-DINKES", "99", "akan", content.Live, 5, "07.05", 30, true},
	{"99.04-DINKES", "99.04", "sedang", content.Ended, 36, "06.40", 28, false},
	{"99-RSUD", "99", "akan", content.Scheduled, -4, "08.00", 40, false},
	{"99.03-DINKES", "99.03", "sedang", content.Live, 13, "07.25", 60, false},
	{"99-DINKES", "99", "sedang", content.Live, 30, "12.10", 90, false},
	{"99-PUPR", "99", "telah", content.Live, 3, "07.40", 60, false},
	{"99-DPMPTSP", "99", "telah", content.Approved, 1, "16.10", 60, false},
	{"99-SETDA", "99", "telah", content.Ended, 44, "08.45", 25, false},
	{"99-BPKAD", "99", "telah", content.Live, 1, "07.20", 60, false},
	{"99-DISKOPUKM", "99", "telah", content.ChangesRequested, 1, "11.15", 60, false},
}

// published is a content that was live for a time, for those who then share it.
type published struct {
	id       id.Content
	agency   string
	audience string
	from, to time.Time
	appeal   float64 // how much it is shared and opened, around 1
}

// addContents takes each sample through the same steps as an office would, at the office's own time.
func (w *world) addContents(ctx context.Context) error {
	var samples []sample
	if err := json.Unmarshal(contentsJSON, &samples); err != nil {
		return fmt.Errorf("contents.json: %w", err)
	}
	if len(samples) != len(plan) {
		return fmt.Errorf("contents.json has %d contents, the plan %d", len(samples), len(plan))
	}
	dice := newDice(2)
	for i, s := range samples {
		if err := w.addContent(ctx, s, plan[i], 0.6+0.9*dice.Float64()); err != nil {
			return fmt.Errorf("%s: %w", s.Title, err)
		}
	}
	return nil
}

func (w *world) addContent(ctx context.Context, s sample, r release, appeal float64) error {
	goesOut, err := w.moment(r)
	if err != nil {
		return err
	}
	ends := goesOut.Add(time.Duration(r.days) * 24 * time.Hour)
	outline := content.Outline{Agency: w.node[r.agency].ID, Targets: []id.Agency{w.node[r.audience].ID}, EndsAt: &ends}
	w.at(goesOut.Add(-26 * time.Hour))
	author, err := w.as(ctx, account(r.agency, "penulis"))
	if err != nil {
		return err
	}
	text := s.text(r, w.hostOf(r.agency))
	if r.mandated {
		text.Mandate, text.Video = w.mandate(), w.film
	}
	made, err := w.office.Create(ctx, author, outline, text)
	if err != nil {
		return err
	}
	if err := w.illustrate(ctx, author, made.ID, s); err != nil || r.state == content.Draft {
		return err
	}
	w.at(goesOut.Add(-25 * time.Hour))
	if _, err := w.office.Submit(ctx, author, made.ID); err != nil || r.state == content.InReview {
		return err
	}
	if err := w.decide(ctx, made.ID, r, goesOut); err != nil || !everLive(r.state) {
		return err
	}
	live := published{id: made.ID, agency: r.agency, audience: r.audience, from: goesOut, to: ends, appeal: appeal}
	switch r.state {
	case content.Recalled:
		live.to = goesOut.Add(3 * time.Hour)
	case content.Ended:
		w.at(ends)
		_, err = w.office.EndDue(ctx)
	}
	w.published = append(w.published, live)
	return err
}

// illustrate gives the item its drawing.
func (w *world) illustrate(ctx context.Context, author org.Actor, item id.Content, s sample) error {
	drawn, err := picture(s, int(item))
	if err != nil {
		return err
	}
	_, err = w.office.AddImage(ctx, author, item, drawn, alt(s))
	return err
}

func everLive(state content.State) bool {
	return state == content.Live || state == content.Ended || state == content.Recalled
}

// seen is the version that an office decides on: the text, and then its picture.
const seen = 2

// decide takes an item that is in review as far as its plan says.
func (w *world) decide(ctx context.Context, item id.Content, r release, goesOut time.Time) error {
	approver, err := w.as(ctx, account(r.agency, "penyetuju"))
	if err != nil {
		return err
	}
	publisher, err := w.as(ctx, account(r.agency, "humas"))
	if err != nil {
		return err
	}
	w.at(goesOut.Add(-3 * time.Hour))
	if r.daysAgo < 0 { // it was decided yesterday, for a day to come
		w.at(w.today.Add(-20 * time.Hour))
	}
	if r.state == content.ChangesRequested {
		_, err := w.office.Return(ctx, approver, item, content.Seen{Version: seen, Step: 1}, "Sebutkan sumber angka 1.250 dan periode pendampingannya.")
		return err
	}
	if _, err := w.office.Approve(ctx, approver, item, content.Seen{Version: seen, Step: 1}, ""); err != nil {
		return err
	}
	if err := w.decideSecond(ctx, item, r.agency); err != nil || r.state == content.Approved {
		return err
	}
	if r.state == content.Scheduled {
		_, err := w.office.Schedule(ctx, publisher, item, goesOut)
		return err
	}
	w.at(goesOut)
	if _, err := w.office.Publish(ctx, publisher, item); err != nil || r.state != content.Recalled {
		return err
	}
	w.at(goesOut.Add(3 * time.Hour))
	_, err = w.office.Recall(ctx, publisher, item, "Kuota harian yang disebut keliru. Tunggu pengumuman perbaikan.", 0)
	return err
}

// moment is when a release goes out: its day in the agency's zone, at its local time.
func (w *world) moment(r release) (time.Time, error) {
	zone := period.MustZone(w.node[r.agency].Zone)
	day := period.LocalDay(w.today, zone).Add(-r.daysAgo)
	year, month, date := day.Date()
	at, err := time.Parse("15.04", r.clock)
	if err != nil {
		return time.Time{}, err
	}
	goesOut := time.Date(year, month, date, at.Hour(), at.Minute(), 0, 0, zone)
	return goesOut.UTC(), nil
}

// account is who acts for an agency in a role: the ministry's, a regency's or the province's humas.
func account(agency, role string) string {
	code, _, _ := strings.Cut(agency, "-")
	switch {
	case code == "00":
		return "pusat." + role
	case strings.Contains(code, "."):
		return role + "." + strings.ReplaceAll(code, ".", "")
	}
	return role
}

// registers are how the captions of a sample sound, in the order in which the file has them.
var registers = []string{"formal", "santai", "singkat"}

// forShortNetworks is the sample that has a wording of its own where a text must be short.
const forShortNetworks = "Lapor Arunika"

func (s sample) variants() []caption.Variant {
	variants := caption.Plain(s.Captions...)
	for i := range min(len(variants), len(registers)) {
		variants[i].Register = registers[i]
	}
	if strings.Contains(s.Title, forShortNetworks) {
		variants = append(variants, caption.Variant{Text: "Satu menit untuk tahu cara melapor: tulis, kirim, pantau nomor tiketnya.",
			Register: "singkat", Networks: []string{"x", "threads"}})
	}
	return variants
}

// text derives what the file does not have.
func (s sample) text(r release, host string) content.Text {
	first, rest, _ := strings.Cut(s.Captions[0], ". ")
	text := content.Text{Title: s.Title, Summary: first + ".", Kind: s.Kind, Pillar: pillars[s.Topic], Stage: r.stage, Topic: s.Topic,
		Classification: "terbuka", Hashtags: s.Hashtags, Captions: s.variants(),
		Body: "**" + first + ".**\n\n" + rest + "\n\n" + closing[s.Topic]}
	handle := handleOf(host)
	text.OfficialPosts = []content.OfficialPost{
		{Network: "instagram", URL: "https://www.instagram.com/p/" + shortName(s.Title) + "/"},
		{Network: "facebook", URL: "https://www.facebook.com/" + handle + "/posts/" + shortName(s.Title)},
	}
	if r.daysAgo%3 == 0 { // some offices have a page of their own for it
		text.LandingURL = "https://" + host + "/berita/" + shortName(s.Title)
	}
	return text
}

var notWord = regexp.MustCompile(`[^a-z0-9]+`)

func shortName(title string) string {
	slug := strings.Trim(notWord.ReplaceAllString(strings.ToLower(title), "-"), "-")
	return strings.Trim(slug[:min(len(slug), 40)], "-")
}

// pillars is where a topic belongs among the three pillars of a government's brand.
var pillars = map[string]string{
	"layanan_publik": "product", "klarifikasi_hoaks": "product", "city_branding": "regional",
	"pariwisata": "regional", "kesehatan": "product", "kinerja": "personal",
}

// closing is the part of a body that tells the reader what to do, by topic.
var closing = map[string]string{
	"layanan_publik": "## Yang perlu disiapkan\n\n- Kartu identitas asli\n- Dokumen pendukung sesuai jenis layanan\n- Nomor telepon yang aktif\n\n" +
		"Layanan tidak dipungut biaya. Laporkan bila ada yang meminta imbalan.",
	"klarifikasi_hoaks": "## Cara memeriksa\n\n1. Cocokkan dengan kanal resmi pemerintah.\n2. Perhatikan tanggal dan lokasi pada foto atau video.\n" +
		"3. Jangan meneruskan sebelum yakin.\n\nBila menerima pesan serupa, sampaikan ke kanal aduan resmi.",
	"city_branding": "## Ikut ambil bagian\n\nCeritakan apa yang membuat Anda bangga pada daerah ini dengan kata-kata Anda sendiri. " +
		"Panduan identitas daerah dapat diunduh dari situs resmi.",
	"pariwisata": "## Sebelum berangkat\n\n- Pesan lebih dahulu bila lokasi memakai kuota\n- Bawa kantong sampah dan botol minum sendiri\n" +
		"- Gunakan jasa pemandu dan penginapan warga setempat",
	"kesehatan": "## Ke mana harus pergi\n\nDatangi puskesmas terdekat pada jam layanan. Bawa kartu identitas; peserta JKN membawa kartunya. " +
		"Untuk keadaan darurat hubungi 119.",
	"kinerja": "## Sumber data\n\nAngka berasal dari laporan kinerja perangkat daerah yang telah direviu Inspektorat. " +
		"Data lengkap tersedia pada portal data terbuka.",
}

// hostOf is the official host of the region that an agency belongs to.
func (w *world) hostOf(agency string) string {
	code, _, _ := strings.Cut(agency, "-")
	return w.host[code]
}
