package demo

import (
	"context"
	"time"

	"gaung/internal/content"
	"gaung/internal/notice"
)

// addPrompts lets the prompts go out of what went live last, as the minutes went by.
func (w *world) addPrompts(ctx context.Context) error {
	if len(w.published) == 0 {
		return nil
	}
	newest := w.published[0]
	for _, one := range w.published {
		if one.from.After(newest.from) {
			newest = one
		}
	}
	waves := notice.New(w.DB.At(func() time.Time { return w.now }))
	w.at(newest.from)
	if err := waves.HearContent(ctx, content.NewsJob{ContentID: newest.id, What: string(content.Live)}); err != nil {
		return err
	}
	const step = 4 * time.Minute
	for ; w.now.Before(w.today) && w.now.Before(newest.from.Add(24*time.Hour)); w.at(w.now.Add(step)) {
		if err := waves.Prompt(ctx); err != nil {
			return err
		}
	}
	return nil
}
