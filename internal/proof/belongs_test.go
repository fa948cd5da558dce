package proof

import (
	"testing"

	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/share"
)

// again takes the actor's share back and shares once more.
func (w *world) again(actor org.Actor, item content.Content, on string) {
	w.t.Helper()
	if err := w.share.TakeBack(w.t.Context(), actor, item.ID, on); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.share.Share(w.t.Context(), actor, item.ID, share.Request{Channel: on}); err != nil {
		w.t.Fatal(err)
	}
}

// A picture proves the share that it was given for. When that is taken back nobody looks at it any more, and the share
// that comes in its place needs a picture of its own.
func TestAPictureProvesItsOwnShareOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor, _ := w.shared(item, "instagram")
	reviewer := w.desk(org.Approver)
	send := func() int64 {
		t.Helper()
		sent, err := w.proof.Show(t.Context(), actor, item.ID, "instagram", w.screen())
		if err != nil {
			t.Fatal(err)
		}
		w.exec(`UPDATE screenshot SET sampled = false WHERE id = $1`, sent.ID)
		return sent.ID
	}
	first := send()
	w.again(actor, item, "instagram")
	if err := w.proof.Decide(t.Context(), reviewer, first, Verdict{Accept: true}); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a picture of a share that is gone: %v", err)
	}
	if list := w.shotsOf(reviewer); len(list) != 0 {
		t.Errorf("the desk still has %+v", list)
	}
	if _, _, err := w.proof.ShotPicture(t.Context(), reviewer, first); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("it is still shown: %v", err)
	}
	if got := w.only(actor); got.Grade != share.Reported || got.Shot != nil || !got.Status.Show {
		t.Errorf("the new share: %s, %+v, %+v", got.Grade, got.Shot, got.Status)
	}
	second := send()
	if err := w.proof.Decide(t.Context(), reviewer, second, Verdict{Accept: true}); err != nil {
		t.Fatal(err)
	}
	if got := w.only(actor); got.Grade != share.Indicated || got.Shot == nil || got.Shot.ID != second {
		t.Errorf("%s %+v", got.Grade, got.Shot)
	}
	gone, _ := w.shared(item, "instagram")
	left, err := w.proof.Show(t.Context(), gone, item.ID, "instagram", w.screen())
	if err == nil {
		err = w.share.TakeBack(t.Context(), gone, item.ID, "instagram")
	}
	if err == nil {
		err = w.proof.sweep(t.Context())
	}
	var ended bool
	if err == nil {
		err = w.DB.Pool().QueryRow(t.Context(), `SELECT state = 'rejected' AND decided_at IS NOT NULL FROM screenshot WHERE id = $1`, left.ID).Scan(&ended)
	}
	if err != nil || !ended {
		t.Errorf("the picture of a share that is gone waits on, and is kept: %v", err)
	}
}

// An objection is about the share that stood there. Granted after that was taken back it neither lifts nor removes the
// share that came in its place; and it was recorded where it says that nothing was.
func TestAnObjectionIsAboutItsOwnShare(t *testing.T) {
	t.Parallel()
	for _, about := range []string{"wrong_value", "not_me", "not_recorded"} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			item := w.Live("Kabar")
			actor, _ := w.shared(item, "whatsapp")
			plea := Plea{Content: item.ID, Network: "whatsapp", Act: share.ShareKind, About: about}
			sent, err := w.proof.Object(t.Context(), actor, plea)
			if err != nil {
				t.Fatal(err)
			}
			w.again(actor, item, "whatsapp")
			if got := w.only(actor); got.Objection != nil || got.Status.Object {
				t.Errorf("the new share: %+v, %+v", got.Objection, got.Status)
			}
			desk := w.desk(org.Approver)
			if list := w.asked(desk); len(list) != 1 || list[0].Grade != "" {
				t.Errorf("the desk: %+v", list)
			}
			if err := w.proof.Answer(t.Context(), desk, sent.ID, Reply{Grant: true}); err != nil {
				t.Fatal(err)
			}
			if got := w.only(actor); got.Grade != share.Reported || got.Status.Cause != "waiting_for_click" || !got.Status.Object {
				t.Errorf("after the grant: %s %+v", got.Grade, got.Status)
			}
		})
	}
}

// What waits though nobody outside the person's unit may decide says so to the person and to who gives roles, until
// somebody may.
func TestWhatWaitsForNobodySaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar") // its approver and its publisher are of the unit of those who share
	shown, _ := w.shared(item, "instagram")
	if _, err := w.proof.Show(t.Context(), shown, item.ID, "instagram", w.screen()); err != nil {
		t.Fatal(err)
	}
	objects, _ := w.shared(item, "whatsapp")
	if _, err := w.proof.Object(t.Context(), objects, Plea{Content: item.ID, Network: "whatsapp", Act: share.ShareKind, About: "wrong_value"}); err != nil {
		t.Fatal(err)
	}
	operator := w.Staff(org.Operator)
	elsewhere := w.Agency(w.Region, org.Body)
	stranger := w.Person(elsewhere.ID, org.Grant{Role: org.Operator, Agency: elsewhere.ID})
	stuck := func(who org.Actor, want int) {
		t.Helper()
		if got, err := w.proof.Stuck(t.Context(), who, org.Operator, org.Admin); err != nil || got.Waiting != want {
			t.Errorf("%d wait for nobody, not %d: %v", got.Waiting, want, err)
		}
	}
	told := func(shot, plea string) {
		t.Helper()
		for who, want := range map[*org.Actor]string{&shown: "screenshot_in_review " + shot, &objects: "objection_open " + plea} {
			if got := w.only(*who).Status; got.Cause+" "+got.Reason != want || !got.Open {
				t.Errorf("%+v, want %q", got, want)
			}
		}
	}
	told("no_reviewer", "no_reviewer")
	stuck(operator, 2)
	stuck(stranger, 0)
	if all, err := w.proof.AllStuck(t.Context()); err != nil || all < 2 {
		t.Errorf("%d everywhere: %v", all, err)
	}
	w.desk(org.Approver)
	told("", "received")
	stuck(operator, 0)
	if got, err := w.proof.Acts(t.Context(), shown, Open, page.Ask{}); err != nil || len(got.Items) != 1 {
		t.Errorf("%+v: %v", got, err)
	}
}
