package server

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"gaung/internal/account"
	"gaung/internal/brand"
	"gaung/internal/campaign"
	"gaung/internal/click"
	"gaung/internal/content"
	"gaung/internal/directive"
	"gaung/internal/disclosure"
	"gaung/internal/integrity"
	"gaung/internal/learn"
	"gaung/internal/media"
	"gaung/internal/org"
	"gaung/internal/picture"
	"gaung/internal/privacy"
	"gaung/internal/proof"
	"gaung/internal/raffle"
	"gaung/internal/score"
	"gaung/internal/share"
	"gaung/internal/trust"
	"gaung/internal/user"
)

// route is one line of the table: where, who may, and which handler.
type route struct {
	Method  string
	Path    string
	Allow   allow
	Summary string
	register
}

type register func(*Server, route)

// routes is every path that Gaung answers, in the order of the API document. A new route without a
// case in the matrix test fails there.
func (s *Server) routes() []route {
	return slices.Concat([]route{
		{"GET", "/healthz", public, "The process is alive", plain(s.health)},
		{"GET", "/readyz", public, "The process can serve: its database answers", plain(s.readiness)},
		{"GET", "/readyz/links", public, "The process can follow links, also without its database", plain(s.linksReadiness)},
		{"GET", "/api/openapi.json", public, "This document", plain(s.openAPI)},
		{"GET", "/api/v1/about", public, "Version, and whether this is the demo", json(s.about)},

		{"POST", "/api/v1/auth/login", public, "Sign in a browser: sets HttpOnly cookies", json(s.login)},
		{"POST", "/api/v1/auth/token", public, "Sign in a script: answers a bearer token", json(s.token)},
		{"POST", "/api/v1/auth/refresh", public, "Renew the cookies", json(s.refresh)},
		{"POST", "/api/v1/auth/logout", signedIn, "End this session", json(s.logout)},
		{"POST", "/api/v1/auth/password", signedIn, "Change the own password", json(s.changePassword)},
		{"GET", "/api/v1/auth/totp", signedIn, "Whether I use an authenticator app", json(s.secondStep)},
		{"POST", "/api/v1/auth/totp", signedIn, "Show a new secret for an authenticator app", json(s.beginTOTP)},
		{"POST", "/api/v1/auth/totp/confirm", signedIn, "Prove the secret with a code; answers recovery codes", json(s.confirmTOTP)},
		{"POST", "/api/v1/auth/totp/disable", signedIn, "Stop using the authenticator app", json(s.disableTOTP)},
		{"POST", "/api/v1/auth/recovery-codes", signedIn, "Replace the recovery codes", json(s.newRecoveryCodes)},
		{"GET", "/api/v1/auth/sessions", signedIn, "Where I am signed in", json(s.listSessions)},
		{"DELETE", "/api/v1/auth/sessions", signedIn, "End all my other sessions", json(s.endOtherSessions)},
		{"DELETE", "/api/v1/auth/sessions/{id}", signedIn, "End one of my sessions", json(s.endSession)},
		{"GET", "/api/v1/me", signedIn, "Who I am, where I work, which roles I hold", json(s.me)},
		{"PATCH", "/api/v1/me", signedIn, "Change my settings", json(s.changeMe)},

		{"POST", "/api/v1/people/{id}/password", roles(org.Operator, org.Admin), "Give a person a password to begin with again", json(s.resetPassword)},
		{"DELETE", "/api/v1/people/{id}/totp", roles(org.Operator, org.Admin), "Take a lost authenticator app away", json(s.resetTOTP)},
		{"POST", "/api/v1/first-passwords", roles(org.Operator, org.Admin), "Give first passwords to people below a node, page by page", json(s.firstPasswords)},

		{"GET", "/api/v1/agencies", signedIn, "The nodes of the agency tree that I may see", json(s.listAgencies)},
		{"POST", "/api/v1/agencies", roles(org.Admin), "Add a node", created(s.createAgency)},
		{"GET", "/api/v1/agencies/{id}", signedIn, "One node", json(s.getAgency)},
		{"PATCH", "/api/v1/agencies/{id}", roles(org.Admin), "Rename a node, and set how its reports begin", json(s.renameAgency)},

		{"GET", "/api/v1/agencies/{id}/brand", roles(brand.Readers()...), "The brand kit of a node: its own, and with what it inherits", json(s.getBrand)},
		{"PUT", "/api/v1/agencies/{id}/brand", roles(brand.Writers()...), "Save what a node says itself", json(s.putBrand)},
		{"POST", "/api/v1/agencies/{id}/brand/logos", roles(brand.Writers()...), "Upload a logo: JPEG, PNG or WebP, at most 2 MB", upload(picture.MaxLogo, s.uploadLogo)},
		{"GET", "/api/v1/agencies/{id}/brand/logos/{logo}", roles(brand.Readers()...), "A logo of a node or of those above it", plain(s.brandLogo)},
		{"POST", "/api/v1/lint", roles(brand.Readers()...), "What in a text breaks the kit or a rule of the house, while it is typed", json(s.lint)},

		{"GET", "/api/v1/rosters", roles(user.DeskRoles()...), "Imports of people that I may see, newest first", json(s.listRosters)},
		{"POST", "/api/v1/rosters", roles(user.DeskRoles()...), "Upload a roster (?agency=&name=): CSV or XLSX, at most 32 MB", upload(user.RosterBytes, s.uploadRoster)},
		{"GET", "/api/v1/rosters/{id}", roles(user.DeskRoles()...), "One import: state, progress, columns, counts", json(s.getRoster)},
		{"PUT", "/api/v1/rosters/{id}/mapping", roles(user.DeskRoles()...), "Choose the columns and begin the check", json(s.mapRoster)},
		{"GET", "/api/v1/rosters/{id}/errors", roles(user.DeskRoles()...), "What is wrong, by line", json(s.rosterFaults)},
		{"GET", "/api/v1/rosters/{id}/errors.csv", roles(user.DeskRoles()...), "What is wrong, as CSV", plain(s.rosterFaultsCSV)},
		{"POST", "/api/v1/rosters/{id}/apply", roles(user.DeskRoles()...), "Make a checked roster true", json(s.applyRoster)},
		{"DELETE", "/api/v1/rosters/{id}", roles(user.DeskRoles()...), "Forget an import that was not applied", json(s.discardRoster)},
		{"GET", "/api/v1/people", roles(user.DeskRoles()...), "The people of my subtree, by name", json(s.listPeople)},
		{"POST", "/api/v1/people/find", roles(user.DeskRoles()...), "Search by name, NIP or e-mail address", json(s.findPeople)},
		{"POST", "/api/v1/people/{id}/move", roles(user.DeskRoles()...), "Let somebody work in another unit from a day on", json(s.movePerson)},
		{"POST", "/api/v1/people/{id}/deactivate", roles(user.DeskRoles()...), "Switch an account off", json(s.deactivatePerson)},
		{"POST", "/api/v1/people/{id}/activate", roles(user.DeskRoles()...), "Switch an account on again", json(s.activatePerson)},
		{"GET", "/api/v1/people/{id}/roles", roles(org.Admin), "Which roles somebody holds in my subtree", json(s.personRoles)},
		{"POST", "/api/v1/people/{id}/roles", roles(org.Admin), "Give a role within my subtree", json(s.grantRole)},
		{"PUT", "/api/v1/people/{id}/executive", roles(org.Admin), "Mark somebody as an executive, who stands on a board of their own, or take the mark away", json(s.markExecutive)},
		{"DELETE", "/api/v1/people/{id}/roles", roles(org.Admin), "Take a role away", json(s.revokeRole)},

		{"GET", "/api/v1/contents", roles(content.Readers()...), "The queue of my subtree", json(s.listContents)},
		{"POST", "/api/v1/contents", roles(org.Author), "Start a draft", created(s.createContent)},
		{"GET", "/api/v1/contents/{id}", roles(content.Readers()...), "One item with its decisions", json(s.getContent)},
		{"PUT", "/api/v1/contents/{id}", roles(org.Author), "Save a new version", json(s.editContent)},
		{"GET", "/api/v1/contents/{id}/versions/{n}", roles(content.Readers()...), "The text of an earlier version", json(s.readVersion)},
		{"GET", "/api/v1/contents/{id}/draft", roles(org.Author), "My working copy, saved while I type", json(s.readDraft)},
		{"PUT", "/api/v1/contents/{id}/draft", roles(org.Author), "Save my working copy on top of a revision; another one is a conflict", json(s.saveDraft)},
		{"DELETE", "/api/v1/contents/{id}/draft", roles(org.Author), "Throw my working copy away", json(s.dropDraft)},
		{"GET", "/api/v1/contents/{id}/images", roles(content.Readers()...), "The pictures that were uploaded for it, and how far they are", json(s.listImages)},
		{"POST", "/api/v1/contents/{id}/images", roles(org.Author), "Upload a picture: JPEG, PNG or WebP, at most 20 MB", upload(picture.MaxBytes, s.uploadImage)},
		{"PUT", "/api/v1/contents/{id}/images/{n}", roles(org.Author), "Put a ready picture into the text with its alternative text: a new version", json(s.placeImage)},
		{"DELETE", "/api/v1/contents/{id}/images/{n}", roles(org.Author), "Forget an upload; versions keep the picture", json(s.dropImage)},
		{"POST", "/api/v1/contents/{id}/submit", roles(org.Author), "Ask for review", json(s.submitContent)},
		{"POST", "/api/v1/contents/{id}/approve", roles(org.Approver), "Approve, at the present step, the version that was seen", json(s.approveContent)},
		{"POST", "/api/v1/contents/{id}/return", roles(org.Approver), "Send back with a reason", json(s.returnContent)},
		{"POST", "/api/v1/contents/{id}/reject", roles(org.Approver), "End it with a reason", json(s.rejectContent)},
		{"POST", "/api/v1/contents/{id}/hold", roles(org.Approver), "Let it wait, with a reason: its clock stands", json(s.holdContent)},
		{"POST", "/api/v1/contents/{id}/release", roles(org.Approver), "Let it go on", json(s.releaseContent)},
		{"POST", "/api/v1/contents/{id}/copy", roles(org.Author), "Begin a draft with its text", created(s.copyContent)},
		{"GET", "/api/v1/contents/{id}/review", roles(content.Readers()...), "Its chain, who saw which version, and what to compare with", json(s.readReview)},
		{"POST", "/api/v1/contents/{id}/seen", roles(content.Readers()...), "Record that I have a version before me", json(s.seeContent)},
		{"POST", "/api/v1/contents/{id}/schedule", roles(org.Publisher), "Set when it goes live", json(s.scheduleContent)},
		{"POST", "/api/v1/contents/{id}/publish", roles(org.Publisher), "Take it live now", json(s.publishContent)},
		{"PUT", "/api/v1/contents/{id}/spread", roles(org.Publisher), "Set over how long its prompts go out", json(s.spreadContent)},
		{"GET", "/api/v1/contents/{id}/prompts", roles(content.Readers()...), "How far its prompts and its recall are, in sums", json(s.contentPrompts)},
		{"GET", "/api/v1/contents/{id}/captions", roles(content.Readers()...), "How its captions are used, in sums", json(s.contentCaptions)},
		{"GET", "/api/v1/contents/{id}/aside", roles(content.Readers()...), "Why people said that it is not for them, in sums", json(s.contentAside)},
		{"POST", "/api/v1/contents/{id}/recall", roles(org.Publisher), "Withdraw it at once", json(s.recallContent)},

		{"POST", "/api/v1/contents/{id}/unschedule", roles(org.Publisher), "Take it off the plan: approved, as before", json(s.unscheduleContent)},
		{"POST", "/api/v1/contents/{id}/end", roles(org.Publisher), "Take it out of the feeds now, as its end would", json(s.endContent)},
		{"PUT", "/api/v1/contents/{id}/wish", roles(org.Author, org.Publisher), "Say when a text that is not scheduled yet should go out", json(s.wishContent)},
		{"GET", "/api/v1/contents/{id}/clashes", roles(content.Readers()...), "What a time would mean for its audience", json(s.weighTime)},

		{"GET", "/api/v1/queue/counts", roles(content.Readers()...), "How many items of each state there are behind a filter", json(s.queueCounts)},
		{"GET", "/api/v1/queue/choices", roles(content.Readers()...), "Authors and topics of the queue", json(s.queueChoices)},
		{"GET", "/api/v1/queue/views", roles(content.Readers()...), "My saved filters", json(s.listViews)},
		{"POST", "/api/v1/queue/views", roles(content.Readers()...), "Save filters under a name", json(s.saveView)},
		{"DELETE", "/api/v1/queue/views/{n}", roles(content.Readers()...), "Forget saved filters", json(s.dropView)},
		{"POST", "/api/v1/bulk", roles(content.Readers()...), "One action for many items; it starts after ten seconds", json(s.askBulk)},
		{"GET", "/api/v1/bulk/{key}", roles(content.Readers()...), "What became of each item", json(s.readBulk)},
		{"POST", "/api/v1/bulk/{key}/stop", roles(content.Readers()...), "Take it back before it starts", json(s.stopBulk)},
		{"GET", "/api/v1/calendar", roles(content.Readers()...), "What goes out, went out and ends between two days, with holidays and warnings", json(s.readCalendar)},
		{"GET", "/api/v1/holidays", roles(content.Readers()...), "The days off that concern me", json(s.listHolidays)},
		{"POST", "/api/v1/holidays", roles(org.Admin), "Give a node and all below it a day off", created(s.addHoliday)},
		{"DELETE", "/api/v1/holidays/{id}", roles(org.Admin), "Take such a day away again", json(s.dropHoliday)},

		{"GET", "/api/v1/agencies/{id}/approval-chain", roles(content.Readers()...), "How an agency decides, by its own chain or an ancestor's", json(s.readChain)},
		{"PUT", "/api/v1/agencies/{id}/approval-chain", roles(org.Admin), "Give an agency a chain of its own", json(s.setChain)},
		{"DELETE", "/api/v1/agencies/{id}/approval-chain", roles(org.Admin), "Follow the nearest ancestor again", json(s.dropChain)},
		{"GET", "/api/v1/agencies/{id}/approvers", roles(org.Admin), "Who may be named in its chain", json(s.listApprovers)},
		{"GET", "/api/v1/deputies", roles(org.Approver, org.Admin), "Deputies of mine, whom I represent, and of my subtree, newest first", json(s.listDeputies)},
		{"POST", "/api/v1/people/{id}/deputies", roles(org.Approver, org.Admin), "Let somebody act for this person, from day to day", created(s.nameDeputy)},
		{"DELETE", "/api/v1/people/{id}/deputies/{n}", roles(org.Approver, org.Admin), "End that before its time", json(s.endDeputy)},
		{"POST", "/api/v1/people/{id}/deputies/find", roles(org.Approver, org.Admin), "Who may act for this person, by a part of the name", json(s.findPeers)},
		{"GET", "/api/v1/notices", signedIn, "What I am told, newest first, and how much is unread", json(s.listNotices)},
		{"POST", "/api/v1/notices/read", signedIn, "Mark all up to one as read", json(s.readNotices)},
		{"POST", "/api/v1/notices/{id}/read", signedIn, "Mark one as read", json(s.readNotice)},
		{"GET", "/api/v1/me/prompts", signedIn, "Whether I want to be told of new contents", json(s.myPrompts)},
		{"PUT", "/api/v1/me/prompts", signedIn, "Switch that on or off", json(s.setPrompts)},
		{"GET", "/api/v1/me/mail", signedIn, "What I want by e-mail, and whether Gaung sends any", json(s.myMail)},
		{"PUT", "/api/v1/me/mail", signedIn, "Switch one kind on or off", json(s.setMail)},
		{"GET", "/api/v1/me/notices", signedIn, "How I want to be told, and the rule that holds where I work", json(s.myWays)},
		{"PUT", "/api/v1/me/notices", signedIn, "Set how often and when", json(s.setHabit)},
		{"PUT", "/api/v1/me/notices/kinds", signedIn, "Switch one kind on or off in one channel", json(s.setWay)},
		{"POST", "/api/v1/me/push", signedIn, "Let notices come to this browser, as long as its session lives", json(s.subscribePush)},
		{"POST", "/api/v1/me/push/end", signedIn, "End that", json(s.unsubscribePush)},
		{"POST", "/api/v1/me/push/sample", signedIn, "Send one message to this browser now", json(s.samplePush)},
		{"GET", "/api/v1/agencies/{id}/notice-rule", roles(org.Admin), "When the people of a node may be told, by its own rule or an ancestor's", json(s.readRule)},
		{"PUT", "/api/v1/agencies/{id}/notice-rule", roles(org.Admin), "Give a node a rule of its own", json(s.setRule)},
		{"DELETE", "/api/v1/agencies/{id}/notice-rule", roles(org.Admin), "Follow the nearest ancestor again", json(s.dropRule)},
		{"GET", "/api/v1/contents/{id}/urgency", roles(content.Readers()...), "What is left of the urgent way for a clarification", json(s.contentUrgency)},
		{"GET", stopRoute, public, "What the link of a letter would stop", plain(s.stopMail)},
		{"POST", stopRoute, public, "Stop it, with one click and without signing in (RFC 8058)", plain(s.stopMail)},
		{"GET", "/api/v1/withdrawals", public, "What was withdrawn within a day; open clients ask every few seconds", quick(s.quickWithdrawn, json(s.withdrawnLately))},
		{"GET", "/api/v1/withdrawals/{id}", signedIn, "Why a content was withdrawn, and what stands in for it", json(s.readWithdrawal)},
		{"GET", "/api/v1/me/withdrawals", signedIn, "What I passed on, was withdrawn, and I may still have to delete", json(s.myWithdrawals)},
		{"POST", "/api/v1/me/withdrawals/{id}/deleted", signedIn, "Tell that I deleted what I passed on", json(s.deletedMine)},

		{"GET", "/api/v1/campaigns", roles(campaign.Readers()...), "The campaigns of my subtree, with how far they are", json(s.listCampaigns)},
		{"POST", "/api/v1/campaigns", roles(campaign.Writers()...), "Plan a campaign", created(s.createCampaign)},
		{"GET", "/api/v1/campaigns/{id}", roles(campaign.Readers()...), "One campaign, day by day", json(s.getCampaign)},
		{"PUT", "/api/v1/campaigns/{id}", roles(campaign.Writers()...), "Save a plan", json(s.editCampaign)},

		{"GET", "/api/v1/accounts", roles(account.Readers()...), "The registry of social media accounts", json(s.listAccounts)},
		{"POST", "/api/v1/accounts", roles(account.Writers()...), "Register an account", created(s.createAccount)},
		{"POST", "/api/v1/accounts/{id}/open", roles(account.Openers()...), "Open a personal account for a time, with a reason", json(s.openAccount)},
		{"POST", "/api/v1/accounts/{id}/close", roles(account.Writers()...), "Take an account out of use", json(s.closeAccount)},
		{"POST", "/api/v1/audience", roles(directive.Readers()...), "How many people a choice of nodes reaches, each once", json(s.audienceSize)},

		{"GET", "/api/v1/media", roles(media.Readers()...), "The library of pictures and videos, newest first", json(s.listMedia)},
		{"POST", "/api/v1/media", roles(media.Writers()...), "Add a picture or a video (?agency=&name=): JPEG, PNG, WebP, at most 20 MB; MP4, at most 100 MB", upload(media.MaxBytes, s.addMedia)},
		{"GET", "/api/v1/media/{id}", roles(media.Readers()...), "One picture or video, and the contents that show it", json(s.getMedia)},
		{"PUT", "/api/v1/media/{id}", roles(media.Writers()...), "Say what it is", json(s.editMedia)},
		{"DELETE", "/api/v1/media/{id}", roles(media.Writers()...), "Take it out of the library; versions keep it", json(s.removeMedia)},
		{"POST", "/api/v1/media/{id}/crops", roles(media.Writers()...), "Cut a picture for a ratio", json(s.cutMedia)},
		{"DELETE", "/api/v1/media/{id}/crops/{ratio}", roles(media.Writers()...), "Forget a crop; versions keep it", json(s.uncutMedia)},
		{"PUT", "/api/v1/media/{id}/poster", roles(media.Writers()...), "Choose the picture that a video shows before it plays", json(s.setPoster)},
		{"POST", "/api/v1/media/{id}/subtitles/{lang}", roles(media.Writers()...), "Give a video subtitles: WebVTT or SRT, at most 256 kB", upload(media.MaxSubtitles, s.addSubtitles)},
		{"DELETE", "/api/v1/media/{id}/subtitles/{lang}", roles(media.Writers()...), "Take subtitles away; versions keep them", json(s.dropSubtitles)},

		{"GET", "/api/v1/elections", roles(trust.Readers()...), "The election modes that touch my subtree", json(s.listElections)},
		{"POST", "/api/v1/elections", roles(trust.Writers()...), "Set an election mode up for a region", created(s.createElection)},
		{"GET", "/api/v1/elections/{id}", roles(trust.Readers()...), "One election mode with its lists", json(s.getElection)},
		{"PUT", "/api/v1/elections/{id}", roles(trust.Writers()...), "Save its days and lists", json(s.editElection)},
		{"POST", "/api/v1/elections/{id}/end", roles(trust.Writers()...), "End it before its time, with a reason", json(s.endElection)},

		{"GET", "/api/v1/directives", roles(directive.Readers()...), "The directives of my subtree, with how many read them", json(s.listDirectives)},
		{"POST", "/api/v1/directives", roles(directive.Writers()...), "Start a directive", created(s.createDirective)},
		{"GET", "/api/v1/directives/{id}", roles(directive.Readers()...), "One directive", json(s.getDirective)},
		{"PUT", "/api/v1/directives/{id}", roles(directive.Writers()...), "Save a draft", json(s.editDirective)},
		{"POST", "/api/v1/directives/{id}/issue", roles(directive.Writers()...), "Issue the version that was seen", json(s.issueDirective)},
		{"POST", "/api/v1/directives/{id}/withdraw", roles(directive.Writers()...), "Take an issued one back with a reason", json(s.withdrawDirective)},
		{"POST", "/api/v1/directives/{id}/attachment", roles(directive.Writers()...), "Attach the letter (?name=): PDF, JPEG or PNG, at most 10 MB", upload(directive.AttachmentBytes, s.attachDirective)},
		{"DELETE", "/api/v1/directives/{id}/attachment", roles(directive.Writers()...), "Take the file off a draft", json(s.detachDirective)},
		{"GET", "/api/v1/directives/{id}/attachment", signedIn, "The letter as a file, for whom it concerns", plain(s.directiveAttachment)},
		{"GET", "/api/v1/me/directives", signedIn, "The directives that concern me", json(s.myDirectives)},
		{"POST", "/api/v1/me/directives/{id}/open", signedIn, "Read one: from then on it counts as read", json(s.openDirective)},

		{"GET", "/api/v1/modules", roles(learn.Readers()...), "The modules of my subtree, with how many passed", json(s.listModules)},
		{"POST", "/api/v1/modules", roles(learn.Writers()...), "Start a module", created(s.createModule)},
		{"GET", "/api/v1/modules/{id}", roles(learn.Readers()...), "One module with its quiz", json(s.getModule)},
		{"PUT", "/api/v1/modules/{id}", roles(learn.Writers()...), "Save the text that is worked on", json(s.editModule)},
		{"POST", "/api/v1/modules/{id}/publish", roles(learn.Writers()...), "Make the text that was seen a version to learn from", json(s.publishModule)},
		{"POST", "/api/v1/modules/{id}/archive", roles(learn.Writers()...), "Take it off the shelf; who passed it keeps it", json(s.archiveModule)},
		{"GET", "/api/v1/guides", roles(learn.Readers()...), "The guidance (juknis) of my subtree", json(s.listGuides)},
		{"POST", "/api/v1/guides", roles(learn.Writers()...), "Start a document of guidance", created(s.createGuide)},
		{"GET", "/api/v1/guides/{id}", roles(learn.Readers()...), "One document", json(s.getGuide)},
		{"PUT", "/api/v1/guides/{id}", roles(learn.Writers()...), "Save it; its readers see it at once", json(s.editGuide)},
		{"POST", "/api/v1/guides/{id}/publish", roles(learn.Writers()...), "Let everybody below find it", json(s.publishGuide)},
		{"POST", "/api/v1/guides/{id}/archive", roles(learn.Writers()...), "Take it off the shelf", json(s.archiveGuide)},
		{"POST", "/api/v1/guides/{id}/file", roles(learn.Writers()...), "Attach the document (?name=): PDF, at most 10 MB", upload(learn.FileBytes, s.attachGuide)},
		{"DELETE", "/api/v1/guides/{id}/file", roles(learn.Writers()...), "Take the file off", json(s.detachGuide)},

		{"GET", "/api/v1/learn", signedIn, "What I may learn from, and how far I am", json(s.learnShelf)},
		{"GET", "/api/v1/learn/before-sharing", signedIn, "The module that comes before the first share", json(s.beforeSharing)},
		{"GET", "/api/v1/learn/modules/{id}", signedIn, "One module to learn from; what is right is not in it", json(s.readCourse)},
		{"PUT", "/api/v1/learn/modules/{id}/step", signedIn, "Note how many screens I have read", json(s.setCourseStep)},
		{"POST", "/api/v1/learn/modules/{id}/answers", signedIn, "Have my answers graded; the best is kept", json(s.answerQuiz)},
		{"PUT", "/api/v1/learn/modules/{id}/practice", signedIn, "Keep what I tried at work, for myself", json(s.practise)},
		{"GET", "/api/v1/learn/guides", signedIn, "Search the guidance (juknis)", json(s.searchGuides)},
		{"GET", "/api/v1/learn/guides/{id}", signedIn, "Read one document", json(s.readGuide)},
		{"GET", "/api/v1/learn/guides/{id}/file", signedIn, "Its file", plain(s.guideFile)},
		{"GET", "/api/v1/me/certificates", signedIn, "My certificates", json(s.myCertificates)},
		{"POST", "/api/v1/me/certificates", signedIn, "The certificate of a module or a theme that I passed; the same one each time", created(s.certify)},
		{"PUT", "/api/v1/me/certificates/{id}/page", signedIn, "Open or close its public page", json(s.setCertificatePage)},
		{"GET", "/api/v1/me/certificates/{id}/paper", signedIn, "It as a PDF", plain(s.certificatePaper)},

		{"GET", "/api/v1/feed", signedIn, "What I may share, in the order that speaks for it", quick(s.quickFeed, json(s.feed))},
		{"GET", "/api/v1/feed/{id}", signedIn, "One content of my feed", json(s.feedItem)},
		{"POST", "/api/v1/contents/{id}/shares", signedIn, "Record a share and make my personal link", created(s.shareContent)},
		{"GET", "/api/v1/contents/{id}/qr", signedIn, "My personal link as a QR code (?format=png or svg)", plain(s.shareQR)},
		{"POST", "/api/v1/contents/{id}/likes", signedIn, "Record that I liked an official post", created(s.likeContent)},
		{"POST", "/api/v1/contents/{id}/shares/{network}/evidence", signedIn, "Tell what my device saw of a share", json(s.indicateShare)},
		{"DELETE", "/api/v1/contents/{id}/shares/{network}", signedIn, "Take back a share that never happened", json(s.takeBackShare)},
		{"PUT", "/api/v1/contents/{id}/skip", signedIn, "Put it aside in my feed", json(s.mark(share.Skip, true))},
		{"DELETE", "/api/v1/contents/{id}/skip", signedIn, "Show it in my feed again", json(s.mark(share.Skip, false))},
		{"PUT", "/api/v1/contents/{id}/not-for-me", signedIn, "Put it aside and say why; DELETE …/skip takes it back", json(s.notForMe)},
		{"PUT", "/api/v1/contents/{id}/save", signedIn, "Keep it for later", json(s.mark(share.Save, true))},
		{"DELETE", "/api/v1/contents/{id}/save", signedIn, "Keep it no longer", json(s.mark(share.Save, false))},
		{"GET", "/api/v1/me/acts", signedIn, "What I did, newest first, each with why it stands as it does and until when", json(s.myActs)},
		{"POST", "/api/v1/me/claims", signedIn, "Give the address of my post as proof", created(s.pasteAddress)},
		{"POST", "/api/v1/me/screenshots", signedIn, "Give a picture of my screen as the last resort (?content=&network=): at most 4 MB", upload(proof.ShotBytes, s.sendShot)},
		{"POST", "/api/v1/me/objections", signedIn, "Object to how an act of mine is recorded", created(s.sendObjection)},
		{"POST", "/api/v1/me/objections/{id}/appeal", signedIn, "Bring a rejected objection before the desk above, once", json(s.appealObjection)},
		{"POST", "/api/v1/me/objections/{id}/withdraw", signedIn, "Take back an objection of mine that nobody has answered", json(s.withdrawObjection)},
		{"GET", "/api/v1/proofs", roles(proof.Desk()...), "How many pictures and objections wait for my desk", json(s.proofCount)},
		{"GET", "/api/v1/proofs/stuck", roles(user.DeskRoles()...), "How much waits in my subtree though nobody outside the persons' units may decide", json(s.stuckProofs)},
		{"GET", "/api/v1/proofs/screenshots", roles(proof.Desk()...), "Pictures that wait for me, due first, without names", json(s.listShots)},
		{"GET", "/api/v1/proofs/screenshots/{id}/picture", roles(proof.Desk()...), "One of those pictures", plain(s.shotPicture)},
		{"POST", "/api/v1/proofs/screenshots/{id}/decide", roles(proof.Desk()...), "Accept or reject it", json(s.decideShot)},
		{"GET", "/api/v1/proofs/objections", roles(proof.Desk()...), "Objections that wait for my desk, due first", json(s.listObjections)},
		{"POST", "/api/v1/proofs/objections/{id}/take", roles(proof.Desk()...), "Tell the person that it is being looked at", json(s.takeObjection)},
		{"POST", "/api/v1/proofs/objections/{id}/answer", roles(proof.Desk()...), "Grant it, or reject it with a reason", json(s.answerObjection)},
		{"GET", "/api/v1/integrity/cases", roles(integrity.Desk()...), "What the night's check took out of what counts, without names, newest first", json(s.countCases)},
		{"GET", "/api/v1/integrity/cases/{id}", roles(integrity.Desk()...), "One of these cases", json(s.countCase)},
		{"POST", "/api/v1/integrity/cases/{id}/keep", roles(integrity.Desk()...), "Leave it taken out, with a reason", json(s.keepCount)},
		{"POST", "/api/v1/integrity/cases/{id}/restore", roles(integrity.Desk()...), "Count it again exactly as it was, with a reason", json(s.restoreCount)},
		{"GET", "/api/v1/me/count-cases", signedIn, "What was taken out of my count, and why", json(s.myCounts)},
		{"POST", "/api/v1/me/count-cases/{id}/objection", signedIn, "Object to one of them, once", json(s.objectCount)},
		{"POST", sharedInPath, public, "What a phone shares to the app: leads to the screen that takes it", plain(s.sharedIn)},
		{"GET", "/api/v1/me/topics", signedIn, "The topics of my feed, and what I want of each", json(s.myTopics)},
		{"PUT", "/api/v1/me/topics", signedIn, "Say of which topics I want more or less", json(s.setTopics)},
		{"GET", "/api/v1/privacy-notice", signedIn, "The privacy notice that is valid now", json(s.privacyNotice)},
		{"POST", "/api/v1/me/privacy-notice", signedIn, "I have read a version of it", json(s.readPrivacy)},
		{"GET", "/api/v1/me/data", signedIn, "What is kept about me, my consents, copies and requests", json(s.myData)},
		{"GET", "/api/v1/me/data/{class}", signedIn, "The rows of one class of it, in words", json(s.myRows)},
		{"PUT", "/api/v1/me/consents", signedIn, "Give a consent or take it back, at once", json(s.setConsent)},
		{"GET", "/api/v1/me/onboarding", signedIn, "How far my introduction is", json(s.myOnboarding)},
		{"PUT", "/api/v1/me/onboarding", signedIn, "Note how far it is", json(s.setOnboarding)},
		{"GET", "/api/v1/me/networks", signedIn, "The networks that I use, and what I said about my followers there", json(s.networksUsed)},
		{"PUT", "/api/v1/me/networks", signedIn, "The networks that I use, in my order", json(s.setNetworksUsed)},
		{"GET", "/api/v1/me/views", signedIn, "Who saw or changed my record: role and office", json(s.myViews)},
		{"POST", "/api/v1/me/exports", signedIn, "Ask for a copy of everything about me", created(s.askExport)},
		{"GET", "/api/v1/me/exports/{id}/file", signedIn, "The copy: a ZIP with JSON and CSV (?format=json: the JSON alone)", plain(s.downloadExport)},
		{"POST", "/api/v1/me/requests", signedIn, "Ask the data protection officer for something", created(s.sendRequest)},
		{"GET", "/api/v1/requests", roles(privacy.DeskRoles()...), "What people ask about their data", json(s.listCases)},
		{"GET", "/api/v1/requests/{id}", roles(privacy.DeskRoles()...), "One of these requests; the person reads that it was opened", json(s.getCase)},
		{"POST", "/api/v1/requests/{id}/take", roles(privacy.DeskRoles()...), "Say that somebody works on it", json(s.takeCase)},
		{"POST", "/api/v1/requests/{id}/answer", roles(privacy.DeskRoles()...), "Grant or refuse it", json(s.closeCase)},
		{"GET", "/api/v1/me/impact", signedIn, "Whom I reached, over which networks, and how long the run is", json(s.myImpact)},
		{"GET", "/api/v1/me/echoes", signedIn, "What each content did through me", json(s.myEchoes)},
		{"GET", "/api/v1/me/echoes/{id}", signedIn, "What one content did through me, over all time", json(s.myEcho)},
		{"GET", "/api/v1/contents/{id}/thanks", roles(org.Publisher), "What was said to those through whom it reached somebody", json(s.contentThanks)},
		{"PUT", "/api/v1/contents/{id}/thanks", roles(org.Publisher), "Say thanks to them, once", json(s.thankForContent)},
		{"GET", "/api/v1/networks", signedIn, "What each network allows and proves", json(s.networks)},
		{"GET", "/api/v1/leaderboards/people", signedIn, "Persons by people reached", json(s.peopleBoard)},
		{"GET", "/api/v1/leaderboards/units", signedIn, "Groups by people reached per 100 eligible, in size bands", json(s.unitBoard)},
		{"GET", "/api/v1/leaderboards/live", signedIn, "Told when a board may have changed, as server-sent events (?agency=&period=)", plain(s.liveBoard)},
		{"GET", "/api/v1/leaderboards/campaigns", signedIn, "The campaigns whose boards I may choose", json(s.boardCampaigns)},
		{"GET", "/api/v1/seasons/current", signedIn, "The season that runs: its rules in words, and what I have in it", json(s.currentSeason)},
		{"GET", "/api/v1/seasons", signedIn, "All seasons with their rules in words, and what I had in those that are closed", json(s.listSeasons)},
		{"POST", "/api/v1/seasons", roles(score.Planners()...), "Plan a season", created(s.planSeason)},
		{"PUT", "/api/v1/seasons/{id}", roles(score.Planners()...), "Change a season before it begins; afterwards its name and its end", json(s.changeSeason)},
		{"DELETE", "/api/v1/seasons/{id}", roles(score.Planners()...), "Take a season back that has not begun", json(s.dropSeason)},
		{"PUT", "/api/v1/seasons/{id}/raffle", roles(score.Planners()...), "Plan the raffle of a season that has not begun, or take it back", json(s.setRaffle)},
		{"POST", "/api/v1/seasons/{id}/raffle/draws", roles(score.Planners()...), "Enter the public figure, reveal the secret and draw; or correct the figure, with the reason", json(s.drawRaffle)},
		{"GET", "/api/v1/seasons/{id}/raffle/winners", roles(raffle.Readers()...), "Who holds the numbers that were drawn, below my nodes", json(s.raffleWinners)},
		{"GET", "/api/v1/me/raffles", signedIn, "My own entry numbers", json(s.myRaffles)},
		{"GET", "/api/v1/raffles", public, "The raffles of all seasons with all it takes to check them; no persons", json(s.listRaffles)},
		{"GET", "/api/v1/raffles/{id}/numbers", public, "The entry numbers of a season, byte for byte as they were hashed", plain(s.raffleNumbers)},
		{"GET", "/api/v1/rulebooks", signedIn, "The versions of the rules, in words", json(s.listRulebooks)},
		{"GET", "/s/{code}", public, "Follow a personal link", plain(s.followLink)},
		{"PUT", "/api/v1/links/{code}/block", roles(click.Blockers()...), "Close a personal link, or all of its person's", json(s.blockLink)},
		{"DELETE", "/api/v1/links/{code}/block", roles(click.Blockers()...), "Open it again", json(s.unblockLink)},
		{"GET", "/media/{name}", public, "A picture, a video or subtitles of a content or of the library", plain(s.serveMedia)},
		{"GET", "/media/card/{file}", public, "The picture that networks show of a content's link", plain(s.card)},
		{"GET", "/sertifikat/{code}", public, "Check that a certificate is genuine", plain(s.certificatePage)},
		{"GET", "/bantuan", public, "Help for whoever cannot open the app", plain(s.helpPage)},
		{"GET", registerPath, public, "What civil servants were asked to share, when and by which office, with sums: for everybody", plain(s.registerSite)},
		{"GET", registerPath + "/" + disclosure.EntriesFile, public, "The register as open data", plain(s.registerFile)},
		{"GET", registerPath + "/" + disclosure.SumsFile, public, "Its sums as open data", plain(s.registerSumsFile)},
		{"GET", registerPath + "/datapackage.json", public, "What the columns of the open data mean (Data Package)", plain(s.registerPackage)},
		{"GET", "/api/v1/disclosure", public, "The same register, page by page", json(s.listRegister)},
		{"GET", "/api/v1/disclosure/sums", public, "Twelve months of an office with all below it", json(s.registerSums)},
		{"GET", "/k/{slug}", public, "The public page of a content", plain(s.publicPage)},
	}, s.reportRoutes())
}

// json registers a typed handler with huma, which checks the input and documents the route.
func json[I, O any](handler func(context.Context, *I) (*O, error)) register {
	return typed(http.StatusOK, handler)
}

// created is json for what makes something new.
func created[I, O any](handler func(context.Context, *I) (*O, error)) register {
	return typed(http.StatusCreated, handler)
}

func typed[I, O any](status int, handler func(context.Context, *I) (*O, error)) register {
	return func(s *Server, r route) {
		op := huma.Operation{Method: r.Method, Path: r.Path, Summary: r.Summary, DefaultStatus: status,
			OperationID: operationID(r), Errors: []int{http.StatusUnauthorized, http.StatusUnprocessableEntity}, MaxBodyBytes: bodyLimit}
		if r.Allow != nil {
			op.Security = []map[string][]string{{"session": {}}, {"bearer": {}}}
			op.Errors = append(op.Errors, http.StatusForbidden, http.StatusNotFound, http.StatusConflict)
		}
		huma.Register(s.api, op, func(ctx context.Context, input *I) (*O, error) {
			output, err := handler(ctx, input)
			if err != nil {
				return nil, s.refuse(ctx, err)
			}
			return output, nil
		})
	}
}

// plain registers a handler that speaks HTTP itself: redirects, pages, health. It answers HEAD as well.
func plain(handler fiber.Handler) register {
	return func(s *Server, r route) {
		s.app.Add(r.Method, fiberPath(r.Path), handler)
		s.app.Add(fiber.MethodHead, fiberPath(r.Path), s.guard(r), handler)
		s.document(r)
	}
}

// document puts a plain route into the API document as well: no path is left out.
func (s *Server) document(r route) {
	s.api.OpenAPI().AddOperation(&huma.Operation{Method: r.Method, Path: r.Path, Summary: r.Summary, OperationID: operationID(r),
		Responses: map[string]*huma.Response{"default": {Description: r.Summary}}})
}
