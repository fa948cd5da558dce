package server

import (
	"bytes"
	jsonpkg "encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"gaung/internal/account"
	"gaung/internal/auth"
	"gaung/internal/award"
	"gaung/internal/campaign"
	"gaung/internal/click"
	"gaung/internal/config"
	"gaung/internal/db"
	"gaung/internal/delivery"
	"gaung/internal/directive"
	"gaung/internal/disclosure"
	"gaung/internal/draft"
	"gaung/internal/fetch"
	"gaung/internal/id"
	"gaung/internal/integrity"
	"gaung/internal/media"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/planner"
	"gaung/internal/privacy"
	"gaung/internal/proof"
	"gaung/internal/raffle"
	"gaung/internal/report"
	"gaung/internal/score"
	"gaung/internal/share"
	"gaung/internal/target"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/trust"
)

// site is the whole edge on real services and a real database.
type site struct {
	*testkit.Kit
	t       testing.TB
	server  *Server
	auth    *auth.Service
	address string // where it listens, once it does
}

const publicURL = "http://gaung.test"

func newSite(t testing.TB) *site { return siteOn(t, testdb.New(t)) }

func siteOn(t testing.TB, d *db.DB) *site {
	t.Helper()
	k := testkit.On(t, d)
	c, err := config.Load(func(name string) string {
		return map[string]string{"GAUNG_PUBLIC_URL": publicURL, "GAUNG_TRUSTED_PROXIES": "0.0.0.0"}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	signIn := auth.New(d, k.Ring, k.User, publicURL, auth.Cost{MemoryKiB: 64, Iterations: 1}).Relaxed()
	clicks := click.New(d, k.Ring, publicURL)
	clicks.OnShip(share.LiftGrades)
	clicks.OnShip(score.Post)
	if err := clicks.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	shares := share.New(d, clicks, publicURL)
	reports := report.New(d)
	proofs, notices := proof.New(d, k.Queue, k.Ring, shares, fetch.New(publicURL), k.Files), notice.New(d)
	counts := integrity.New(d, k.Queue, clicks)
	private := privacy.New(d, k.Ring, k.User, k.Queue).AlsoForget(signIn.EraseTx, shares.EraseTx, proofs.EraseTx, counts.EraseTx, k.Learn.EraseTx, notices.EraseTx)
	deliveries, err := delivery.New(d, k.Queue, reports, k.User.Actor).MailBy(&box{}, k.Ring, publicURL, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Deps{Config: c, Version: "test", Log: slog.New(slog.DiscardHandler), Ready: d.Ping,
		Web: fstest.MapFS{"index.html": {Data: []byte("<!doctype html><title>Umpan</title>")}, "konsol/index.html": {Data: []byte("konsol")}, "assets/a.js": {Data: []byte("1")}},
		Org: k.Org, User: k.User, Desk: k.Desk, Auth: signIn, Account: account.New(k.DB), Brand: k.Brand, Trust: trust.New(k.DB, k.Queue), Content: k.Content, Media: media.New(k.DB, k.Queue, k.Files), Campaign: campaign.New(k.DB), Planner: planner.New(k.DB, k.Queue, k.Content, k.User.Actor), Directive: directive.New(k.DB, k.Files), Draft: draft.New(k.DB), Learn: k.Learn, Click: clicks,
		Share: shares, Proof: proofs, Integrity: counts, Score: score.New(d), Raffle: raffle.New(d, k.Ring, score.New(d)), Report: reports, Delivery: deliveries, Target: target.New(d), Disclosure: disclosure.New(d, reports), Award: award.New(d), Privacy: private, Notice: notices})
	if err != nil {
		t.Fatal(err)
	}
	return &site{Kit: k, t: t, server: s, auth: signIn}
}

// refresh is what a second does: the memory of links reads what changed.
func (s *site) refresh() {
	s.t.Helper()
	if err := s.server.click.Refresh(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// reply is an answer with its body read.
type reply struct {
	*http.Response
	text string
}

func (r reply) into(t testing.TB, value any) {
	t.Helper()
	if err := jsonpkg.Unmarshal([]byte(r.text), value); err != nil {
		t.Fatalf("%s: %v", r.text, err)
	}
}

// do sends a request; the options change it first.
func (s *site) do(method, path string, input any, change ...func(*http.Request)) reply {
	s.t.Helper()
	var sent io.Reader
	if input != nil {
		text, err := jsonpkg.Marshal(input)
		if err != nil {
			s.t.Fatal(err)
		}
		sent = bytes.NewReader(text)
	}
	request := httptest.NewRequest(method, path, sent)
	request.Host = "gaung.test"
	if input != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for _, c := range change {
		c(request)
	}
	response, err := s.server.App().Test(request, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return reply{response, string(text)}
}

// as signs a request with a person's bearer token.
func (s *site) as(actor org.Actor) func(*http.Request) {
	s.t.Helper()
	token := s.bearer(actor)
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

const password = "kata-sandi-untuk-uji"

func (s *site) bearer(actor org.Actor) string {
	s.t.Helper()
	me, err := s.User.Me(s.t.Context(), actor)
	if err == nil {
		err = s.auth.SetPasswords(s.t.Context(), []id.User{actor.User}, password)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	tokens, err := s.auth.SignInScript(s.t.Context(), auth.Credentials{Identifier: me.Email, Password: password, Address: "192.0.2.1"})
	if err != nil {
		s.t.Fatal(err)
	}
	return tokens.Access
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}
