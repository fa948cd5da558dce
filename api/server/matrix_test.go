package server

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gaung/internal/account"
	"gaung/internal/campaign"
	"gaung/internal/content"
	"gaung/internal/delivery"
	"gaung/internal/directive"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/planner"
	"gaung/internal/privacy"
	"gaung/internal/report"
	"gaung/internal/testdb"
	"gaung/internal/trust"
)

// everyone is each role once.
var everyone = []org.Role{org.ASN, org.Author, org.Approver, org.Publisher, org.Operator, org.Leader, org.DPO, org.Auditor, org.Admin, org.Trainer}

// matrix says, apart from the route table, who may use each route: nobody signed in ("public"),
// everybody ("asn"), or these roles. A route that is not here fails the test.
var matrix = map[string]string{
	"GET /healthz":           "public",
	"GET /readyz":            "public",
	"GET /api/openapi.json":  "public",
	"GET /api/v1/about":      "public",
	"GET /s/{code}":          "public",
	"GET /readyz/links":      "public",
	"GET /k/{slug}":          "public",
	"GET /berhenti/{token}":  "public",
	"POST /berhenti/{token}": "public",

	"GET /berhenti/laporan/{token}":  "public",
	"POST /berhenti/laporan/{token}": "public",
	"GET /media/{name}":              "public",
	"GET /media/card/{file}":         "public",

	"POST /api/v1/auth/login":    "public",
	"POST /api/v1/auth/token":    "public",
	"POST /api/v1/auth/refresh":  "public",
	"POST /api/v1/auth/logout":   "asn",
	"POST /api/v1/auth/password": "asn",
	"GET /api/v1/me":             "asn",
	"PATCH /api/v1/me":           "asn",

	"GET /api/v1/auth/totp":             "asn",
	"POST /api/v1/auth/totp":            "asn",
	"POST /api/v1/auth/totp/confirm":    "asn",
	"POST /api/v1/auth/totp/disable":    "asn",
	"POST /api/v1/auth/recovery-codes":  "asn",
	"GET /api/v1/auth/sessions":         "asn",
	"DELETE /api/v1/auth/sessions":      "asn",
	"DELETE /api/v1/auth/sessions/{id}": "asn",

	"POST /api/v1/people/{id}/password": "operator admin",
	"DELETE /api/v1/people/{id}/totp":   "operator admin",
	"POST /api/v1/first-passwords":      "operator admin",

	"GET /api/v1/agencies":        "asn",
	"GET /api/v1/agencies/{id}":   "asn",
	"POST /api/v1/agencies":       "admin",
	"PATCH /api/v1/agencies/{id}": "admin",

	"GET /api/v1/agencies/{id}/brand":              "author approver publisher auditor admin",
	"PUT /api/v1/agencies/{id}/brand":              "publisher admin",
	"POST /api/v1/agencies/{id}/brand/logos":       "publisher admin",
	"GET /api/v1/agencies/{id}/brand/logos/{logo}": "author approver publisher auditor admin",
	"POST /api/v1/lint":                            "author approver publisher auditor admin",

	"GET /api/v1/rosters":                 "operator admin",
	"POST /api/v1/rosters":                "operator admin",
	"GET /api/v1/rosters/{id}":            "operator admin",
	"PUT /api/v1/rosters/{id}/mapping":    "operator admin",
	"GET /api/v1/rosters/{id}/errors":     "operator admin",
	"GET /api/v1/rosters/{id}/errors.csv": "operator admin",
	"POST /api/v1/rosters/{id}/apply":     "operator admin",
	"DELETE /api/v1/rosters/{id}":         "operator admin",
	"GET /api/v1/people":                  "operator admin",
	"POST /api/v1/people/find":            "operator admin",
	"POST /api/v1/people/{id}/move":       "operator admin",
	"POST /api/v1/people/{id}/deactivate": "operator admin",
	"POST /api/v1/people/{id}/activate":   "operator admin",
	"GET /api/v1/people/{id}/roles":       "admin",
	"POST /api/v1/people/{id}/roles":      "admin",
	"DELETE /api/v1/people/{id}/roles":    "admin",
	"PUT /api/v1/people/{id}/executive":   "admin",

	"GET /api/v1/contents":                    "author approver publisher auditor admin",
	"GET /api/v1/contents/{id}":               "author approver publisher auditor admin",
	"POST /api/v1/contents":                   "author",
	"PUT /api/v1/contents/{id}":               "author",
	"GET /api/v1/contents/{id}/versions/{n}":  "author approver publisher auditor admin",
	"GET /api/v1/contents/{id}/draft":         "author",
	"PUT /api/v1/contents/{id}/draft":         "author",
	"DELETE /api/v1/contents/{id}/draft":      "author",
	"GET /api/v1/contents/{id}/images":        "author approver publisher auditor admin",
	"POST /api/v1/contents/{id}/images":       "author",
	"PUT /api/v1/contents/{id}/images/{n}":    "author",
	"DELETE /api/v1/contents/{id}/images/{n}": "author",
	"POST /api/v1/contents/{id}/submit":       "author",
	"POST /api/v1/contents/{id}/approve":      "approver",
	"POST /api/v1/contents/{id}/return":       "approver",
	"POST /api/v1/contents/{id}/reject":       "approver",
	"POST /api/v1/contents/{id}/hold":         "approver",
	"POST /api/v1/contents/{id}/release":      "approver",
	"POST /api/v1/contents/{id}/copy":         "author",
	"GET /api/v1/contents/{id}/review":        "author approver publisher auditor admin",
	"POST /api/v1/contents/{id}/seen":         "author approver publisher auditor admin",
	"POST /api/v1/contents/{id}/schedule":     "publisher",
	"POST /api/v1/contents/{id}/publish":      "publisher",
	"POST /api/v1/contents/{id}/recall":       "publisher",
	"PUT /api/v1/contents/{id}/spread":        "publisher",
	"GET /api/v1/contents/{id}/prompts":       "author approver publisher auditor admin",
	"GET /api/v1/contents/{id}/aside":         "author approver publisher auditor admin",
	"GET /api/v1/contents/{id}/captions":      "author approver publisher auditor admin",

	"GET /api/v1/me/acts":                         "asn",
	"POST /api/v1/me/claims":                      "asn",
	"POST /api/v1/me/screenshots":                 "asn",
	"POST /api/v1/me/objections":                  "asn",
	"POST /api/v1/me/objections/{id}/appeal":      "asn",
	"POST /api/v1/me/objections/{id}/withdraw":    "asn",
	"GET /api/v1/integrity/cases":                 "auditor admin",
	"GET /api/v1/integrity/cases/{id}":            "auditor admin",
	"POST /api/v1/integrity/cases/{id}/keep":      "auditor admin",
	"POST /api/v1/integrity/cases/{id}/restore":   "auditor admin",
	"GET /api/v1/me/count-cases":                  "asn",
	"POST /api/v1/me/count-cases/{id}/objection":  "asn",
	"GET /api/v1/proofs":                          "approver publisher",
	"GET /api/v1/proofs/stuck":                    "operator admin",
	"GET /api/v1/proofs/screenshots":              "approver publisher",
	"GET /api/v1/proofs/screenshots/{id}/picture": "approver publisher",
	"POST /api/v1/proofs/screenshots/{id}/decide": "approver publisher",
	"GET /api/v1/proofs/objections":               "approver publisher",
	"POST /api/v1/proofs/objections/{id}/take":    "approver publisher",
	"POST /api/v1/proofs/objections/{id}/answer":  "approver publisher",
	"POST /bagikan-masuk":                         "public",

	"GET /api/v1/agencies/{id}/approval-chain":    "author approver publisher auditor admin",
	"PUT /api/v1/agencies/{id}/approval-chain":    "admin",
	"DELETE /api/v1/agencies/{id}/approval-chain": "admin",
	"GET /api/v1/agencies/{id}/approvers":         "admin",
	"GET /api/v1/deputies":                        "approver admin",
	"POST /api/v1/people/{id}/deputies":           "approver admin",
	"DELETE /api/v1/people/{id}/deputies/{n}":     "approver admin",
	"POST /api/v1/people/{id}/deputies/find":      "approver admin",
	"GET /api/v1/notices":                         "asn",
	"POST /api/v1/notices/read":                   "asn",
	"POST /api/v1/notices/{id}/read":              "asn",
	"POST /api/v1/contents/{id}/unschedule":       "publisher",
	"POST /api/v1/contents/{id}/end":              "publisher",
	"PUT /api/v1/contents/{id}/wish":              "author publisher",
	"GET /api/v1/contents/{id}/clashes":           "author approver publisher auditor admin",
	"GET /api/v1/queue/counts":                    "author approver publisher auditor admin",
	"GET /api/v1/queue/choices":                   "author approver publisher auditor admin",
	"GET /api/v1/queue/views":                     "author approver publisher auditor admin",
	"POST /api/v1/queue/views":                    "author approver publisher auditor admin",
	"DELETE /api/v1/queue/views/{n}":              "author approver publisher auditor admin",
	"POST /api/v1/bulk":                           "author approver publisher auditor admin",
	"GET /api/v1/bulk/{key}":                      "author approver publisher auditor admin",
	"POST /api/v1/bulk/{key}/stop":                "author approver publisher auditor admin",
	"GET /api/v1/calendar":                        "author approver publisher auditor admin",
	"GET /api/v1/holidays":                        "author approver publisher auditor admin",
	"POST /api/v1/holidays":                       "admin",
	"DELETE /api/v1/holidays/{id}":                "admin",
	"GET /api/v1/me/prompts":                      "asn",
	"PUT /api/v1/me/prompts":                      "asn",
	"GET /api/v1/me/mail":                         "asn",
	"PUT /api/v1/me/mail":                         "asn",
	"GET /api/v1/me/notices":                      "asn",
	"PUT /api/v1/me/notices":                      "asn",
	"PUT /api/v1/me/notices/kinds":                "asn",
	"POST /api/v1/me/push":                        "asn",
	"POST /api/v1/me/push/end":                    "asn",
	"POST /api/v1/me/push/sample":                 "asn",
	"GET /api/v1/agencies/{id}/notice-rule":       "admin",
	"PUT /api/v1/agencies/{id}/notice-rule":       "admin",
	"DELETE /api/v1/agencies/{id}/notice-rule":    "admin",
	"GET /api/v1/contents/{id}/urgency":           "author approver publisher auditor admin",
	"GET /api/v1/withdrawals":                     "public",
	"GET /api/v1/withdrawals/{id}":                "asn",
	"GET /api/v1/me/withdrawals":                  "asn",
	"POST /api/v1/me/withdrawals/{id}/deleted":    "asn",
	"GET /api/v1/campaigns":                       "author approver publisher leader auditor admin",
	"POST /api/v1/campaigns":                      "publisher",
	"GET /api/v1/campaigns/{id}":                  "author approver publisher leader auditor admin",
	"PUT /api/v1/campaigns/{id}":                  "publisher",
	"GET /api/v1/accounts":                        "author approver publisher auditor admin",
	"POST /api/v1/accounts":                       "publisher admin",
	"POST /api/v1/accounts/{id}/open":             "admin",
	"POST /api/v1/accounts/{id}/close":            "publisher admin",
	"POST /api/v1/audience":                       "author approver publisher leader auditor admin",
	"GET /api/v1/media":                           "author approver publisher auditor admin",
	"POST /api/v1/media":                          "author publisher admin",
	"GET /api/v1/media/{id}":                      "author approver publisher auditor admin",
	"PUT /api/v1/media/{id}":                      "author publisher admin",
	"DELETE /api/v1/media/{id}":                   "author publisher admin",
	"POST /api/v1/media/{id}/crops":               "author publisher admin",
	"DELETE /api/v1/media/{id}/crops/{ratio}":     "author publisher admin",
	"PUT /api/v1/media/{id}/poster":               "author publisher admin",
	"POST /api/v1/media/{id}/subtitles/{lang}":    "author publisher admin",
	"DELETE /api/v1/media/{id}/subtitles/{lang}":  "author publisher admin",
	"GET /api/v1/elections":                       "author approver publisher leader auditor admin",
	"POST /api/v1/elections":                      "admin",
	"GET /api/v1/elections/{id}":                  "author approver publisher leader auditor admin",
	"PUT /api/v1/elections/{id}":                  "admin",
	"POST /api/v1/elections/{id}/end":             "admin",
	"GET /api/v1/directives":                      "author approver publisher leader auditor admin",
	"POST /api/v1/directives":                     "publisher leader",
	"GET /api/v1/directives/{id}":                 "author approver publisher leader auditor admin",
	"PUT /api/v1/directives/{id}":                 "publisher leader",
	"POST /api/v1/directives/{id}/issue":          "publisher leader",
	"POST /api/v1/directives/{id}/withdraw":       "publisher leader",
	"POST /api/v1/directives/{id}/attachment":     "publisher leader",
	"DELETE /api/v1/directives/{id}/attachment":   "publisher leader",
	"GET /api/v1/directives/{id}/attachment":      "asn",
	"GET /api/v1/me/directives":                   "asn",
	"POST /api/v1/me/directives/{id}/open":        "asn",

	"GET /api/v1/modules":                     "author approver publisher auditor admin trainer",
	"POST /api/v1/modules":                    "author publisher admin trainer",
	"GET /api/v1/modules/{id}":                "author approver publisher auditor admin trainer",
	"PUT /api/v1/modules/{id}":                "author publisher admin trainer",
	"POST /api/v1/modules/{id}/publish":       "author publisher admin trainer",
	"POST /api/v1/modules/{id}/archive":       "author publisher admin trainer",
	"GET /api/v1/guides":                      "author approver publisher auditor admin trainer",
	"POST /api/v1/guides":                     "author publisher admin trainer",
	"GET /api/v1/guides/{id}":                 "author approver publisher auditor admin trainer",
	"PUT /api/v1/guides/{id}":                 "author publisher admin trainer",
	"POST /api/v1/guides/{id}/publish":        "author publisher admin trainer",
	"POST /api/v1/guides/{id}/archive":        "author publisher admin trainer",
	"POST /api/v1/guides/{id}/file":           "author publisher admin trainer",
	"DELETE /api/v1/guides/{id}/file":         "author publisher admin trainer",
	"GET /api/v1/learn":                       "asn",
	"GET /api/v1/learn/before-sharing":        "asn",
	"GET /api/v1/learn/modules/{id}":          "asn",
	"PUT /api/v1/learn/modules/{id}/step":     "asn",
	"POST /api/v1/learn/modules/{id}/answers": "asn",
	"PUT /api/v1/learn/modules/{id}/practice": "asn",
	"GET /api/v1/learn/guides":                "asn",
	"GET /api/v1/learn/guides/{id}":           "asn",
	"GET /api/v1/learn/guides/{id}/file":      "asn",
	"GET /api/v1/me/certificates":             "asn",
	"POST /api/v1/me/certificates":            "asn",
	"PUT /api/v1/me/certificates/{id}/page":   "asn",
	"GET /api/v1/me/certificates/{id}/paper":  "asn",
	"GET /bantuan":                            "public",
	"GET /sertifikat/{code}":                  "public",
	"GET /keterbukaan":                        "public",
	"GET /keterbukaan/permintaan.csv":         "public",
	"GET /keterbukaan/jumlah.csv":             "public",
	"GET /keterbukaan/datapackage.json":       "public",
	"GET /api/v1/disclosure":                  "public",
	"GET /api/v1/disclosure/sums":             "public",

	"GET /api/v1/feed":                  "asn",
	"GET /api/v1/feed/{id}":             "asn",
	"POST /api/v1/contents/{id}/shares": "asn",
	"POST /api/v1/contents/{id}/likes":  "asn",
	"GET /api/v1/contents/{id}/qr":      "asn",

	"PUT /api/v1/links/{code}/block":    "publisher admin",
	"DELETE /api/v1/links/{code}/block": "publisher admin",

	"POST /api/v1/contents/{id}/shares/{network}/evidence": "asn",
	"DELETE /api/v1/contents/{id}/shares/{network}":        "asn",
	"GET /api/v1/privacy-notice":                           "asn",
	"POST /api/v1/me/privacy-notice":                       "asn",
	"GET /api/v1/me/data/{class}":                          "asn",
	"GET /api/v1/me/data":                                  "asn",
	"PUT /api/v1/me/consents":                              "asn",
	"GET /api/v1/me/onboarding":                            "asn",
	"PUT /api/v1/me/onboarding":                            "asn",
	"GET /api/v1/me/networks":                              "asn",
	"PUT /api/v1/me/networks":                              "asn",
	"GET /api/v1/metrics":                                  "asn",
	"GET /api/v1/reports/closed":                           "leader publisher admin",
	"POST /api/v1/reports/closed":                          "publisher admin",
	"GET /api/v1/reports/closed/{id}":                      "leader publisher admin",
	"GET /api/v1/reports/closed/{id}/whatsapp":             "leader publisher admin",
	"POST /api/v1/reports/closed/{id}/recount":             "publisher admin",
	"GET /api/v1/reports/subscriptions":                    "asn",
	"POST /api/v1/reports/subscriptions":                   "leader publisher admin",
	"PUT /api/v1/reports/subscriptions/{id}":               "leader publisher admin",
	"DELETE /api/v1/reports/subscriptions/{id}":            "asn",
	"POST /api/v1/reports/subscriptions/{id}/sample":       "leader publisher admin",
	"GET /api/v1/targets":                                  "leader publisher admin",
	"PUT /api/v1/targets":                                  "publisher admin",
	"GET /api/v1/me/views":                                 "asn",
	"POST /api/v1/me/exports":                              "asn",
	"GET /api/v1/me/exports/{id}/file":                     "asn",
	"POST /api/v1/me/requests":                             "asn",
	"GET /api/v1/requests":                                 "operator dpo admin",
	"GET /api/v1/requests/{id}":                            "operator dpo admin",
	"POST /api/v1/requests/{id}/take":                      "operator dpo admin",
	"POST /api/v1/requests/{id}/answer":                    "operator dpo admin",
	"GET /api/v1/me/impact":                                "asn",
	"GET /api/v1/me/echoes":                                "asn",
	"GET /api/v1/me/echoes/{id}":                           "asn",
	"GET /api/v1/contents/{id}/thanks":                     "publisher",
	"PUT /api/v1/contents/{id}/thanks":                     "publisher",
	"GET /api/v1/me/topics":                                "asn",
	"PUT /api/v1/me/topics":                                "asn",
	"PUT /api/v1/contents/{id}/not-for-me":                 "asn",
	"PUT /api/v1/contents/{id}/skip":                       "asn",
	"DELETE /api/v1/contents/{id}/skip":                    "asn",
	"PUT /api/v1/contents/{id}/save":                       "asn",
	"DELETE /api/v1/contents/{id}/save":                    "asn",
	"GET /api/v1/networks":                                 "asn",

	"GET /api/v1/leaderboards/people":          "asn",
	"GET /api/v1/leaderboards/units":           "asn",
	"GET /api/v1/leaderboards/campaigns":       "asn",
	"GET /api/v1/seasons/current":              "asn",
	"GET /api/v1/seasons":                      "asn",
	"POST /api/v1/seasons":                     "", // an administrator of the root alone: see TestARootPlansSeasons
	"PUT /api/v1/seasons/{id}":                 "", // an administrator of the root alone: see TestARootPlansSeasons
	"DELETE /api/v1/seasons/{id}":              "", // an administrator of the root alone: see TestARootPlansSeasons
	"PUT /api/v1/seasons/{id}/raffle":          "", // the same: see TestARaffleIsEverybodysAndItsNamesAreNot
	"POST /api/v1/seasons/{id}/raffle/draws":   "", // the same
	"GET /api/v1/seasons/{id}/raffle/winners":  "publisher admin",
	"GET /api/v1/me/raffles":                   "asn",
	"GET /api/v1/raffles":                      "public",
	"GET /api/v1/raffles/{id}/numbers":         "public",
	"GET /api/v1/rulebooks":                    "asn",
	"GET /api/v1/reports/engagement":           "leader publisher admin",
	"GET /api/v1/reports/engagement/estimates": "leader publisher admin",
	"GET /api/v1/leaderboards/live":            "asn",

	"GET /api/v1/reports/engagement/whatsapp": "leader publisher admin",
}

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

func TestEveryRouteForEveryRole(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.server.limiter = newLimiter(0) // each role asks for everything at once
	tokens := map[org.Role]func(*http.Request){}
	for _, role := range everyone {
		if role == org.ASN {
			tokens[role] = s.as(s.Staff())
			continue
		}
		tokens[role] = s.as(s.Staff(role))
	}
	for _, r := range s.server.routes() {
		name := r.Method + " " + r.Path
		allowed, known := matrix[name]
		if !known {
			t.Errorf("%s has no case in the matrix", name)
			continue
		}
		if allowed == "public" {
			continue
		}
		if got := s.do(r.Method, pathTo(r, nowhere), inputs[name]); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s for a stranger: %d %s", name, got.StatusCode, got.text)
		}
		for _, role := range everyone {
			if name == "POST /api/v1/auth/logout" {
				continue // it would end the session that the other cases use
			}
			got := s.do(r.Method, pathTo(r, nowhere), inputs[name], tokens[role]).StatusCode
			may := allowed == "asn" || slices.Contains(strings.Fields(allowed), string(role))
			if may == (got == http.StatusForbidden) || got == http.StatusUnauthorized || got >= 500 {
				t.Errorf("%s for %s: %d", name, role, got)
			}
		}
	}
	for name := range matrix {
		if !slices.ContainsFunc(s.server.routes(), func(r route) bool { return r.Method+" "+r.Path == name }) {
			t.Errorf("%s is in the matrix and not in the table", name)
		}
	}
}

// Somebody who holds every role in one agency gets nothing of another's: not its rows, not its names.
func TestAnotherAgencyGetsNoData(t *testing.T) {
	t.Parallel()
	s := siteOn(t, testdb.Fresh(t))  // of its own: a day is checked once for everybody
	s.server.limiter = newLimiter(0) // one person asks for everything at once
	const secret = "Rahasia Tetangga"
	made, err := s.Content.Create(t.Context(), s.Staff(org.Author), content.Outline{}, content.Text{Title: secret})
	if err != nil {
		t.Fatal(err)
	}
	live := s.Live(secret + " Tayang")
	gone := s.Live(secret + " Ditarik")
	if _, err := s.Content.Recall(t.Context(), s.Staff(org.Publisher), gone.ID, secret, 0); err != nil {
		t.Fatal(err)
	}
	theirs := s.Staff().User
	day := period.DayOf(2026, 11, 20)
	letter, err := s.server.directive.Create(t.Context(), s.Staff(org.Publisher), 0, directive.Letter{Number: "1", Title: secret, Body: secret, Signer: "Kepala", SignedOn: &day})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.server.directive.Issue(t.Context(), s.Staff(org.Publisher), letter.ID, letter.Version); err != nil {
		t.Fatal(err)
	}
	many := int64(100)
	goal, err := s.server.campaign.Create(t.Context(), s.Staff(org.Publisher), 0, campaign.Plan{Name: secret, From: day, To: day, PeopleTarget: &many})
	if err != nil {
		t.Fatal(err)
	}
	off, err := s.server.planner.AddHoliday(t.Context(), s.Staff(org.Admin), planner.Holiday{Day: day, Name: secret, Kind: "local", AgencyID: s.Dinas.ID})
	if err != nil {
		t.Fatal(err)
	}
	vote, err := s.server.trust.Create(t.Context(), s.Staff(org.Admin), s.Dinas.ID, trust.Plan{Name: secret, From: period.DayOf(2027, 1, 1), To: period.DayOf(2027, 1, 2)})
	if err != nil {
		t.Fatal(err)
	}
	profile, err := s.server.account.Create(t.Context(), s.Staff(org.Publisher), s.Dinas.ID, account.Plan{Network: "x", Handle: "rahasia", Kind: account.Personal, Owner: secret})
	if err != nil {
		t.Fatal(err)
	}
	picture := s.asset(secret)
	asked, err := s.server.privacy.SendRequest(t.Context(), s.Staff(), privacy.Inform, secret)
	if err != nil {
		t.Fatal(err)
	}
	lesson, guidance, paper := s.learned(secret)
	shot, plea := s.proofs(live.ID, secret)
	closed, coming := s.closedReport(), s.subscription(secret)
	doubted := s.doubted(live.ID, secret)
	neighbour := s.Agency(s.Region, org.Body)
	var grants []org.Grant
	for _, role := range everyone[1:] {
		grants = append(grants, org.Grant{Role: role, Agency: neighbour.ID})
	}
	// Several such people in turn: one alone would be slowed down before the routes are through.
	var others []func(*http.Request)
	for range 4 {
		others = append(others, s.as(s.Person(neighbour.ID, grants...)))
	}
	other := others[0]
	for i, r := range s.server.routes() {
		other = others[i%len(others)]
		if r.Allow == nil || strings.HasPrefix(r.Path, "/api/v1/auth/") {
			continue
		}
		name := r.Method + " " + r.Path
		targets := []string{fmt.Sprint(made.ID), fmt.Sprint(live.ID)}
		if strings.Contains(r.Path, "agencies") {
			targets = []string{fmt.Sprint(s.Dinas.ID), fmt.Sprint(s.Unit.ID)}
		}
		if strings.Contains(r.Path, "campaigns") {
			targets = []string{fmt.Sprint(goal.ID)}
		}
		if strings.Contains(r.Path, "accounts") {
			targets = []string{fmt.Sprint(profile.ID)}
		}
		if strings.Contains(r.Path, "v1/media") {
			targets = []string{fmt.Sprint(picture.ID)}
		}
		if strings.Contains(r.Path, "modules") {
			targets = []string{fmt.Sprint(lesson.ID)}
		}
		if strings.Contains(r.Path, "guides") {
			targets = []string{fmt.Sprint(guidance.ID)}
		}
		if strings.Contains(r.Path, "certificates") {
			targets = []string{fmt.Sprint(paper)}
		}
		if strings.Contains(r.Path, "elections") {
			targets = []string{fmt.Sprint(vote.ID)}
		}
		if strings.Contains(r.Path, "directives") {
			targets = []string{fmt.Sprint(letter.ID)}
		}
		if strings.Contains(r.Path, "holidays") {
			targets = []string{fmt.Sprint(off.ID)}
		}
		if strings.Contains(r.Path, "proofs/screenshots") {
			targets = []string{fmt.Sprint(shot)}
		}
		if strings.Contains(r.Path, "objections") {
			targets = []string{fmt.Sprint(plea)}
		}
		if strings.Contains(r.Path, "integrity/cases") || strings.Contains(r.Path, "count-cases") {
			targets = []string{fmt.Sprint(doubted)}
		}
		if strings.Contains(r.Path, "withdrawals") {
			targets = []string{fmt.Sprint(gone.ID)}
		}
		if strings.Contains(r.Path, "/requests") {
			targets = []string{fmt.Sprint(asked.ID)}
		}
		if strings.Contains(r.Path, "exports") {
			targets = []string{"1"} // nobody's yet
		}
		if strings.Contains(r.Path, "reports/closed") {
			targets = []string{fmt.Sprint(closed)}
		}
		if strings.Contains(r.Path, "reports/subscriptions") {
			targets = []string{fmt.Sprint(coming)}
		}
		if strings.Contains(r.Path, "people") {
			targets = []string{fmt.Sprint(theirs)}
		}
		for _, id := range targets {
			query := ""
			if r.Method == "DELETE" {
				query = fmt.Sprintf("?role=author&agency=%d", neighbour.ID)
			}
			if r.Method == "GET" {
				query = fmt.Sprintf("?agency=%d&parent=%d&q=tetangga&from=2026-11-01&to=2026-11-30&at=2026-11-23T00:00:00Z", s.Dinas.ID, s.Dinas.ID)
			}
			got := s.do(r.Method, pathTo(r, id)+query, inputs[name], other)
			if strings.Contains(got.text, secret) || strings.Contains(got.text, s.Dinas.Code) {
				t.Errorf("%s shows another agency's data: %s", name, got.text)
			}
			if strings.Contains(r.Path, "seasons/{id}") && got.StatusCode == http.StatusForbidden {
				continue // everybody's, so it is there; and theirs alone who administer the root
			}
			if strings.Contains(r.Path, "{id}") && got.StatusCode != http.StatusNotFound {
				t.Errorf("%s for %s: %d %s", name, id, got.StatusCode, got.text)
			}
		}
	}
	for _, path := range []string{"/api/v1/leaderboards/people", "/api/v1/leaderboards/units", "/api/v1/reports/engagement"} {
		if got := s.do("GET", fmt.Sprintf("%s?agency=%d", path, s.Dinas.ID), nil, other); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.text)
		}
	}
}

func TestEveryRouteIsDocumented(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	paths := s.server.api.OpenAPI().Paths
	for _, r := range s.server.routes() {
		item := paths[r.Path]
		if item == nil {
			t.Errorf("%s is not in the API document", r.Path)
		}
	}
}

// closedReport is a report of the agency that was closed.
func (s *site) closedReport() int64 {
	s.t.Helper()
	for range org.SmallestGroup {
		s.Staff()
	}
	if err := s.User.SnapshotDays(s.t.Context(), period.DayOf(2026, 11, 19), period.DayOf(2026, 11, 20)); err != nil {
		s.t.Fatal(err)
	}
	made, err := s.server.report.Close(s.t.Context(), s.Staff(org.Publisher), report.Query{Agency: s.Dinas.ID, From: "2026-11-01", To: "2026-11-20"})
	if err != nil {
		s.t.Fatal(err)
	}
	return made.ID
}

// subscription is a report of a unit with this name that comes to its leader.
func (s *site) subscription(name string) int64 {
	s.t.Helper()
	admin := org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: s.Dinas.ID}}}
	unit, err := s.Org.Create(s.t.Context(), admin, org.Draft{ParentID: s.Dinas.ID, Kind: org.Unit, Code: s.Dinas.Code + "-L", Name: name})
	if err != nil {
		s.t.Fatal(err)
	}
	own, err := s.server.delivery.Subscribe(s.t.Context(), s.Staff(org.Leader), unit.ID, delivery.ReportWish{Pace: delivery.Weekly, PDF: true})
	if err != nil || len(own.Items) != 1 {
		s.t.Fatalf("%+v %v", own, err)
	}
	return own.Items[0].ID
}
