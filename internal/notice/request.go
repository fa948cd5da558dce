package notice

import (
	"context"
	"fmt"

	"gaung/internal/db"
	"gaung/internal/privacy"
)

// requestKind is what became of a request about one's own data. Its step is the state that it reached.
const requestKind = "data_request"

// requestPath is where a person reads what was answered.
const requestPath = "/saya/data"

// HearRequest tells a person once how far their request is. What was asked and answered is read on the page of
// their data alone: nothing of it leaves in a letter or a push message.
func (s *Service) HearRequest(ctx context.Context, news privacy.NewsJob) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return s.tellTx(ctx, tx, `INSERT INTO notice (user_id, key, kind, request_id, step_name, final, at)
			VALUES (@person, @key, 'data_request', @request, @state, @final, @at) ON CONFLICT (user_id, key) DO NOTHING`,
			db.Args{"person": int64(news.To), "key": fmt.Sprintf("data_request/%d/%s", news.Request, news.State), "request": news.Request,
				"state": string(news.State), "final": news.State != privacy.Working, "at": news.At})
	})
}
