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

// Whoever closes a link, judges a picture, or reads and answers an objection touches a person's record too.
func TestPeopleReadWhoTouchedTheirRecord(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	who, item := s.Staff(), s.Live("Kabar")
	humas := s.Person(s.Agency(s.Dinas, org.Unit).ID, org.Grant{Role: org.Publisher, Agency: s.Region.ID})
	as, desk := s.as(who), s.as(humas)
	ask := func(method, path string, body any, by func(*http.Request)) string {
		t.Helper()
		got := s.do(method, path, body, by)
		if got.StatusCode >= 300 {
			t.Fatalf("%s: %d %s", path, got.StatusCode, got.text)
		}
		return got.text
	}
	link := "/api/v1/links/" + strings.TrimPrefix(s.linkOf(who.User, item.ID), "/s/") + "/block"
	ask("PUT", link, map[string]any{"reason": "Dipasang di iklan."}, desk)
	ask("DELETE", link, nil, desk)
	var sent struct{ ID int64 }
	sending := ask("POST", "/api/v1/me/objections", map[string]any{"content_id": item.ID, "network": "whatsapp", "act": "share", "about": "not_recorded", "words": "Mohon dilihat.", "contact": true}, as)
	if _, err := fmt.Sscanf(sending[strings.Index(sending, `"id":`):], `"id":%d`, &sent.ID); err != nil {
		t.Fatal(err)
	}
	ask("GET", "/api/v1/proofs/objections", nil, desk)
	ask("POST", fmt.Sprintf("/api/v1/proofs/objections/%d/take", sent.ID), nil, desk)
	ask("POST", fmt.Sprintf("/api/v1/proofs/objections/%d/answer", sent.ID), map[string]any{"grant": false, "words": "Sudah benar."}, desk)
	if err := s.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `WITH s AS (INSERT INTO screenshot (user_id, content_id, network, unit_id, file, sum, look, bands, sampled, state, at, due_at)
			VALUES ($1::int4, $2, 1, $3, '', decode(md5($1::int4::text || 'lihat'), 'hex'), 0, '{}', true, 'second', $4, $4) RETURNING user_id, id)
			INSERT INTO screenshot_review (user_id, screenshot_id, reviewer_id, accepted, reason, words, at) SELECT user_id, id, $5, true, '', '', $4 FROM s`,
			who.User, item.ID, who.Unit, tx.Now, humas.User)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	pictured := s.Live("Gambar")
	ask("POST", fmt.Sprintf("/api/v1/contents/%d/shares", pictured.ID), map[string]any{"channel": "instagram"}, as)
	shot, err := s.server.proof.Show(t.Context(), who, pictured.ID, "instagram", screenOf(t, int(pictured.ID)))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // without a verdict
		ask("GET", fmt.Sprintf("/api/v1/proofs/screenshots/%d/picture", shot.ID), nil, desk)
	}
	seen := ask("GET", "/api/v1/me/views", nil, as)
	for _, want := range []string{"link.block", "view.picture", "link.unblock", "proof.review", "objection.take", "objection.answer", "view.objection", `"publisher"`} {
		if strings.Count(seen, want) == 0 {
			t.Errorf("%s is missing: %s", want, seen)
		}
	}
	if other := ask("GET", "/api/v1/me/views", nil, s.as(s.Staff())); strings.Contains(other, "objection") || strings.Contains(other, "link") {
		t.Errorf("a colleague reads of it: %s", other)
	}
}
