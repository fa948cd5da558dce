package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaung/internal/db"
	"gaung/internal/testdb"
)

// One person's number and birth date, in every spelling in which it could leak.
const (
	crawledNIP = "198703142011012917"
	faultyNIP  = "199108172015041000" // ends on 000: refused
)

func spellings() (all []string) {
	for _, nip := range []string{crawledNIP, faultyNIP} {
		year, month, day := nip[:4], nip[4:6], nip[6:8]
		grouped := nip[:8] + " " + nip[8:14] + " " + nip[14:15] + " " + nip[15:]
		all = append(all, nip, nip[:17], nip[1:], grouped, strings.ReplaceAll(grouped, " ", "."), year+month+day, day+month+year,
			base64.StdEncoding.EncodeToString([]byte(nip))[:23], hex.EncodeToString([]byte(nip)))
		for _, between := range []string{"-", "/", "."} {
			all = append(all, year+between+month+between+day, day+between+month+between+year)
		}
	}
	return append(all, "14 Maret 1987", "17 Agustus 1991")
}

// A NIP goes in by a roster, in several spellings and with faults, and comes out nowhere: not in any answer
// of any route of the API document to any role, nor in pages, log, metrics, database or data folder.
func TestANIPIsNowhereInAnyAnswer(t *testing.T) {
	t.Parallel()
	p := newPlant(t)
	p.start()
	operator := p.token("operator")
	for _, text := range []string{
		"NIP;Nama;Unit;Tanggal Lahir\n'" + crawledNIP + ";Siti;99-DISKOMINFO-02;14-03-1987\n" + faultyNIP + ";Budi;99-DISKOMINFO-02;17 Agustus 1991\n1987 0314 201101 2 917x;Tari;TIDAK-ADA;1987-03-14\n",
		"NIP;Nama;Unit\n19870314 201101 2 917;Siti " + crawledNIP + ";" + crawledNIP + "\n",
		"NIP;Nama;Unit\n'19870314.201101.2.917;Siti;99-DISKOMINFO-02\n",
	} {
		p.importRoster(operator, text)
	}
	_, found := p.call("POST", "/api/v1/people/find", operator, map[string]string{"q": "19870314 201101 2 917"})
	if !bytes.Contains(found, []byte("Siti")) || bytes.Contains(found, []byte(crawledNIP[:8])) {
		t.Fatalf("%s", found)
	}
	p.clean("people/find", found)
	p.crawl()
	p.kill() // its log is whole now
	p.clean("log", p.log.Bytes())
	p.cleanAtRest()
}

func (p *plant) importRoster(token, text string) {
	p.t.Helper()
	request, err := http.NewRequest("POST", "http://"+p.address+"/api/v1/rosters?agency=34&name=daftar-"+crawledNIP+".csv", strings.NewReader(text))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	var roster struct {
		ID      int64
		State   string
		Mapping json.RawMessage
		Counts  struct{ Faults int }
	}
	if err := json.NewDecoder(response.Body).Decode(&roster); err != nil || response.StatusCode != http.StatusCreated {
		p.t.Fatalf("%d %v", response.StatusCode, err)
	}
	path := fmt.Sprintf("/api/v1/rosters/%d", roster.ID)
	until := func(state string) {
		p.t.Helper()
		for began := time.Now(); time.Since(began) < 20*time.Second; <-time.After(20 * time.Millisecond) {
			status, answer := p.call("GET", path, token, nil)
			p.clean(path, answer)
			if err := json.Unmarshal(answer, &roster); status == http.StatusOK && err == nil && roster.State == state {
				return
			}
		}
		p.t.Fatalf("never %s: %+v", state, roster)
	}
	p.must("PUT", path+"/mapping", token, map[string]any{"mapping": roster.Mapping})
	until("checked")
	if roster.Counts.Faults == 0 {
		p.must("POST", path+"/apply", token, nil)
		until("applied")
	}
}

// crawl asks every GET of the API document, and every page, as every role.
func (p *plant) crawl() {
	p.t.Helper()
	_, document := p.call("GET", "/api/openapi.json", "", nil)
	var api struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(document, &api); err != nil || len(api.Paths) < 20 {
		p.t.Fatalf("%d paths, %v", len(api.Paths), err)
	}
	answered := 0
	for _, local := range []string{"", "penulis", "penyetuju", "humas", "pimpinan", "operator", "admin", "auditor", "asn1"} {
		token := ""
		if local != "" {
			token = p.token(local)
		}
		for _, path := range []string{"/", "/konsol/", "/laporan/", "/api/v1/people?limit=200", "/api/v1/reports/engagement?format=csv"} {
			_, text := p.call("GET", path, token, nil)
			p.clean(path, text)
		}
		for path, methods := range api.Paths {
			if methods["get"] == nil {
				continue
			}
			for _, id := range []string{"1", "2", "3"} {
				at := strings.NewReplacer("{id}", id, "{slug}", id, "{code}", id, "{network}", "whatsapp").Replace(path)
				status, text := p.call("GET", at, token, nil)
				p.clean(at, text)
				if status == http.StatusOK {
					answered++
				}
				if at == path {
					break
				}
			}
		}
	}
	if answered < 100 {
		p.t.Errorf("only %d answers were looked at", answered)
	}
}

func (p *plant) clean(where string, text []byte) {
	p.t.Helper()
	for _, secret := range spellings() {
		if at := bytes.Index(text, []byte(secret)); at >= 0 {
			p.t.Errorf("%s holds %q: %q", where, secret, text[max(0, at-60):min(len(text), at+40)])
		}
	}
}

// cleanAtRest looks through every table, in text and in the bytes of what is sealed, and the data folder.
func (p *plant) cleanAtRest() {
	p.t.Helper()
	folder, url := "", ""
	for _, pair := range p.env {
		folder = cutOr(pair, "GAUNG_DATA_DIR=", folder)
		url = cutOr(pair, "DATABASE_URL=", url)
	}
	d := testdb.Open(p.t, url, time.Now)
	tables, err := db.All[struct{ Name string }](p.t.Context(), d, `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'river')`)
	if err != nil || len(tables) < 30 {
		p.t.Fatalf("%d tables, %v", len(tables), err)
	}
	for _, table := range tables {
		for _, secret := range []string{crawledNIP, faultyNIP, crawledNIP[:8], faultyNIP[:8], hex.EncodeToString([]byte(crawledNIP)), hex.EncodeToString([]byte(faultyNIP))} {
			rows, err := db.All[struct{ Text string }](p.t.Context(), d, `SELECT left(t::text, 400) AS text FROM `+table.Name+` AS t WHERE position($1 IN t::text) > 0 LIMIT 1`, secret)
			if err != nil {
				p.t.Fatal(err)
			}
			if len(rows) > 0 {
				p.t.Errorf("%s holds %q: %s", table.Name, secret, rows[0].Text)
			}
		}
	}
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		p.clean(path, text)
		return err
	})
	if err != nil {
		p.t.Error(err)
	}
}

func cutOr(text, prefix, otherwise string) string {
	if rest, ok := strings.CutPrefix(text, prefix); ok {
		return rest
	}
	return otherwise
}
