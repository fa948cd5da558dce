package demo

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/proof"
	"gaung/internal/share"
)

// given is an address that somebody gave as proof, and what came of it.
type given struct {
	network, address string
	state            proof.State
	reason           string
	again            time.Duration // from now; 0: it is settled
}

var addresses = []given{
	{"telegram", "https://t.me/kabar_%s/41", proof.Confirmed, "", 0},
	{"facebook", "https://facebook.com/%[1]s/posts/pfbid0Demo%[1]s", proof.Unknown, "sign_in", 20 * time.Hour},
	{"x", "https://x.com/%[1]s/status/1860000000000000043", proof.Absent, "no_link", 0},
	{"threads", "https://threads.com/@%s/post/Cdemo44", proof.Unknown, "sign_in", 0},
	{"linkedin", "https://linkedin.com/posts/%s-activity-7260000000000000045-demo", proof.Absent, "other_link", 0},
}

// addProofs lets a few people prove what they did in every way, and two object: one has waited too long.
func (w *world) addProofs(ctx context.Context) error {
	office := w.Proof.At(func() time.Time { return w.now })
	for i, local := range []string{"asn1", "asn2", "asn3"} {
		actor, err := w.as(ctx, local)
		if err != nil {
			return err
		}
		feed, err := w.Share.Feed(ctx, actor, page.Ask{Limit: 30})
		if err != nil {
			return err
		}
		items := feed.Items
		if len(items) < 8 {
			continue
		}
		if err := w.addClaims(ctx, actor, local, items[i:]); err != nil {
			return err
		}
		if err := w.addShot(ctx, office, actor, items[i+6], i); err != nil {
			return err
		}
		if i > 0 {
			if err := w.addObjection(ctx, office, actor, items[i+2], i); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *world) addClaims(ctx context.Context, actor org.Actor, local string, items []share.Item) error {
	var claims []proof.Past
	var acts []share.Past
	for i, g := range addresses {
		at := items[i].PublishedAt.Add(40 * time.Minute)
		if at.After(w.today) {
			at = w.today.Add(-time.Minute)
		}
		acts = append(acts, share.Past{User: actor.User, Content: items[i].ID, Kind: share.ShareKind, Network: g.network, At: at})
		claim := proof.Past{User: actor.User, Content: items[i].ID, URL: fmt.Sprintf(g.address, local), State: g.state, Reason: g.reason, At: at}
		if g.again > 0 {
			next := w.today.Add(g.again)
			claim.NextAt = &next
		}
		claims = append(claims, claim)
	}
	if _, err := w.Share.RecordAll(ctx, acts); err != nil {
		return err
	}
	return w.Proof.RecordAll(ctx, claims)
}

// addShot sends a picture that waits for a reviewer.
func (w *world) addShot(ctx context.Context, office *proof.Service, actor org.Actor, item share.Item, i int) error {
	_, err := w.Share.RecordAll(ctx, []share.Past{{User: actor.User, Content: item.ID, Kind: share.ShareKind, Network: "instagram", At: item.PublishedAt.Add(time.Minute)}})
	if err != nil {
		return err
	}
	drawn, err := picture(sample{Topic: []string{"kinerja", "pariwisata", "kesehatan"}[i]}, 900+37*i)
	if err != nil {
		return err
	}
	w.at(w.today.Add(-26 * time.Hour))
	_, err = office.Show(ctx, actor, item.ID, "instagram", bytes.NewReader(drawn))
	return err
}

// addObjection sends one of yesterday, and one of two weeks ago that nobody has answered.
func (w *world) addObjection(ctx context.Context, office *proof.Service, actor org.Actor, item share.Item, i int) error {
	plea := proof.Plea{Content: item.ID, Network: "x", Act: share.ShareKind, About: "not_recorded", Words: "Sudah saya bagikan lewat akun saya, tetapi belum tercatat.", Contact: true}
	w.at(w.today.Add(-20 * time.Hour))
	if i > 1 {
		plea.About, plea.Words, plea.Contact = "other", "Unggahan saya tidak terbuka untuk umum. Apakah tetap dapat dicatat?", false
		w.at(w.today.Add(-14 * 24 * time.Hour))
	}
	_, err := office.Object(ctx, actor, plea)
	return err
}
