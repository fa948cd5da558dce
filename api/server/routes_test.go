package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gaung/internal/org"
)

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
