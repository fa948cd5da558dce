package server

import (
	"context"
	"fmt"

	"gaung/internal/share"
)

// question is what somebody asks: a request, or a job's work. whole says why one may read a whole large table.
type question struct {
	name, as, method, path string
	body                   any
	do                     func(context.Context) error
	whole                  string
}

const everyItem = "counts every item of the subtree, here half of all"

// whole lets a question read a whole table.
func whole(q question, why string) question {
	q.whole = why
	return q
}

func questions(s *site, fresh *share.Service) []question {
	get := func(name, as, path string) question {
		return question{name: name, as: as, method: "GET", path: "/api/v1" + path}
	}
	return []question{
		get("baseline: who am I", "asn", "/me"),
		get("calendar, month of 2,000", "desk", "/calendar?from=2026-11-30&to=2027-01-03"),
		get("calendar, month of 2,000, own office", "office", "/calendar?from=2026-11-30&to=2027-01-03"),
		get("calendar, week", "desk", "/calendar?from=2026-12-07&to=2026-12-13"),
		get("clash warnings", "desk", "/contents/1000051/clashes?at=2026-12-10T02:00:00Z"),
		whole(get("board: counts", "desk", "/queue/counts"), everyItem),
		get("board: counts of an office", "office", "/queue/counts"),
		whole(get("board: counts, pillar and topic", "desk", "/queue/counts?pillar=product&topic=pendidikan"), everyItem),
		get("board: counts, words", "desk", "/queue/counts?q=layanan+desa"),
		whole(get("board: choices", "desk", "/queue/choices"), everyItem),
		get("board: column scheduled", "desk", "/contents?state=scheduled&limit=25"),
		get("board: column live", "desk", "/contents?state=live&limit=25"),
		get("board: column draft of an office", "office", "/contents?state=draft&limit=25"),
		get("queue, newest", "desk", "/contents?limit=25"),
		get("queue, newest of an office", "office", "/contents?limit=25"),
		get("queue, waiting for me", "desk", "/contents?waiting=true&limit=25"),
		get("queue, waiting, an office", "office", "/contents?waiting=true&limit=25"),
		get("queue, one author", "desk", "/contents?author=1000007&limit=25"),
		get("queue, days and pillar", "desk", "/contents?pillar=product&from=2026-03-01&to=2026-03-07&limit=25"),
		get("search", "desk", "/contents?q=layanan+keliling&limit=25"),
		get("one content", "desk", "/contents/1000003"),
		get("use of captions, 100,000 shares", "desk", fmt.Sprintf("/contents/%d/captions", hotItem)),
		get("prompts and recall, 100,000 sharers", "desk", fmt.Sprintf("/contents/%d/prompts", goneItem)),
		get("withdrawals, as clients poll", "nobody", "/withdrawals"),
		{name: "withdrawals before memory is there", as: "nobody", do: func(ctx context.Context) error { _, err := fresh.WithdrawnLately(ctx); return err }},
		get("one withdrawal", "desk", fmt.Sprintf("/withdrawals/%d", goneItem)),
		get("my withdrawals, of 100 shares", "desk", "/me/withdrawals"),
		{name: "prompts and held ones, a minute", as: "job", do: s.server.notice.Prompt},
		{name: "reminders of recalls", as: "job", do: s.server.notice.Remind},
		get("notices", "asn", "/notices?part=feed"),
		get("media, newest", "desk", "/media?limit=24"),
		get("media, newest for an office", "office", "/media?agency=100020&limit=24"),
		get("media, words", "desk", "/media?q=kegiatan+desa&limit=24"),
		get("media, rare word", "desk", "/media?q=12345&limit=24"),
		get("media, where used", "desk", "/media/1000200"),
		get("working copy", "office", "/contents/1000001/draft"),
		{name: "audience of a province", as: "desk", method: "POST", path: "/api/v1/audience", body: map[string]any{"targets": []any{s.Region.ID}}},
		{name: "audience of 20 nested nodes", as: "desk", method: "POST", path: "/api/v1/audience", body: map[string]any{"targets": []int{100020, 100021, 100022, 100023, 100024, 100025, 100040, 100043, 100060, 100065, 100080, 100100, 100120, 100140, 100160, 100180, 100200, 100220, 100240, 100242}}},
		get("accounts", "desk", "/accounts?limit=25"),
		get("accounts that an office may use", "office", "/accounts?agency=100020&limit=25"),
		get("elections", "desk", "/elections?limit=25"),
		get("elections of an office", "office", "/elections?limit=25"),
		get("campaigns with their pace", "desk", "/campaigns?limit=25"),
		get("one campaign of 1,000 contents", "desk", "/campaigns/1000001"),
		get("directives with their sums", "desk", "/directives?limit=25"),
		get("one directive, 100,000 read it", "desk", "/directives/1000000"),
		get("directive inbox", "asn", "/me/directives?limit=25"),
		get("feed, first page", "asn", "/feed?limit=20"),
		get("people", "desk", "/people?limit=25"),
	}
}
