package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Who finds a signed-in phone neither gets the whole NIP nor closes the account.
func TestWhatABorrowedPhoneMayNotDo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	as := s.as(s.Staff())
	for _, try := range []struct {
		path string
		body map[string]any
		want int
	}{
		{"/api/v1/me/exports", map[string]any{"with_nip": true}, http.StatusUnprocessableEntity},
		{"/api/v1/me/exports", map[string]any{"with_nip": true, "password": "bukan ini"}, http.StatusUnprocessableEntity},
		{"/api/v1/me/exports", map[string]any{"with_nip": true, "password": password}, http.StatusCreated},
		{"/api/v1/me/requests", map[string]any{"kind": "erase", "text": "Mohon."}, http.StatusUnprocessableEntity},
		{"/api/v1/me/requests", map[string]any{"kind": "erase", "text": "Mohon.", "password": password}, http.StatusCreated},
		{"/api/v1/me/requests", map[string]any{"kind": "information", "text": "Mohon."}, http.StatusCreated},
	} {
		if got := s.do("POST", try.path, try.body, as); got.StatusCode != try.want {
			t.Errorf("%s %v: %d %s", try.path, try.body["kind"], got.StatusCode, got.text)
		}
	}
}

// Whoever stands in a list of people, is looked for, or has their roles opened, reads it: role and office.
func TestPeopleReadThatTheyWereSeen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	who, operator := s.Staff(), s.as(s.Staff(org.Admin))
	for _, ask := range []struct {
		method, path string
		body         any
	}{
		{"GET", "/api/v1/people", nil},
		{"POST", "/api/v1/people/find", map[string]any{"q": "Orang"}},
		{"GET", fmt.Sprintf("/api/v1/people/%d/roles", who.User), nil},
	} {
		if got := s.do(ask.method, ask.path, ask.body, operator); got.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %s", ask.path, got.StatusCode, got.text)
		}
	}
	seen := s.do("GET", "/api/v1/me/views", nil, s.as(who)).text
	for _, want := range []string{"view.list", "view.search", "view.roles", `"admin"`, s.Dinas.Name} {
		if !strings.Contains(seen, want) {
			t.Errorf("%s is missing: %s", want, seen)
		}
	}
}

// Whose erasure was granted is nowhere any more: no public certificate, no notes, no words, no choices; what they did
// still counts.
func TestAnErasedPersonIsNowhere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, _, paper := s.learned("Dokumentasi kegiatan")
	code, err := db.Get[struct {
		Code   string
		UserID id.User
	}](t.Context(), s.DB, `SELECT code, user_id FROM certificate WHERE id = $1`, paper)
	if err != nil {
		t.Fatal(err)
	}
	who, err := s.User.Actor(t.Context(), code.UserID)
	if err != nil {
		t.Fatal(err)
	}
	exec := func(statement string, args ...any) {
		t.Helper()
		if _, err := s.DB.Pool().Exec(t.Context(), statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`INSERT INTO topic_wish (user_id, topic, wish, at) VALUES ($1, 'kesehatan', 1, now())`, who.User)
	exec(`INSERT INTO notice_wish (user_id, hour) VALUES ($1, 9)`, who.User)
	exec(`INSERT INTO learn_progress (user_id, module_id, step, practice, at) VALUES ($1, 1, 1, 'Catatan saya: 0812', now()) ON CONFLICT (user_id, module_id) DO UPDATE SET practice = excluded.practice`, who.User)
	item := s.Live("Layanan baru")
	exec(`INSERT INTO objection (user_id, content_id, network, act, unit_id, desk_id, about, words, contact, state, at, due_at)
		VALUES ($1, $2, 1, 'share', $3, $3, 'other', 'Hubungi 0812', true, 'received', now(), now())`, who.User, item.ID, s.Unit.ID)
	exec(`INSERT INTO claim (user_id, place, content_id, network, address, hash, state, next_at, at) VALUES ($1, 'x', $2, 1, '\x01', '\x02', 'checking', now(), now())`, who.User, item.ID)
	if got := s.do("GET", "/sertifikat/"+code.Code, nil); got.StatusCode != http.StatusOK {
		t.Fatalf("before: %d", got.StatusCode)
	}
	asked := s.do("POST", "/api/v1/me/requests", map[string]any{"kind": "erase", "text": "Mohon, nomor saya 0812.", "password": password}, s.as(who))
	var made struct {
		ID int64 `json:"id"`
	}
	asked.into(t, &made)
	granted := s.do("POST", fmt.Sprintf("/api/v1/requests/%d/answer", made.ID), map[string]any{"grant": true, "text": "Dihapus.", "checked": []string{"roster", "backups"}}, s.as(s.Staff(org.DPO)))
	if granted.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", granted.StatusCode, granted.text)
	}
	if got := s.do("GET", "/sertifikat/"+code.Code, nil); got.StatusCode != http.StatusNotFound || strings.Contains(got.text, "Orang") {
		t.Errorf("the certificate still says who: %d", got.StatusCode)
	}
	left, err := db.All[struct{ What string }](t.Context(), s.DB, `
		SELECT 'certificate' AS what FROM certificate WHERE user_id = $1 UNION ALL SELECT 'progress' FROM learn_progress WHERE user_id = $1
		UNION ALL SELECT 'wish' FROM topic_wish WHERE user_id = $1 UNION ALL SELECT 'habit' FROM notice_wish WHERE user_id = $1
		UNION ALL SELECT 'objection' FROM objection WHERE user_id = $1 UNION ALL SELECT 'address' FROM claim WHERE user_id = $1 AND (address <> '' OR next_at IS NOT NULL)
		UNION ALL SELECT 'password' FROM credential WHERE user_id = $1 UNION ALL SELECT 'session' FROM session WHERE user_id = $1
		UNION ALL SELECT 'words' FROM data_request WHERE user_id = $1 AND text LIKE '%0812%'`, who.User)
	if err != nil || len(left) > 0 {
		t.Errorf("%v: %v is left", err, left)
	}
}
