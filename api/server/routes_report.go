package server

import (
	"gaung/internal/report"
	"gaung/internal/target"
)

// reportRoutes are the routes of the leadership report, and of how it comes by e-mail.
func (s *Server) reportRoutes() []route {
	return []route{
		{"GET", "/api/v1/reports/engagement", roles(report.Readers()...), "The leadership report, as JSON or CSV", json(s.engagement)},
		{"GET", "/api/v1/reports/engagement/estimates", roles(report.Readers()...), "What may stand beside its definition only: estimates, and what is read of single clicks", json(s.reportEstimates)},
		{"GET", "/api/v1/reports/closed", roles(report.Readers()...), "Reports of a node as they were closed", json(s.closedReports)},
		{"POST", "/api/v1/reports/closed", roles(report.Closers()...), "Close a report whose days are over", created(s.closeReport)},
		{"GET", "/api/v1/reports/closed/{id}", roles(report.Readers()...), "A closed report, in the forms of one of now", json(s.closedReport)},
		{"GET", "/api/v1/reports/closed/{id}/whatsapp", roles(report.Readers()...), "A closed report as a formal message to copy, by its own figures", json(s.closedMessage)},
		{"POST", "/api/v1/reports/closed/{id}/recount", roles(report.Closers()...), "Count it anew: equal, or a version that says what moved", json(s.recountReport)},
		{"GET", "/api/v1/targets", roles(target.Readers()...), "What a node wants to reach", json(s.targets)},
		{"PUT", "/api/v1/targets", roles(target.Setters()...), "Set a target, or take it away", json(s.setTarget)},
		{"GET", "/api/v1/metrics", signedIn, "The registry: how each figure is defined and counted", json(s.registeredMetrics)},
		{"GET", "/api/v1/reports/engagement/whatsapp", roles(report.Readers()...), "The same report as a formal message to copy", json(s.whatsAppReport)},

		{"GET", "/api/v1/reports/subscriptions", signedIn, "The reports that come to me by e-mail", json(s.subscriptions)},
		{"POST", "/api/v1/reports/subscriptions", roles(report.Readers()...), "Let a node's report come to me: of the week or the month that closed", created(s.subscribeReport)},
		{"PUT", "/api/v1/reports/subscriptions/{id}", roles(report.Readers()...), "Let it come otherwise, or again", json(s.changeSubscription)},
		{"DELETE", "/api/v1/reports/subscriptions/{id}", signedIn, "Let it come no more", json(s.unsubscribeReport)},
		{"POST", "/api/v1/reports/subscriptions/{id}/sample", roles(report.Readers()...), "Send the newest one to me now", json(s.sampleReport)},
		{"GET", stopReportRoute, public, "What the link of a report's letter would stop", plain(s.stopReport)},
		{"POST", stopReportRoute, public, "Stop it, with one click and without signing in (RFC 8058)", plain(s.stopReport)},
	}
}
