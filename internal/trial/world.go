package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
)

const (
	worldName = "world"
	publicURL = "http://gaung.example"
	password  = "gaung-demo-2026" // of the demo world, and public
)

// makeWorld fills the database of which every part gets a copy, with personal links of several people.
func (t *trial) makeWorld() error {
	address, err := t.pg.create(t.ctx, worldName, "template0")
	if err != nil {
		return err
	}
	g, err := t.gaungOn(address, filepath.Join(t.dir, worldName))
	if err != nil {
		return err
	}
	if err := g.start("--demo"); err != nil {
		return err
	}
	for i := range 8 { // the ninth has not learned yet what comes before the first share
		token, err := g.signIn(fmt.Sprintf("asn%d@nusaarunika.example", i+1))
		if err != nil {
			return err
		}
		for _, channel := range []string{"copy", "whatsapp", "facebook"} {
			link, err := g.share(token, 2, channel)
			if err != nil {
				return err
			}
			t.links = append(t.links, link)
		}
	}
	keys, err := os.ReadFile(filepath.Join(g.data, "keys"))
	if err != nil {
		return err
	}
	t.keys = strings.TrimSpace(string(keys))
	return g.stop()
}

func (g *gaung) signIn(who string) (string, error) {
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	err := g.post("/api/v1/auth/token", "", map[string]string{"identifier": who, "password": password}, &answer)
	return answer.AccessToken, err
}

// share makes a personal link and answers its path.
func (g *gaung) share(token string, content int, channel string) (string, error) {
	var answer struct {
		URL string `json:"url"`
	}
	if err := g.post(fmt.Sprintf("/api/v1/contents/%d/shares", content), token, map[string]string{"channel": channel}, &answer); err != nil {
		return "", err
	}
	address, err := url.Parse(answer.URL)
	if err != nil {
		return "", err
	}
	return address.Path, nil
}

func (g *gaung) post(path, token string, input, answer any) error {
	text, err := json.Marshal(input)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(g.t.ctx, http.MethodPost, "http://"+g.address+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", fmt.Sprintf("%s-%s", path, text))
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	got, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer got.Body.Close()
	if got.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("%s: %s", path, got.Status)
	}
	return json.NewDecoder(got.Body).Decode(answer)
}

// stored is what a database holds of clicks, by what they were judged to be, and what its sums say.
type stored struct {
	Rows, Valid, Repeats, Machines int64
	Content, Node, Person          [3]int64 // the same three as sums of a rollup
	Aside                          int64
}

// stored counts. The sums of the node are those of the root, below which everybody is.
func (g *gaung) stored() (s stored, err error) {
	conn, err := pgx.Connect(g.t.ctx, g.url)
	if err != nil {
		return s, err
	}
	defer conn.Close(g.t.ctx)
	sums := func(of string) string {
		return `SELECT coalesce(sum(valid), 0), coalesce(sum(repeats), 0), coalesce(sum(machines), 0) FROM ` + of
	}
	for query, into := range map[string][]any{
		`SELECT count(*), count(*) FILTER (WHERE verdict::int4 = 1), count(*) FILTER (WHERE verdict::int4 = 6),
			count(*) FILTER (WHERE verdict::int4 IN (2, 3, 4)) FROM click`: {&s.Rows, &s.Valid, &s.Repeats, &s.Machines},
		sums(`rollup_content_day`):                {&s.Content[0], &s.Content[1], &s.Content[2]},
		sums(`rollup_node_day WHERE node_id = 1`): {&s.Node[0], &s.Node[1], &s.Node[2]},
		sums(`rollup_user_month`):                 {&s.Person[0], &s.Person[1], &s.Person[2]},
		`SELECT count(*) FROM click_quarantine`:   {&s.Aside},
	} {
		if err := conn.QueryRow(g.t.ctx, query).Scan(into...); err != nil {
			return s, fmt.Errorf("%s: %w", query, err)
		}
	}
	return s, nil
}

// agrees tells whether every sum equals the rows it was made of.
func (s stored) agrees() bool {
	raw := [3]int64{s.Valid, s.Repeats, s.Machines}
	return s.Content == raw && s.Node == raw && s.Person == raw
}
