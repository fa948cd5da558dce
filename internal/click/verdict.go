package click

// Verdict is what a request on a link was judged to be. Its number is stored and never changes.
type Verdict int16

// The verdicts. Only Valid counts; all are kept.
const (
	Valid    Verdict = 1
	Preview  Verdict = 2 // a chat or social network reads the page to draw a card
	Bot      Verdict = 3 // any other machine
	Prefetch Verdict = 4 // a browser fetches ahead of a tap that may never come
	Self     Verdict = 5 // the sharer's own click
	Repeat   Verdict = 6 // the same visitor on the same link in one visitor day
	Suspect  Verdict = 7 // a person perhaps, but not one who chose to read this
)

// String is the verdict's name in exports.
func (v Verdict) String() string {
	switch v {
	case Valid:
		return "valid"
	case Preview:
		return "preview"
	case Bot:
		return "bot"
	case Prefetch:
		return "prefetch"
	case Self:
		return "self"
	case Repeat:
		return "repeat"
	case Suspect:
		return "suspect"
	}
	return "unknown"
}

// RuleVersion numbers the rules of classify.go and marker.go; it is stored with each click, so that better
// rules can judge the past again and one can tell which rules a row was judged by.
const RuleVersion int16 = 2

// Reason is why a verdict was given. Its number is stored and never changes; new reasons get new numbers.
type Reason int16

const (
	newVisitor    Reason = 1
	seenToday     Reason = 2
	purposeHeader Reason = 10
	listedPreview Reason = 20
	listedBot     Reason = 21
	noAgent       Reason = 30
	httpLibrary   Reason = 31
	headless      Reason = 32
	botWord       Reason = 33
	previewWord   Reason = 34
	fetchWord     Reason = 35
	contact       Reason = 36
	noEngine      Reason = 37
	toolWord      Reason = 38 // audit, monitor, validator …: the name of a tool in a browser's text
	compatible    Reason = 39 // "compatible;" and what follows is no browser's name
	ownDevice     Reason = 40
	ownSession    Reason = 41
	ownAddress    Reason = 42 // from where the sharer passed the link on
	notNavigation Reason = 50 // a page fetched the link as an image, frame or script
	recalled      Reason = 51 // the content had been withdrawn
	burst         Reason = 60 // many links from one place at once
	datacentre    Reason = 61 // from a range that the operator listed
	held          Reason = 70 // above the limit of one network block: the night's check decides
)

// What the night's check finds (package integrity). Where several hold for a click, the smallest number is kept.
const (
	OwnPlace  Reason = 80 // from where the sharer was, by a few browsers that open everything of theirs
	OwnAgent  Reason = 81 // with the sharer's own browser from everywhere
	Office    Reason = 82 // colleagues at one address open each other's links, all of them
	Ring      Reason = 83 // sharers at different places open each other's links
	Farm      Reason = 84 // the same devices at one address open many links
	Sweep     Reason = 85 // many visitors open everything of one person
	Bare      Reason = 86 // requests without what every browser sends along
	Rotation  Reason = 87 // more different browsers at one place than that many people have
	Regular   Reason = 88 // at regular intervals
	Rush      Reason = 89 // faster than readers of one place are
	OneBlock  Reason = 90 // nearly all from one network block, which brings nobody else any
	Scattered Reason = 91 // nearly all from networks from which nobody else is read, each once
)

// CheckReasons are what the night's check may find.
func CheckReasons() []Reason {
	return []Reason{OwnPlace, OwnAgent, Office, Ring, Farm, Sweep, Bare, Rotation, Regular, Rush, OneBlock, Scattered}
}

var reasonNames = map[Reason]string{
	newVisitor:    "new_visitor",
	seenToday:     "seen_today",
	purposeHeader: "purpose_header",
	listedPreview: "listed_preview",
	listedBot:     "listed_bot",
	noAgent:       "no_user_agent",
	httpLibrary:   "http_library",
	headless:      "headless_browser",
	botWord:       "bot_word",
	previewWord:   "preview_word",
	fetchWord:     "fetch_word",
	contact:       "contact_address",
	noEngine:      "no_browser_engine",
	toolWord:      "tool_word",
	compatible:    "compatible_signature",
	ownDevice:     "own_device",
	ownSession:    "own_session",
	ownAddress:    "own_address",
	notNavigation: "not_navigation",
	recalled:      "recalled",
	burst:         "burst",
	datacentre:    "datacentre",
	held:          "held",
	OwnPlace:      "own_place",
	OwnAgent:      "own_agent",
	Office:        "office",
	Ring:          "ring",
	Farm:          "farm",
	Sweep:         "sweep",
	Bare:          "bare",
	Rotation:      "rotation",
	Regular:       "regular",
	Rush:          "rush",
	OneBlock:      "one_block",
	Scattered:     "scattered",
}

// String is the reason's name in exports.
func (r Reason) String() string { return reasonNames[r] }

// verdict is what a reason stands for.
func (r Reason) verdict() Verdict {
	switch r {
	case newVisitor:
		return Valid
	case seenToday:
		return Repeat
	case purposeHeader:
		return Prefetch
	case listedPreview, previewWord:
		return Preview
	case ownDevice, ownSession, ownAddress, OwnPlace, OwnAgent:
		return Self
	case notNavigation, recalled, burst, datacentre, held, Office, Ring, Farm, Sweep, Bare, Rotation, Regular, Rush, OneBlock, Scattered:
		return Suspect
	}
	return Bot
}

// ofAgent tells whether the user agent alone gave the reason, so that other rules may find otherwise.
func (r Reason) ofAgent() bool { return r >= listedPreview && r <= compatible }
