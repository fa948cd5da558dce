package click

import (
	"context"
	"strings"

	"gaung/internal/db"
	"gaung/internal/period"
)

// families are what is kept of a user agent after its days: the browser or app alone, the first that fits.
var families = []struct{ mark, name string }{
	{"whatsapp", "WhatsApp"}, {"fban", "Facebook"}, {"fbav", "Facebook"}, {"fb_iab", "Facebook"}, {"facebook", "Facebook"},
	{"instagram", "Instagram"}, {"telegram", "Telegram"}, {"twitter", "X"}, {" line/", "LINE"}, {"musical_ly", "TikTok"}, {"bytedance", "TikTok"},
	{"linkedin", "LinkedIn"}, {"opera mini", "Opera Mini"}, {"opr/", "Opera"}, {"opera", "Opera"}, {"ucbrowser", "UC Browser"},
	{"ucweb", "UC Browser"}, {"samsungbrowser", "Samsung Internet"}, {"miuibrowser", "MIUI Browser"}, {"edg", "Edge"}, {"fxios", "Firefox"},
	{"firefox", "Firefox"}, {"; wv)", "Android WebView"}, {"crios", "Chrome"}, {"chrome", "Chrome"}, {"safari", "Safari"}, {"trident", "Internet Explorer"}, {"msie", "Internet Explorer"},
}

const otherFamily = "lain"

// familyOf is the coarse name of a user agent, by which nobody can be told from a million others.
func familyOf(agent string) string {
	agent = strings.ToLower(agent)
	for _, f := range families {
		if strings.Contains(agent, f.mark) {
			return f.name
		}
	}
	return otherFamily
}

// mostShortened bounds one run's statement; the next run goes on.
const mostShortened = 5000

// shortenAgents leaves only the family of the user agents that were last seen before a day. Their rows
// stay, because clicks name them.
func (s *Service) shortenAgents(ctx context.Context, before period.Day) error {
	type row struct {
		ID    int32
		Agent string
	}
	for {
		old, err := db.All[row](ctx, s.db, `SELECT id, agent FROM click_agent WHERE last_day < $1 AND agent IS NOT NULL ORDER BY id LIMIT $2`, before, mostShortened)
		if err != nil || len(old) == 0 {
			return err
		}
		ids, names := make([]int32, len(old)), make([]string, len(old))
		for i, a := range old {
			ids[i], names[i] = a.ID, familyOf(a.Agent)
		}
		_, err = s.db.Pool().Exec(ctx, `UPDATE click_agent AS a SET agent = NULL, hash = NULL, family = f.family
			FROM unnest($1::int4[], $2::text[]) AS f (id, family) WHERE a.id = f.id`, ids, names)
		if err != nil {
			return db.Error(err)
		}
	}
}
