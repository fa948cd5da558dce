package delivery_test

import (
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/delivery"
	"gaung/internal/mail/mailtest"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/planner"
	"gaung/internal/report"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

const site = "https://gaung.uji.example"

// desk is a region whose reports go out through a peer, and a clock that a test sets.
type desk struct {
	*testkit.Kit
	t    *testing.T
	now  atomic.Pointer[time.Time]
	peer *mailtest.Peer
	out  *delivery.Service
}

// sunday is the evening before a week's reports go out: Sunday 22 November 2026, 18.00 WITA.
func sunday() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }

// monday is when they do: 07.00 WITA.
func monday() time.Time { return time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC) }

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, peer: mailtest.New(t)}
	d.set(sunday())
	d.Kit = testkit.On(t, testdb.Open(t, testdb.FreshURL(t), func() time.Time { return *d.now.Load() }))
	d.out = d.process(d.peer.Post(t, true))
	return d
}

// process is one more that serves the same database.
func (d *desk) process(by delivery.Mailer) *delivery.Service {
	d.t.Helper()
	made, err := delivery.New(d.DB, d.Queue, report.New(d.DB), d.User.Actor).WorkOn(planner.Workdays).MailBy(by, d.Ring, site, slog.New(slog.DiscardHandler))
	if err != nil {
		d.t.Fatal(err)
	}
	return made
}

func (d *desk) set(now time.Time) { d.now.Store(&now) }

func (d *desk) exec(query string, args ...any) {
	d.t.Helper()
	if _, err := d.DB.Pool().Exec(d.t.Context(), query, args...); err != nil {
		d.t.Fatal(err)
	}
}

// subscribe lets a node's report come to somebody.
func (d *desk) subscribe(who org.Actor, node org.Agency, wish delivery.ReportWish) delivery.ReportSubscription {
	d.t.Helper()
	own, err := d.out.Subscribe(d.t.Context(), who, node.ID, wish)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, one := range own.Items {
		if one.NodeID == node.ID && one.Pace == wish.Pace {
			return one
		}
	}
	d.t.Fatalf("%+v", own)
	return delivery.ReportSubscription{}
}

func (d *desk) list(who org.Actor) []delivery.ReportSubscription {
	d.t.Helper()
	own, err := d.out.List(d.t.Context(), who)
	if err != nil {
		d.t.Fatal(err)
	}
	return own.Items
}

// outcome is what the screen says of somebody's only subscription.
func (d *desk) outcome(who org.Actor) string {
	d.t.Helper()
	own := d.list(who)
	if len(own) != 1 {
		d.t.Fatalf("%+v", own)
	}
	if own[0].Last == nil {
		return own[0].Ended
	}
	return own[0].Last.Outcome + own[0].Ended
}

func (d *desk) send() {
	d.t.Helper()
	if err := d.out.Deliver(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// walk lets time pass in steps, and the job run at each.
func (d *desk) walk(steps int, step time.Duration) {
	d.t.Helper()
	for range steps {
		d.set(d.now.Load().Add(step))
		d.send()
	}
}

func (d *desk) address(who org.Actor) string {
	d.t.Helper()
	found, err := db.Get[struct{ Email string }](d.t.Context(), d.DB, `SELECT email FROM app_user WHERE id = $1`, who.User)
	if err != nil {
		d.t.Fatal(err)
	}
	return found.Email
}

func subject(t *testing.T, one mailtest.Received) string {
	t.Helper()
	text, err := new(mime.WordDecoder).DecodeHeader(one.Letter.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// parts are the bodies of a letter by their media type, decoded, and the names of its files.
func parts(t *testing.T, one mailtest.Received) (bodies map[string]string, files []string) {
	t.Helper()
	bodies = map[string]string{}
	var read func(header string, body io.Reader)
	read = func(header string, body io.Reader) {
		kind, params, err := mime.ParseMediaType(header)
		if err != nil {
			t.Fatal(err)
		}
		all := multipart.NewReader(body, params["boundary"])
		if !strings.HasPrefix(kind, "multipart/") {
			t.Fatalf("%s is not in parts", kind)
		}
		for {
			part, err := all.NextPart() // undoes quoted-printable
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(kind, "multipart/") {
				read(part.Header.Get("Content-Type"), part)
				continue
			}
			var source io.Reader = part
			if part.Header.Get("Content-Transfer-Encoding") == "base64" {
				source = base64.NewDecoder(base64.StdEncoding, part)
			}
			text, err := io.ReadAll(source)
			if err != nil {
				t.Fatal(err)
			}
			bodies[kind] = string(text)
			if name := part.FileName(); name != "" {
				files = append(files, name)
			}
		}
	}
	_, text, found := strings.Cut(one.Body, "\r\n\r\n")
	if !found {
		t.Fatal("no body")
	}
	read(one.Letter.Header.Get("Content-Type"), strings.NewReader(text))
	return bodies, files
}

// In WIB, WITA and WIT alike a week's and a month's report come at seven on the first working day after it, once; on a
// holiday of the agency a day later. The letter says what happened in a sentence, leads to the report, and names nobody.
func TestReportsComeAtSevenInEachZone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.set(time.Date(2026, 11, 27, 3, 0, 0, 0, time.UTC)) // Friday
	names, want, zones := map[string]string{}, map[string]string{}, map[string]*time.Location{}
	var east org.Agency
	for i, zone := range []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"} {
		made, err := d.Org.Create(t.Context(), org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: d.Region.ID}}},
			org.Draft{ParentID: d.Region.ID, Kind: org.Body, Code: fmt.Sprintf("%s-Z%d", d.Region.Code, i), Name: "Dinas " + zone, ShortName: "Dinas\r\nBcc: semua", Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		for range 6 {
			d.Person(made.ID)
		}
		leader := d.Person(made.ID, org.Grant{Role: org.Leader, Agency: made.ID})
		zones[d.address(leader)] = period.MustZone(zone)
		d.subscribe(leader, made, delivery.ReportWish{Pace: delivery.Weekly, PDF: true, XLSX: true})
		d.subscribe(leader, made, delivery.ReportWish{Pace: delivery.Monthly, XLSX: true})
		want[d.address(leader)] = "Mon 30 07:00 mingguan, Tue 01 07:00 bulanan"
		names[d.address(leader)] = made.Name
		east = made
		if zone == "Asia/Jayapura" {
			want[d.address(leader)] = "Tue 01 07:00 mingguan, Tue 01 07:00 bulanan"
		}
	}
	d.exec(`INSERT INTO holiday (agency_id, day, name, kind) VALUES ($1, '2026-11-30', 'Hari jadi', 'local')`, east.ID)
	if err := d.User.SnapshotDays(t.Context(), period.DayOf(2026, 11, 1), period.DayOf(2026, 12, 3)); err != nil {
		t.Fatal(err)
	}
	got, seen := map[string][]string{}, 0
	for range 2 * 24 * 9 { // nine days in half hours
		d.walk(1, 30*time.Minute)
		for _, one := range d.peer.Letters()[seen:] {
			seen++
			bodies, files := parts(t, one)
			pace := "mingguan"
			if len(files) == 1 {
				pace = "bulanan"
			}
			got[one.To] = append(got[one.To], d.now.Load().In(zones[one.To]).Format("Mon 02 15:04")+" "+pace)
			days := map[string]string{"mingguan": "23–29 November 2026", "bulanan": "1–30 November 2026"}[pace]
			if subject(t, one) != "Laporan keterlibatan ASN Dinas Bcc: semua, "+days || one.Letter.Header.Get("Bcc") != "" {
				t.Errorf("%q", subject(t, one))
			}
			for kind, text := range map[string]string{"text/plain": bodies["text/plain"], "text/html": bodies["text/html"]} {
				for _, said := range []string{"Dengan hormat,", "laporan keterlibatan " + pace + " " + names[one.To], "Pada " + days, "belum ada ASN", "/laporan/?agency=", "Dihitung "} {
					if !strings.Contains(text, said) {
						t.Errorf("the %s does not say %q: %s", kind, said, text)
					}
				}
				if strings.Contains(text, "Orang ") || strings.Contains(text, "@") || strings.Contains(text, "<img") {
					t.Errorf("the %s names somebody, or asks for a picture: %s", kind, text)
				}
			}
			if header := one.Letter.Header; header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" ||
				!strings.HasPrefix(header.Get("List-Unsubscribe"), "<"+site+"/berhenti/laporan/") || header.Get("Auto-Submitted") != "auto-generated" {
				t.Errorf("%v", header)
			}
			if book := bodies["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]; !strings.HasPrefix(book, "PK") {
				t.Errorf("%v holds no workbook", files)
			}
			if paper := bodies["application/pdf"]; pace == "mingguan" && !strings.HasPrefix(paper, "%PDF") {
				t.Errorf("%v holds no PDF", files)
			}
		}
	}
	for who, moments := range want {
		if strings.Join(got[who], ", ") != moments {
			t.Errorf("in %s: %q, not %q", zones[who], got[who], moments)
		}
	}
}

// The person's language is the letter's.
func TestALetterSpeaksItsReadersLanguage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	leader := d.Staff(org.Leader)
	if err := d.User.SetLang(t.Context(), leader, "en"); err != nil {
		t.Fatal(err)
	}
	d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
	d.set(monday())
	d.send()
	letters := d.peer.Letters()
	if len(letters) != 1 {
		t.Fatalf("%d letters", len(letters))
	}
	if got := subject(t, letters[0]); got != "ASN engagement report of Dinas Uji, 16–22 November 2026" {
		t.Errorf("%q", got)
	}
	bodies, _ := parts(t, letters[0])
	for kind, text := range bodies {
		for _, word := range []string{"Dengan hormat", "Berikut", "berlangganan", "Buka", "Hentikan"} {
			if strings.Contains(text, word) {
				t.Errorf("%q in the %s: %s", word, kind, text)
			}
		}
	}
}

// A report that is too large for a letter is linked, and the letter says so.
func TestWhatIsTooLargeIsLinked(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.subscribe(d.Staff(org.Leader), d.Dinas, delivery.ReportWish{Pace: delivery.Weekly, PDF: true, XLSX: true})
	d.out.AtMost(1 << 10)
	d.set(monday())
	d.send()
	letters := d.peer.Letters()
	if len(letters) != 1 {
		t.Fatalf("%d letters", len(letters))
	}
	bodies, files := parts(t, letters[0])
	if text := bodies["text/plain"]; len(files) != 0 || !strings.Contains(text, "tidak dilampirkan") || !strings.Contains(text, "/laporan/?agency") {
		t.Errorf("%v %s", files, text)
	}
}

// What was missed while the process was down is not made up for: the newest comes, in the day's hours.
func TestALateStartSendsTheNewestAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	leader := d.Staff(org.Leader)
	d.subscribe(leader, d.Dinas, delivery.ReportWish{Pace: delivery.Weekly})
	d.set(monday().Add(24*time.Hour*16 + 15*time.Hour)) // Wednesday 9 December, 22.00 WITA
	d.send()
	if n := len(d.peer.Letters()); n != 0 {
		t.Fatalf("%d letters at night", n)
	}
	d.walk(60, time.Hour)
	got := d.peer.Letters()
	if len(got) != 1 || !strings.HasSuffix(subject(t, got[0]), "30 November – 6 Desember 2026") {
		t.Fatalf("%d letters", len(got))
	}
	if at := d.list(leader)[0].Last.At.In(period.MustZone("Asia/Makassar")); at.Format("Mon 02 15") != "Thu 10 07" {
		t.Errorf("it came at %s", at)
	}
}
