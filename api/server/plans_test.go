package server

import (
	"cmp"
	"context"
	jsonpkg "encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/org"
	"gaung/internal/share"
	"gaung/internal/testdb"
)

// BenchmarkPlans asks a large database everything that open clients and desks ask, with PostgreSQL telling how it
// answered: go test ./api/server -run '^$' -bench Plans -benchtime 1x. PLANS=docs/bench/….md writes the table,
// PLANS_OF=name prints the whole plans of one question. A question that reads a whole large table fails.
func BenchmarkPlans(b *testing.B) {
	told := &planLog{lines: make(chan string, 100_000)}
	server, err := db.StartEmbedded(b.Context(), db.Embedded{Dir: serverDir(b), BinDir: os.Getenv("PG_BIN_DIR"), CacheDir: "../../.cache/postgres", Ephemeral: true, Log: slog.New(told)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(server.Stop)
	b.Setenv("TEST_DATABASE_URL", server.URL)
	url := testdb.FreshURL(b)
	s := siteOn(b, testdb.Open(b, url, func() time.Time { return testdb.Now }))
	s.server.limiter = newLimiter(1000)
	everything := []org.Grant{}
	for _, role := range []org.Role{org.Author, org.Approver, org.Publisher, org.Leader, org.Admin, org.Operator} {
		everything = append(everything, org.Grant{Role: role, Agency: s.Region.ID})
	}
	desk := s.Person(s.Region.ID, everything...)
	fillPlans(b, s, desk)
	office := s.Person(100020, org.Grant{Role: org.Publisher, Agency: 100020}, org.Grant{Role: org.Author, Agency: 100020}, org.Grant{Role: org.Approver, Agency: 100020})
	staff := s.Person(100025)
	as := map[string]func(*http.Request){"desk": s.as(desk), "office": s.as(office), "asn": s.as(staff), "nobody": func(*http.Request) {}}
	explained := testdb.Open(b, url+" options='-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on -c auto_explain.log_buffers=on -c auto_explain.log_format=json'", func() time.Time { return testdb.Now })
	home := s.Region
	s = siteOn(b, explained)
	s.Region = home
	s.server.limiter = newLimiter(1000)
	if err := s.server.share.Load(b.Context()); err != nil {
		b.Fatal(err)
	}
	fresh := share.New(explained, s.server.click, publicURL) // it has read nothing into memory
	table := []measured{}
	for _, q := range questions(s, fresh) {
		table = append(table, pose(b, s, told, explained, q, as[q.as]))
	}
	writePlans(b, table)
}

// serverDir is a folder that PostgreSQL's own account may pass.
func serverDir(b *testing.B) string {
	dir, err := os.MkdirTemp("", "gaung-test-")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(dir) }) // a folder of the temporary directory
	return dir
}

// measured is how one question was answered: the middle of five times, and the worst of its statements.
type measured struct {
	question
	took       time.Duration
	statements int
	worst      *plan
	seqScans   []string
}

const timesAsked = 5

func pose(b *testing.B, s *site, told *planLog, d *db.DB, q question, as func(*http.Request)) measured {
	b.Helper()
	m := measured{question: q}
	var took []time.Duration
	for round := range timesAsked + 1 { // the first is only to warm up
		told.read(b, d)
		began := time.Now()
		if q.do != nil {
			if err := q.do(b.Context()); err != nil {
				b.Fatalf("%s: %v", q.name, err)
			}
		} else if got := s.do(q.method, q.path, q.body, as); got.StatusCode >= 300 {
			b.Fatalf("%s: %d %s", q.name, got.StatusCode, got.text)
		}
		if round > 0 {
			took = append(took, time.Since(began))
		}
		plans := told.read(b, d)
		m.statements, m.seqScans = len(plans), nil
		for _, p := range plans {
			if m.worst == nil || p.ms > m.worst.ms && round > 0 || round == 1 && p == plans[0] {
				m.worst = p
			}
			p.Plan.walk(func(n *node) {
				if read := n.read(); n.Type == "Seq Scan" && read > 5_000 && n.Relation != "agency" { // the tree is small, and in memory
					m.seqScans = append(m.seqScans, fmt.Sprintf("reads all of %s: %.0f rows", n.Relation, read))
				}
			})
			if of := os.Getenv("PLANS_OF"); of != "" && strings.Contains(q.name, of) && round == timesAsked {
				fmt.Printf("%.2f ms\n%s\n", p.ms, p.text)
			}
		}
	}
	slices.Sort(took)
	m.took = took[len(took)/2]
	return m
}

// planLog reads what auto_explain says out of PostgreSQL's log.
type planLog struct {
	slog.Handler
	lines chan string
	asked int
}

func (l *planLog) Enabled(context.Context, slog.Level) bool { return true }

func (l *planLog) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		l.lines <- a.Value.String()
		return true
	})
	return nil
}

type plan struct {
	Query string `json:"Query Text"`
	Plan  node
	ms    float64
	text  string
}

type node struct {
	Type     string  `json:"Node Type"`
	Relation string  `json:"Relation Name"`
	Cost     float64 `json:"Total Cost"`
	Rows     float64 `json:"Actual Rows"`
	Removed  float64 `json:"Rows Removed by Filter"`
	Loops    float64 `json:"Actual Loops"`
	Hit      int     `json:"Shared Hit Blocks"`
	Read     int     `json:"Shared Read Blocks"`
	Plans    []*node
}

func (n *node) walk(each func(*node)) {
	each(n)
	for _, below := range n.Plans {
		below.walk(each)
	}
}

func (n *node) read() float64 { return (n.Rows + n.Removed) * n.Loops }

// touched is how many rows the nodes that read tables looked at.
func (p *plan) touched() (sum float64) {
	p.Plan.walk(func(n *node) {
		if n.Relation != "" {
			sum += n.read()
		}
	})
	return sum
}

// read gives the plans since the last time. A statement of our own is the last that it waits for.
func (l *planLog) read(b *testing.B, d *db.DB) (plans []*plan) {
	b.Helper()
	l.asked++
	mark := fmt.Sprintf("SELECT 'mark %d'", l.asked)
	if _, err := d.Pool().Exec(b.Context(), mark); err != nil {
		b.Fatal(err)
	}
	for ms, text := 0.0, ""; ; {
		var line string
		select {
		case line = <-l.lines:
		case <-time.After(10 * time.Second):
			b.Fatal("PostgreSQL tells no plans: is auto_explain installed?")
		}
		if _, after, ok := strings.Cut(line, "duration: "); ok && strings.HasSuffix(line, "plan:") {
			if _, err := fmt.Sscan(after, &ms); err != nil {
				b.Fatal(err)
			}
			text = ""
			continue
		}
		if text += line + "\n"; line != "\t}" {
			continue
		}
		p := &plan{ms: ms, text: text}
		if err := jsonpkg.Unmarshal([]byte(text), p); err != nil {
			b.Fatalf("%v: %s", err, text)
		}
		text = ""
		if p.Query == mark {
			return plans
		}
		plans = append(plans, p)
	}
}

const plansHead = `# Plans of large tables

` + "`go test ./api/server -run '^$' -bench Plans -benchtime 1x`" + ` (decision 0043): 100,000 people, 1,207 nodes in seven levels, 50,000 contents of which 2,000 are planned in one month,
a million acts, 50,000 pictures. Milliseconds are the middle of five, with PostgreSQL explaining each statement (which costs up to half of it)
and without fsync; the slowest statement is that of all rounds, the first and cold one included. The baseline is a signed-in question that reads a dozen rows.

`

// writePlans prints the table, the slowest first; times are told beside that of the cheapest signed-in question, too.
func writePlans(b *testing.B, table []measured) {
	base := table[0].took
	text := "| question | as | ms | × baseline | statements | slowest, ms | its cost | rows it looked at | pages | |\n|---|---|---|---|---|---|---|---|---|---|\n"
	bad := 0
	slices.SortStableFunc(table, func(x, y measured) int { return cmp.Compare(y.took, x.took) })
	for _, m := range table {
		w := m.worst
		if w == nil {
			w = &plan{}
		}
		if len(m.seqScans) > 0 && m.whole == "" {
			bad++
		}
		text += fmt.Sprintf("| %s | %s | %.1f | %.1f | %d | %.1f | %.0f | %.0f | %d | %s |\n", m.name, m.as, float64(m.took.Microseconds())/1000, float64(m.took)/float64(base),
			m.statements, w.ms, w.Plan.Cost, w.touched(), w.Plan.Hit+w.Plan.Read, strings.Join(append(slices.Compact(m.seqScans), m.whole), "; "))
	}
	fmt.Println(text)
	text = plansHead + text
	if into := os.Getenv("PLANS"); into != "" {
		if err := os.WriteFile(filepath.Join("../..", into), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	if bad > 0 {
		b.Errorf("%d questions read a whole large table", bad)
	}
}
