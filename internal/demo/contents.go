package demo

import (
	"context"
	_ "embed"
	"encoding/json"
	"time"

	"gaung/internal/content"
	"gaung/internal/id"
)

//go:embed contents.json
var contentsJSON []byte

// sample is one of the fictional contents and the state it is brought into.
type sample struct {
	Agency string        `json:"agency"`
	State  content.State `json:"state"`
	content.Text
}

// addContents takes each content through the same steps as an office would.
func (w *world) addContents(ctx context.Context) error {
	var samples []sample
	if err := json.Unmarshal(contentsJSON, &samples); err != nil {
		return err
	}
	for _, one := range samples {
		if err := w.addContent(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) addContent(ctx context.Context, one sample) error {
	author, err := w.as(ctx, "penulis")
	if err != nil {
		return err
	}
	one.Classification = "terbuka"
	one.OfficialPosts = []content.OfficialPost{{Network: "instagram", URL: "https://www.instagram.com/p/" + one.Agency + "/"}}
	ends := w.DB.Now().Add(45 * 24 * time.Hour)
	outline := content.Outline{Agency: w.node[one.Agency].ID, Targets: []id.Agency{w.node["99"].ID}, EndsAt: &ends}
	made, err := w.Content.Create(ctx, author, outline, one.Text)
	if err != nil {
		return err
	}
	if made, err = w.Content.Submit(ctx, author, made.ID); err != nil || one.State == content.InReview {
		return err
	}
	return w.release(ctx, made.ID, one.State)
}

// release approves, and schedules or publishes.
func (w *world) release(ctx context.Context, item id.Content, state content.State) error {
	approver, err := w.as(ctx, "penyetuju")
	if err != nil {
		return err
	}
	publisher, err := w.as(ctx, "humas")
	if err != nil {
		return err
	}
	if _, err := w.Content.Approve(ctx, approver, item, 0); err != nil {
		return err
	}
	if state == content.Scheduled {
		_, err = w.Content.Schedule(ctx, publisher, item, w.DB.Now().Add(20*time.Hour))
		return err
	}
	_, err = w.Content.Publish(ctx, publisher, item)
	return err
}
