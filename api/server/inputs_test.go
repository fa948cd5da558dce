package server

import (
	"strings"

	"gaung/internal/org"
)

// everyone is each role once.
var everyone = []org.Role{org.ASN, org.Author, org.Approver, org.Publisher, org.Operator, org.Leader, org.DPO, org.Auditor, org.Admin, org.Trainer}

// inputs are bodies that pass the schema, so that the guard and not the schema is what answers.
var inputs = map[string]any{
	"PUT /api/v1/media/{id}":                   map[string]any{"name": "Nama", "alt": "Uraian", "tags": []any{}, "focus_x": 50, "focus_y": 50, "version": 1},
	"POST /api/v1/media/{id}/crops":            map[string]any{"ratio": "1:1", "x": 0, "y": 0, "width": 300, "height": 300},
	"PUT /api/v1/media/{id}/poster":            map[string]any{"picture_id": 1},
	"POST /api/v1/auth/password":               map[string]any{"old_password": "x", "new_password": "y"},
	"PATCH /api/v1/me":                         map[string]any{"lang": "id"},
	"POST /api/v1/auth/totp":                   map[string]any{"password": "x"},
	"POST /api/v1/auth/totp/confirm":           map[string]any{"code": "000000"},
	"POST /api/v1/auth/totp/disable":           map[string]any{"password": "x", "code": "000000"},
	"POST /api/v1/auth/recovery-codes":         map[string]any{"password": "x", "code": "000000"},
	"POST /api/v1/first-passwords":             map[string]any{"agency": 999999},
	"POST /api/v1/agencies":                    map[string]any{"parent_id": 999999, "kind": "unit", "code": "X", "name": "X"},
	"PATCH /api/v1/agencies/{id}":              map[string]any{"name": "Diambil alih", "short_name": "X"},
	"PUT /api/v1/rosters/{id}/mapping":         map[string]any{"mapping": map[string]any{"nip": 1, "name": 2, "unit": 3}},
	"POST /api/v1/people/find":                 map[string]any{"q": "x"},
	"POST /api/v1/people/{id}/move":            map[string]any{"unit_id": 1},
	"PUT /api/v1/people/{id}/executive":        map[string]any{"executive": true},
	"POST /api/v1/people/{id}/roles":           map[string]any{"role": "author", "agency_id": 1},
	"POST /api/v1/contents":                    map[string]any{"title": "Judul"},
	"PUT /api/v1/contents/{id}":                map[string]any{"title": "Judul", "version": 1},
	"PUT /api/v1/contents/{id}/draft":          map[string]any{"revision": 0, "version": 1, "device": "x", "draft": map[string]any{}},
	"PUT /api/v1/contents/{id}/images/{n}":     map[string]any{"alt": "x"},
	"POST /api/v1/contents/{id}/schedule":      map[string]any{"publish_at": "2027-01-01T00:00:00Z"},
	"POST /api/v1/contents/{id}/recall":        map[string]any{"reason": "x"},
	"PUT /api/v1/contents/{id}/wish":           map[string]any{},
	"POST /api/v1/queue/views":                 map[string]any{"name": "Milik saya", "filters": "state=draft"},
	"POST /api/v1/bulk":                        map[string]any{"key": "11111111-1111", "action": "submit", "contents": []any{999999}},
	"POST /api/v1/holidays":                    map[string]any{"day": "2026-11-22", "name": "Hari jadi", "kind": "local", "agency_id": 999999},
	"POST /api/v1/seasons":                     map[string]any{"name": "Musim", "from": "2000-01-01", "to": "2000-01-02", "rulebook": 2},
	"PUT /api/v1/seasons/{id}":                 map[string]any{"name": "Musim", "from": "2000-01-01", "to": "2000-01-02", "rulebook": 2},
	"PUT /api/v1/seasons/{id}/raffle":          map[string]any{"winners": 1, "figure": "Angka"},
	"POST /api/v1/seasons/{id}/raffle/draws":   map[string]any{"value": "12345", "source": "Bank", "announced": "2026-12-01", "follows": 0},
	"POST /api/v1/campaigns":                   map[string]any{"name": "Nama", "from": "2026-01-01", "to": "2026-01-02", "people_target": 1},
	"PUT /api/v1/campaigns/{id}":               map[string]any{"name": "Nama", "from": "2026-01-01", "to": "2026-01-02", "people_target": 1, "version": 1},
	"POST /api/v1/accounts":                    map[string]any{"network": "x", "handle": "x", "kind": "official"},
	"POST /api/v1/accounts/{id}/open":          map[string]any{"version": 1, "until": "2026-12-01", "reason": "x"},
	"POST /api/v1/accounts/{id}/close":         map[string]any{"version": 1},
	"POST /api/v1/audience":                    map[string]any{"targets": []int{999999}},
	"POST /api/v1/elections":                   map[string]any{"name": "Nama", "from": "2026-12-01", "to": "2026-12-02", "node_id": 999999, "watch": emptyWatch},
	"PUT /api/v1/elections/{id}":               map[string]any{"name": "Nama", "from": "2026-12-01", "to": "2026-12-02", "version": 1, "watch": emptyWatch},
	"POST /api/v1/elections/{id}/end":          map[string]any{"version": 1, "reason": "x"},
	"POST /api/v1/directives":                  map[string]any{"title": "Perihal"},
	"PUT /api/v1/directives/{id}":              map[string]any{"title": "Perihal", "version": 1},
	"POST /api/v1/directives/{id}/issue":       map[string]any{"version": 1},
	"POST /api/v1/directives/{id}/withdraw":    map[string]any{"reason": "x"},
	"PUT /api/v1/links/{code}/block":           map[string]any{"reason": "x"},
	"POST /api/v1/contents/{id}/shares":        map[string]any{"channel": "whatsapp"},
	"POST /api/v1/contents/{id}/approve":       map[string]any{"version": 1, "step": 1},
	"POST /api/v1/contents/{id}/release":       map[string]any{"version": 1, "step": 1},
	"POST /api/v1/contents/{id}/return":        map[string]any{"version": 1, "step": 1, "reason": "x"},
	"POST /api/v1/contents/{id}/reject":        map[string]any{"version": 1, "step": 1, "reason": "x"},
	"POST /api/v1/contents/{id}/hold":          map[string]any{"version": 1, "step": 1, "reason": "x"},
	"POST /api/v1/contents/{id}/seen":          map[string]any{"version": 1},
	"POST /api/v1/notices/read":                map[string]any{"up_to": 1},
	"POST /api/v1/me/privacy-notice":           map[string]any{"version": 1},
	"PUT /api/v1/me/consents":                  map[string]any{"kind": "survey", "given": false},
	"PUT /api/v1/me/onboarding":                map[string]any{"step": 3, "done": false},
	"POST /api/v1/reports/subscriptions":       map[string]any{"agency": 999999, "pace": "week", "pdf": true, "xlsx": false},
	"PUT /api/v1/reports/subscriptions/{id}":   map[string]any{"pace": "week", "pdf": true, "xlsx": false},
	"PUT /api/v1/targets":                      map[string]any{"agency": 0, "metric": "people_reached", "kind": "month", "from": "2026-11-01", "value": 80},
	"PUT /api/v1/me/networks":                  map[string]any{"networks": []any{"whatsapp"}},
	"POST /api/v1/me/exports":                  map[string]any{},
	"POST /api/v1/me/requests":                 map[string]any{"kind": "information", "text": "x"},
	"POST /api/v1/requests/{id}/answer":        map[string]any{"grant": true, "text": "x"},
	"PUT /api/v1/me/prompts":                   map[string]any{"on": true},
	"PUT /api/v1/me/topics":                    map[string]any{"topics": []any{map[string]any{"name": "pajak", "wish": 1}}},
	"PUT /api/v1/contents/{id}/thanks":         map[string]any{"text": "Terima kasih, pesannya sampai."},
	"PUT /api/v1/contents/{id}/not-for-me":     map[string]any{"reason": "topic"},
	"PUT /api/v1/me/mail":                      map[string]any{"kind": "turn", "on": true},
	"PUT /api/v1/me/notices":                   map[string]any{"pace": "direct", "hour": 7, "night": false},
	"PUT /api/v1/me/notices/kinds":             map[string]any{"kind": "turn", "channel": "push", "on": true},
	"POST /api/v1/me/push":                     map[string]any{"endpoint": "https://push.example/x", "p256dh": "x", "auth": "x", "key": "x"},
	"POST /api/v1/me/push/end":                 map[string]any{"endpoint": "https://push.example/x"},
	"POST /api/v1/me/push/sample":              map[string]any{"endpoint": "https://push.example/x"},
	"PUT /api/v1/agencies/{id}/notice-rule":    map[string]any{"hours": "always", "holidays": true, "urgent_most": 2},
	"PUT /api/v1/contents/{id}/spread":         map[string]any{"minutes": 60},
	"PUT /api/v1/agencies/{id}/approval-chain": map[string]any{"version": 0, "steps": []any{map[string]any{"name": "Kabid"}}},
	"POST /api/v1/people/{id}/deputies":        map[string]any{"deputy_id": 1, "kind": "plh", "from": "2026-11-22", "to": "2026-11-22"},
	"POST /api/v1/people/{id}/deputies/find":   map[string]any{"q": "x"},
	"PUT /api/v1/agencies/{id}/brand":          map[string]any{"version": 0, "kit": emptyKit},
	"POST /api/v1/modules":                     map[string]any{"title": "Judul"},
	"PUT /api/v1/modules/{id}":                 map[string]any{"title": "Judul", "version": 1},
	"POST /api/v1/modules/{id}/publish":        map[string]any{"version": 1},
	"POST /api/v1/modules/{id}/archive":        map[string]any{"version": 1},
	"POST /api/v1/guides":                      map[string]any{"title": "Judul"},
	"PUT /api/v1/guides/{id}":                  map[string]any{"title": "Judul", "version": 1},
	"POST /api/v1/guides/{id}/publish":         map[string]any{"version": 1},
	"POST /api/v1/guides/{id}/archive":         map[string]any{"version": 1},
	"PUT /api/v1/learn/modules/{id}/step":      map[string]any{"step": 1},
	"POST /api/v1/learn/modules/{id}/answers":  map[string]any{"version": 1, "attempt": 1, "answers": []any{0}},
	"PUT /api/v1/learn/modules/{id}/practice":  map[string]any{"text": "x"},
	"POST /api/v1/me/certificates":             map[string]any{"theme": "juknis"},
	"PUT /api/v1/me/certificates/{id}/page":    map[string]any{"public": false},
	"POST /api/v1/lint":                        map[string]any{"agency_id": 999999, "title": "Judul"},

	"POST /api/v1/me/claims":                               map[string]any{"url": "https://x.com/sari/status/1860000000000000001", "content_id": 999999},
	"POST /api/v1/me/objections":                           map[string]any{"content_id": 999999, "network": "x", "act": "share", "about": "not_me", "words": "", "contact": false},
	"POST /api/v1/me/objections/{id}/appeal":               map[string]any{"words": "x"},
	"POST /api/v1/proofs/screenshots/{id}/decide":          map[string]any{"accept": true},
	"POST /api/v1/integrity/cases/{id}/keep":               map[string]any{"answer": "x"},
	"POST /api/v1/integrity/cases/{id}/restore":            map[string]any{"answer": "x"},
	"POST /api/v1/me/count-cases/{id}/objection":           map[string]any{"words": "x"},
	"POST /api/v1/proofs/objections/{id}/answer":           map[string]any{"grant": true, "words": ""},
	"POST /api/v1/contents/{id}/shares/{network}/evidence": map[string]any{"kind": "aborted"},
}

var emptyKit = map[string]any{"logos": []any{}, "colors": []any{}, "templates": []any{}, "keywords": []any{}, "voice": "", "banned": []any{}}

var emptyWatch = map[string]any{"words": []any{}, "names": []any{}, "accounts": []any{}}

const nowhere = "999999999"

func pathTo(r route, id string) string {
	return strings.NewReplacer("{id}", id, "{class}", "acts", "{code}", "abcdefghijkl", "{slug}", "tidak-ada", "{token}", "tidak-ada", "{network}", "whatsapp", "{n}", "1", "{key}", "00000000", "{ratio}", "1:1", "{lang}", "id", "{logo}", strings.Repeat("a", 64)+".png").Replace(r.Path)
}
