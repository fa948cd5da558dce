package proof

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"gaung/internal/audit"
	"gaung/internal/errs"
	"gaung/internal/network"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/share"
	"gaung/internal/testdb"
)

// screen is a picture of its own for each number of each test.
func (w *world) screen() *bytes.Reader {
	w.t.Helper()
	w.serial++
	state := uint32(w.Unit.ID)*7919 + uint32(w.serial)*104729
	top := image.NewRGBA(image.Rect(0, 0, 450, 800))
	for y := 0; y < 800; y += 50 {
		for x := 0; x < 450; x += 50 {
			state = state*1664525 + 1013904223
			c := color.RGBA{uint8(state >> 24), uint8(state >> 16), uint8(state >> 8), 255}
			for dy := range 50 {
				for dx := range 50 {
					top.SetRGBA(x+dx, y+dy, c)
				}
			}
		}
	}
	var text bytes.Buffer
	if err := jpeg.Encode(&text, top, nil); err != nil {
		w.t.Fatal(err)
	}
	return bytes.NewReader(text.Bytes())
}

// worse is a picture saved again with fewer details: other bytes, the same to look at.
func worse(t *testing.T, file *bytes.Reader) *bytes.Reader {
	t.Helper()
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	decoded, err := jpeg.Decode(file)
	var text bytes.Buffer
	if err == nil {
		err = jpeg.Encode(&text, decoded, &jpeg.Options{Quality: 40})
	}
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(text.Bytes())
}

// desk is a reviewer who works elsewhere in the agency.
func (w *world) desk(role org.Role) org.Actor {
	return w.Person(w.Agency(w.Dinas, org.Unit).ID, org.Grant{Role: role, Agency: w.Dinas.ID})
}

func (w *world) shotsOf(actor org.Actor) []Waiting {
	w.t.Helper()
	got, err := w.proof.Shots(w.t.Context(), actor, page.Ask{})
	if err != nil {
		w.t.Fatal(err)
	}
	return got.Items
}

// A picture lifts a share to C when somebody else accepts it: not the person, nobody of their unit or of another
// agency. It is sealed where it is kept, refused when it comes again, and gone 30 days after the decision.
func TestAPictureIsLookedAtByAStranger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor, _ := w.shared(item, "instagram")
	file := w.screen()
	sent, err := w.proof.Show(t.Context(), actor, item.ID, "instagram", file)
	if err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE screenshot SET sampled = false WHERE id = $1`, sent.ID)
	if got := w.only(actor); got.Status.Cause != "screenshot_in_review" || got.Status.DueAt == nil || got.Status.Show {
		t.Errorf("%+v", got.Status)
	}
	rival, _ := w.shared(item, "instagram")
	if _, err := w.proof.Show(t.Context(), rival, item.ID, "instagram", file); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("the same picture of another person: %v", err)
	}
	if _, err := w.proof.Show(t.Context(), rival, item.ID, "instagram", worse(t, file)); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("the same picture saved again, smaller: %v", err)
	}
	linked, _ := w.shared(item, "x")
	if _, err := w.proof.Show(t.Context(), linked, item.ID, "x", w.screen()); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("where an address is better proof: %v", err)
	}
	elsewhere := w.Agency(w.Region, org.Body)
	for name, who := range map[string]org.Actor{"a colleague": w.Staff(org.Publisher), "another agency": w.Person(elsewhere.ID, org.Grant{Role: org.Publisher, Agency: elsewhere.ID})} {
		if list := w.shotsOf(who); len(list) != 0 {
			t.Errorf("%s sees %+v", name, list)
		}
		if _, _, err := w.proof.ShotPicture(t.Context(), who, sent.ID); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%s sees the picture: %v", name, err)
		}
		if err := w.proof.Decide(t.Context(), who, sent.ID, Verdict{Accept: true}); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("%s decides: %v", name, err)
		}
	}
	reviewer := w.desk(org.Approver)
	if list := w.shotsOf(reviewer); len(list) != 1 || list[0].Title != "Kabar" || list[0].Network != "instagram" {
		t.Fatalf("%+v", list)
	}
	if seen, whose, err := w.proof.ShotPicture(t.Context(), reviewer, sent.ID); err != nil || whose != actor.User || !bytes.HasPrefix(seen, []byte("\xff\xd8\xff")) {
		t.Errorf("%d bytes: %v", len(seen), err)
	}
	var name string
	if err := w.DB.Pool().QueryRow(t.Context(), `SELECT file FROM screenshot WHERE id = $1`, sent.ID).Scan(&name); err != nil {
		t.Fatal(err)
	}
	kept, err := w.Files.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	head := make([]byte, 64)
	if _, err := kept.Read(head); err != nil || bytes.Contains(head, []byte("\xff\xd8\xff")) {
		t.Errorf("the file is not sealed: %v", err)
	}
	_ = kept.Close() // only read
	if err := w.proof.Decide(t.Context(), reviewer, sent.ID, Verdict{Accept: true}); err != nil {
		t.Fatal(err)
	}
	if got := w.only(actor); got.Grade != share.Indicated || got.Status.Cause != "screenshot_reviewed" {
		t.Errorf("%s %s", got.Grade, got.Status.Cause)
	}
	w.clock.pass(keptFor + time.Hour)
	if err := w.proof.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Files.Open(t.Context(), name); err == nil {
		t.Error("the picture is still there")
	}
	if _, err := w.proof.Show(t.Context(), rival, item.ID, "instagram", file); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("the same picture after it was deleted: %v", err)
	}
}

// One in ten is looked at twice, and where two differ a third decides. Nobody decides twice.
func TestTwoWhoDifferCallAThird(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor, _ := w.shared(item, "instagram")
	first, second, third := w.desk(org.Publisher), w.desk(org.Approver), w.desk(org.Publisher)
	sent, err := w.proof.Show(t.Context(), actor, item.ID, "instagram", w.screen())
	if err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE screenshot SET sampled = true WHERE id = $1`, sent.ID)
	no := Verdict{Reason: "unreadable"}
	if err := w.proof.Decide(t.Context(), first, sent.ID, no); err != nil {
		t.Fatal(err)
	}
	if err := w.proof.Decide(t.Context(), first, sent.ID, no); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("the same reviewer again: %v", err)
	}
	if err := w.proof.Decide(t.Context(), second, sent.ID, Verdict{Accept: true}); err != nil {
		t.Fatal(err)
	}
	if got := w.only(actor); got.Status.Cause != "screenshot_in_review" || got.Grade != share.Reported {
		t.Errorf("while they differ: %+v", got.Status)
	}
	if err := w.proof.Decide(t.Context(), third, sent.ID, Verdict{Reason: "other"}); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("another reason without words: %v", err)
	}
	if err := w.proof.Decide(t.Context(), third, sent.ID, no); err != nil {
		t.Fatal(err)
	}
	if got := w.only(actor); got.Status.Cause != "screenshot_rejected" || got.Status.Reason != "unreadable" || !got.Status.Show {
		t.Errorf("%+v", got.Status)
	}
}

// A picture is not left waiting: the desk above has it where the nearest one is of the person's own unit or has judged,
// and where nobody is left up to the root the first verdict holds, or of two that differ the cautious one.
func TestNoPictureWaitsForNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar") // its approver and its publisher are of the unit of those who share
	send := func() (org.Actor, int64) {
		actor, _ := w.shared(item, "instagram")
		sent, err := w.proof.Show(t.Context(), actor, item.ID, "instagram", w.screen())
		if err != nil {
			t.Fatal(err)
		}
		w.exec(`UPDATE screenshot SET sampled = true WHERE id = $1`, sent.ID)
		return actor, sent.ID
	}
	decide := func(who org.Actor, shot int64, v Verdict) {
		t.Helper()
		if err := w.proof.Decide(t.Context(), who, shot, v); err != nil {
			t.Fatal(err)
		}
	}
	cause := func(actor org.Actor, want string) {
		t.Helper()
		if got := w.only(actor); got.Status.Cause != want {
			t.Errorf("%+v, want %s", got.Status, want)
		}
	}
	above := w.Person(w.Agency(w.Region, org.Body).ID, org.Grant{Role: org.Publisher, Agency: w.Region.ID})
	alone, one := send()
	if list := w.shotsOf(above); len(list) != 1 {
		t.Fatalf("the desk above: %+v", list)
	}
	decide(above, one, Verdict{Accept: true})
	cause(alone, "screenshot_reviewed")
	near := w.desk(org.Approver)
	torn, two := send()
	decide(near, two, Verdict{Reason: "unreadable"})
	cause(torn, "screenshot_in_review")
	decide(above, two, Verdict{Accept: true})
	cause(torn, "screenshot_rejected")
	third, three := send()
	decide(near, three, Verdict{Accept: true})
	top := w.desk(org.Publisher)
	decide(above, three, Verdict{Reason: "unreadable"})
	cause(third, "screenshot_in_review")
	decide(top, three, Verdict{Accept: true})
	cause(third, "screenshot_reviewed")
}

// Of two verdicts at once the second is told that it came too late, and what was decided stands.
func TestTheSecondVerdictIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor, _ := w.shared(item, "instagram")
	reviewers := []org.Actor{w.desk(org.Publisher), w.desk(org.Approver)}
	sent, err := w.proof.Show(t.Context(), actor, item.ID, "instagram", w.screen())
	if err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE screenshot SET sampled = false WHERE id = $1`, sent.ID)
	came := make(chan error)
	for _, who := range reviewers {
		for range 2 { // each in two tabs
			go func() { came <- w.proof.Decide(context.Background(), who, sent.ID, Verdict{Accept: true}) }()
		}
	}
	done := 0
	for range 4 {
		if err := <-came; err == nil {
			done++
		} else if errs.CodeOf(err) != errs.Conflict {
			t.Error(err)
		}
	}
	if done != 1 {
		t.Errorf("%d verdicts hold", done)
	}
}

// Colleagues do not answer a colleague's objection, not even those of the desk.
func TestAColleagueAnswersNoObjection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor, colleague := w.Staff(), w.Staff(org.Publisher)
	sent, err := w.proof.Object(t.Context(), actor, Plea{Content: item.ID, Network: "whatsapp", Act: share.ShareKind, About: "not_recorded"})
	if err != nil {
		t.Fatal(err)
	}
	if list := w.asked(colleague); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	if n, err := w.proof.Count(t.Context(), colleague); err != nil || n.Objections != 0 {
		t.Errorf("%+v: %v", n, err)
	}
	if err := w.proof.Take(t.Context(), colleague, sent.ID); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("taken: %v", err)
	}
	if err := w.proof.Answer(t.Context(), colleague, sent.ID, Reply{Grant: true}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("answered: %v", err)
	}
	above := w.Person(w.Agency(w.Region, org.Body).ID, org.Grant{Role: org.Publisher, Agency: w.Region.ID})
	if err := w.proof.Answer(t.Context(), above, sent.ID, Reply{Grant: true}); err != nil {
		t.Errorf("the desk above: %v", err)
	}
}

func (w *world) asked(actor org.Actor) []Asked {
	w.t.Helper()
	got, err := w.proof.Objections(w.t.Context(), actor, page.Ask{})
	if err != nil {
		w.t.Fatal(err)
	}
	return got.Items
}

// An objection passes through all its states: sent, looked at, rejected with a reason, brought before the desk above,
// granted there by somebody else. Its clock is three working days and a late one says so; the desk sees a name only
// where the person allowed it; what is granted carries C.
func TestAnObjectionPassesThroughAllStates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor := w.Staff()
	plea := Plea{Content: item.ID, Network: "whatsapp", Act: share.ShareKind, About: "not_recorded", Words: "Sudah saya bagikan kemarin."}
	sent, err := w.proof.Object(t.Context(), actor, plea)
	if err != nil || sent.State != "received" {
		t.Fatalf("%+v: %v", sent, err)
	}
	if _, err := w.proof.Object(t.Context(), actor, plea); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a second open one: %v", err)
	}
	if days := sent.DueAt.Sub(testdb.Now); days < 2*24*time.Hour || days > 6*24*time.Hour {
		t.Errorf("due %v", sent.DueAt)
	}
	desk := w.Person(w.Agency(w.Dinas, org.Unit).ID, org.Grant{Role: org.Publisher, Agency: w.Region.ID}) // of both desks
	above := w.Person(w.Agency(w.Region, org.Body).ID, org.Grant{Role: org.Publisher, Agency: w.Region.ID})
	if list := w.asked(desk); len(list) != 1 || list[0].Name != "" || list[0].Unit != w.Unit.Name || list[0].Late {
		t.Fatalf("%+v", list)
	}
	if err := w.proof.Take(t.Context(), desk, sent.ID); err != nil {
		t.Fatal(err)
	}
	w.clock.pass(7 * 24 * time.Hour)
	if list := w.asked(desk); !list[0].Late || list[0].State != "examined" {
		t.Errorf("after a week: %+v", list[0])
	}
	if n, err := w.proof.Count(t.Context(), desk); err != nil || n.Late != 1 || n.Objections != 1 {
		t.Errorf("%+v: %v", n, err)
	}
	if err := w.proof.Answer(t.Context(), desk, sent.ID, Reply{}); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("rejected without a reason: %v", err)
	}
	if err := w.proof.Answer(t.Context(), desk, sent.ID, Reply{Words: "Belum ada jejaknya."}); err != nil {
		t.Fatal(err)
	}
	second, err := w.proof.Appeal(t.Context(), actor, sent.ID, "Grup saya tertutup.")
	if err != nil || second.Round != 2 || second.FirstAnswer != "Belum ada jejaknya." || second.Late {
		t.Fatalf("%+v: %v", second, err)
	}
	if err := w.proof.Answer(t.Context(), desk, sent.ID, Reply{Grant: true}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("the same desk again: %v", err)
	}
	if err := w.proof.Answer(t.Context(), above, sent.ID, Reply{Grant: true, Words: "Baik."}); err != nil {
		t.Fatal(err)
	}
	got := w.only(actor)
	if got.Grade != share.Indicated || got.Status.Cause != "objection_granted" || got.Objection.State != "granted" {
		t.Errorf("%+v", got)
	}
	if _, err := w.proof.Appeal(t.Context(), actor, sent.ID, "Lagi."); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a second appeal: %v", err)
	}
	if err := audit.Chain(t.Context(), w.DB); err != nil {
		t.Error(err)
	}
}

// Whoever objected takes it back while nobody has answered: it leaves the desk, the act is as before, and they may object
// anew. Nobody else can, and an answer stands.
func TestAnObjectionIsTakenBackUntilItIsAnswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor, _ := w.shared(item, "threads")
	before := w.only(actor)
	plea := Plea{Content: item.ID, Network: "threads", Act: share.ShareKind, About: "wrong_value", Words: "Ada yang keliru."}
	sent, err := w.proof.Object(t.Context(), actor, plea)
	if err != nil {
		t.Fatal(err)
	}
	desk := w.desk(org.Publisher)
	if err := w.proof.Take(t.Context(), desk, sent.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.proof.Withdraw(t.Context(), w.Staff(), sent.ID); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("somebody else: %v", err)
	}
	for range 2 { // twice is once
		if got, err := w.proof.Withdraw(t.Context(), actor, sent.ID); err != nil || got.State != "withdrawn" || got.Words != plea.Words {
			t.Fatalf("%+v: %v", got, err)
		}
	}
	if list := w.asked(desk); len(list) != 0 {
		t.Errorf("the desk still has it: %+v", list)
	}
	if n, err := w.proof.Count(t.Context(), desk); err != nil || n.Objections != 0 {
		t.Errorf("%+v: %v", n, err)
	}
	if err := w.proof.Answer(t.Context(), desk, sent.ID, Reply{Grant: true}); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("answered all the same: %v", err)
	}
	if got := w.only(actor); got.Status.Cause != before.Status.Cause || !got.Status.Object || got.Status.Appeal || got.Objection.State != "withdrawn" {
		t.Errorf("%+v", got)
	}
	again, err := w.proof.Object(t.Context(), actor, plea)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.proof.Answer(t.Context(), desk, again.ID, Reply{Words: "Sudah benar."}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.proof.Withdraw(t.Context(), actor, again.ID); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("after the answer: %v", err)
	}
	told := 0
	if err := w.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM audit_log WHERE action = 'objection.withdraw' AND subject = $1`, fmt.Sprint("objection/", sent.ID)).Scan(&told); err != nil || told != 1 {
		t.Errorf("%d entries tell it: %v", told, err)
	}
}

// Who allows it is named; an attached address is shown to the desk; "not me" takes away what only a device reported.
func TestWhatAPersonAllowsTheDeskToSee(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := w.Live("Kabar")
	actor, _ := w.shared(item, "threads")
	made, err := w.paste(actor, "https://www.threads.net/@sari/post/Czz1", item.ID)
	if err != nil {
		t.Fatal(err)
	}
	sent, err := w.proof.Object(t.Context(), actor, Plea{Content: item.ID, Network: "threads", Act: share.ShareKind, About: "not_me", Contact: true, Claim: made.ID})
	if err != nil {
		t.Fatal(err)
	}
	desk := w.desk(org.Approver)
	list := w.asked(desk)
	if len(list) != 1 || !strings.HasPrefix(list[0].Name, "Orang") || list[0].Address != "https://threads.com/@sari/post/Czz1" {
		t.Fatalf("%+v", list)
	}
	if own := w.asked(actor); slices.ContainsFunc(own, func(a Asked) bool { return a.ID == sent.ID }) {
		t.Error("the person answers themselves")
	}
	if err := w.proof.Answer(t.Context(), desk, sent.ID, Reply{Grant: true}); err != nil {
		t.Fatal(err)
	}
	if got, err := w.proof.Acts(t.Context(), actor, Every, page.Ask{}); err != nil || len(got.Items) != 0 {
		t.Errorf("%+v: %v", got.Items, err)
	}
	threads, _ := network.Named("threads")
	if got, err := share.OnTx(t.Context(), w.DB, actor.User, item.ID, threads.Key); err != nil || got.Recorded {
		t.Errorf("%+v: %v", got, err)
	}
}

// The list of acts goes on page by page without losing or repeating one, and its two parts are all of it.
func TestTheListOfActsIsWhole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor := w.Staff()
	for n := range 7 {
		item := w.Live("Kabar ke-" + string(rune('A'+n)))
		if _, err := w.share.Share(t.Context(), actor, item.ID, share.Request{Channel: []string{"whatsapp", "instagram"}[n%2]}); err != nil {
			t.Fatal(err)
		}
		w.clock.pass(time.Minute)
	}
	seen := map[Part]int{}
	for _, part := range []Part{Every, Open, Settled} {
		last := w.clock.Now()
		for ask := (page.Ask{Limit: 2}); ; {
			got, err := w.proof.Acts(t.Context(), actor, part, ask)
			if err != nil {
				t.Fatal(err)
			}
			for _, act := range got.Items {
				if !act.At.Before(last) || part != Every && act.Status.Open != (part == Open) {
					t.Errorf("%s: %+v after %v", part, act, last)
				}
				last = act.At
				seen[part]++
			}
			if ask.After = got.Next; ask.After == "" {
				break
			}
		}
	}
	if seen[Every] != 7 || seen[Open] != 4 || seen[Settled] != 3 {
		t.Errorf("%v", seen)
	}
}
