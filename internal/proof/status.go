package proof

import (
	"time"

	"gaung/internal/network"
	"gaung/internal/share"
)

// Status is what the person is told of an act: why it stands as it does, what comes next and until when. The words
// are the client's, by the keys.
type Status struct {
	Cause    string     `json:"cause" enum:"verified_by_network,measured_by_click,address_checked,screenshot_reviewed,objection_granted,objection_open,address_in_check,address_absent,address_unknown,screenshot_in_review,screenshot_rejected,waiting_for_click,indicated_waiting,no_click_yet,aborted,not_countable_here,reported_only"`
	Reason   string     `json:"reason" doc:"More of the cause, as a key: of an address, of a rejection; no_reviewer: nobody outside the person's unit may decide"`
	DueAt    *time.Time `json:"due_at,omitempty" doc:"Until when the next thing happens"`
	Late     bool       `json:"late" doc:"That time is over: somebody owes an answer"`
	Open     bool       `json:"open" doc:"Something may still change by itself"`
	Paste    bool       `json:"paste" doc:"The address of the post may help"`
	Show     bool       `json:"show" doc:"A picture of the screen may help: nothing better exists there"`
	Object   bool       `json:"object"`
	Appeal   bool       `json:"appeal"`
	TakeBack bool       `json:"take_back" doc:"The person may say that it never happened"`
}

// noReviewer is why something waits though nobody may decide: all who hold the role, up to the root, are of the person's
// own unit or have judged.
const noReviewer = "no_reviewer"

// forClick is how long a click is waited for.
const forClick = 7 * 24 * time.Hour

// about is everything that is known of an act.
type about struct {
	act       share.Act
	on        network.Capability
	claim     *Claim // the newest
	shot      *Shot  // the newest
	objection *Objection

	shotStuck, pleaStuck bool // nobody is left who may decide
	formerPlea           bool // an open objection to an act that was taken back stands here
}

// statusOf is the one place that knows what an act is told as. What waits for somebody's answer comes first, then what
// is proven, then what is being looked at, and last what only the person says.
func statusOf(a about, now time.Time) Status {
	st := standing(a, now)
	proven := a.act.Grade <= share.Measured
	openPlea := a.objection != nil && a.objection.open()
	waiting := a.claim != nil && a.claim.NextAt != nil
	st.Paste = a.act.Kind == share.ShareKind && !proven && st.Cause != "address_checked" && !waiting && a.on.Key != "whatsapp" && a.on.Key != "email"
	st.Show = a.act.Kind == share.ShareKind && a.act.Grade == share.Reported && a.on.PictureOnly() && (a.shot == nil || a.shot.State == "rejected")
	st.Object = !openPlea && !a.formerPlea && a.act.Grade != share.Verified
	st.Appeal = a.objection != nil && a.objection.State == "rejected" && a.objection.Round == 1
	st.TakeBack = a.act.Kind == share.ShareKind && a.act.Grade == share.Reported && !openPlea
	return st
}

func standing(a about, now time.Time) Status {
	if o := a.objection; o != nil && o.open() {
		reason := o.State
		if a.pleaStuck {
			reason = noReviewer
		}
		return Status{Cause: "objection_open", Reason: reason, DueAt: &o.DueAt, Late: o.DueAt.Before(now), Open: true}
	}
	switch a.act.Cause {
	case "verified_by_network", "measured_by_click":
		return Status{Cause: a.act.Cause}
	case "address_checked", "screenshot_reviewed", "objection_granted":
		return Status{Cause: a.act.Cause}
	}
	if c := a.claim; c != nil && c.NextAt != nil {
		return Status{Cause: "address_in_check", Reason: c.Reason, DueAt: c.NextAt, Open: true}
	}
	if p := a.shot; p != nil && p.State == "waiting" {
		reason := ""
		if a.shotStuck {
			reason = noReviewer
		}
		return Status{Cause: "screenshot_in_review", Reason: reason, DueAt: &p.DueAt, Late: p.DueAt.Before(now), Open: true}
	}
	return unproven(a, now)
}

func unproven(a about, now time.Time) Status {
	until := a.act.At.Add(forClick)
	waits := a.on.Links() && a.act.Kind == share.ShareKind && until.After(now)
	switch {
	case a.act.Grade == share.Indicated && waits:
		return Status{Cause: "indicated_waiting", Reason: a.act.Cause, DueAt: &until, Open: true}
	case a.act.Grade == share.Indicated:
		return Status{Cause: "no_click_yet", Reason: a.act.Cause}
	case a.claim != nil && a.claim.State == Absent:
		return Status{Cause: "address_absent", Reason: a.claim.Reason, Open: waits}
	case a.claim != nil && a.claim.State == Unknown:
		return Status{Cause: "address_unknown", Reason: a.claim.Reason, Open: waits}
	case a.shot != nil && a.shot.State == "rejected":
		return Status{Cause: "screenshot_rejected", Reason: a.shot.Reason}
	case a.act.Kind == share.LikeKind:
		return Status{Cause: "reported_only"}
	case a.act.Cause == "aborted":
		return Status{Cause: "aborted"}
	case !a.on.Links():
		return Status{Cause: "not_countable_here"}
	case waits:
		return Status{Cause: "waiting_for_click", DueAt: &until, Open: true}
	}
	return Status{Cause: "no_click_yet"}
}
