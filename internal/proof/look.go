package proof

import (
	"context"
	"encoding/json"
	"errors"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gaung/internal/errs"
	"gaung/internal/fetch"
	"gaung/internal/id"
	"gaung/internal/network"
	"gaung/internal/share"
)

// seen is what one look at a post told.
type seen struct {
	state  State
	reason string
	item   id.Content     // which content it is about, when it is proof
	on     network.Number // of the link that was found
	after  time.Duration  // how long its server wants to be left alone
	final  bool           // looking again will not help
}

// The reasons, which the client has words for.
const (
	notPublic  = "not_public"  // deleted, or not for everybody
	noLink     = "no_link"     // it was read, without the link
	otherLink  = "other_link"  // it carries somebody else's link
	signIn     = "sign_in"     // the network shows it only to who is signed in
	wrapped    = "wrapped"     // its links are hidden behind the network's own
	busy       = "busy"        // the server says that we ask too much
	noAnswer   = "no_answer"   // the server does not answer
	unreadable = "unreadable"  // too large, no page, or somewhere where we do not go
	itself     = "is_official" // it is the official post
)

// look reads what the place tells machines of a post, and then its page.
func (s *Service) look(ctx context.Context, address string, place network.Place, w wanted) seen {
	if w.posts.has(address, place) {
		return seen{state: Absent, reason: itself, final: true}
	}
	whole := false
	if embed := place.EmbedOf(address); embed != "" {
		answer, err := s.web.Get(ctx, embed)
		if err == nil && answer.Status == http.StatusOK && strings.Contains(answer.Header.Get("Content-Type"), "json") {
			text := embedText(answer.Body)
			if found := s.find(text, w); found.tells() {
				return found
			}
			// What a network hands out uncut and without a hidden link is all there is.
			whole = place.Wrapped != "" && !strings.Contains(text, place.Wrapped) && !strings.Contains(text, "…")
		} else if err == nil && (answer.Status == http.StatusNotFound || answer.Status == http.StatusForbidden) {
			return seen{state: Absent, reason: notPublic}
		} else if err == nil && slow(answer.Status) {
			return tooMuch(answer)
		}
	}
	if whole {
		return seen{state: Absent, reason: noLink}
	}
	answer, err := s.web.Get(ctx, address)
	if err != nil {
		return failed(err)
	}
	return s.judge(answer, address, place, w)
}

func slow(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// tooMuch reads how long a server wants to be left alone: seconds, or a date.
func tooMuch(answer fetch.Answer) seen {
	after := time.Duration(0)
	text := answer.Header.Get("Retry-After")
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		after = time.Duration(min(n, int(mostPause.Seconds()))) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		if asked, err := http.ParseTime(answer.Header.Get("Date")); err == nil { // by its own clock
			after = max(0, at.Sub(asked))
		}
	}
	return seen{state: Unknown, reason: busy, after: after}
}

func failed(err error) seen {
	var ours *errs.Error
	if errors.As(err, &ours) && ours.Code == errs.Invalid {
		return seen{state: Unknown, reason: unreadable}
	}
	return seen{state: Unknown, reason: noAnswer}
}

// judge says what a page proves. What its network shows only to members is unknown, never absent.
func (s *Service) judge(answer fetch.Answer, address string, place network.Place, w wanted) seen {
	switch {
	case slow(answer.Status):
		return tooMuch(answer)
	case answer.Status == http.StatusNotFound || answer.Status == http.StatusGone:
		if place.Open {
			return seen{state: Absent, reason: notPublic}
		}
		return seen{state: Unknown, reason: signIn}
	case answer.Status == http.StatusUnauthorized || answer.Status == http.StatusForbidden:
		return seen{state: Unknown, reason: signIn}
	case answer.Status != http.StatusOK:
		return seen{state: Unknown, reason: noAnswer}
	case !strings.Contains(answer.Header.Get("Content-Type"), "html"):
		return seen{state: Unknown, reason: unreadable}
	}
	text := plainText(answer.Body)
	if movedAway(answer.URL, address, place) || wall.MatchString(text) {
		return seen{state: Unknown, reason: signIn}
	}
	found := s.find(shownText(answer.Body), w)
	switch {
	case found.tells():
		return found
	case place.Wrapped != "" && strings.Contains(text, place.Wrapped):
		return seen{state: Unknown, reason: wrapped}
	case !place.Open:
		return seen{state: Unknown, reason: signIn}
	}
	return seen{state: Absent, reason: noLink}
}

// wall are the marks of pages that ask whoever comes to sign in, and answer 200 all the same.
var wall = regexp.MustCompile(`(?i)id="login_form"|name="login_source"|/accounts/login/\?next=|"loginpage"|id="loginform"|<title>\s*(?:log in|log into|masuk|login)\b`)

// movedAway tells whether redirects led from the post to somewhere else: to a page for signing in, or another site.
func movedAway(to, from string, place network.Place) bool {
	if to == "" {
		return false
	}
	normal, there, why := network.PostAt(to, network.HostOf(from))
	if why == "" && there.Key == place.Key {
		return false
	}
	return why != "" || normal != from
}

// unescaped are the ways in which pages write an address inside of scripts.
var unescaped = strings.NewReplacer(`\/`, "/", `\u002F`, "/", `\u002f`, "/", `\u003A`, ":", `\u003a`, ":", `\u0026`, "&", "%2F", "/", "%2f", "/", "%3A", ":", "%3a", ":")

func plainText(body []byte) string {
	return unescaped.Replace(html.UnescapeString(strings.ToValidUTF8(string(body), "")))
}

// unshown is what nobody reads who looks at a page: remarks, programs, looks. One that does not end goes on to the end.
var unshown = regexp.MustCompile(`(?is)<!--.*?(?:-->|$)|<script\b.*?(?:</script\s*>|$)|<style\b.*?(?:</style\s*>|$)|<template\b.*?(?:</template\s*>|$)`)

// shownText is a page without what it does not show.
func shownText(body []byte) string { return plainText(unshown.ReplaceAll(body, []byte(" "))) }

// embedText is all that a place tells machines, as text.
func embedText(body []byte) string {
	var fields map[string]any
	if json.Unmarshal(body, &fields) != nil {
		return shownText(body)
	}
	var all strings.Builder
	for _, value := range fields {
		if text, is := value.(string); is {
			all.WriteString(shownText([]byte(text)))
			all.WriteByte('\n')
		}
	}
	return all.String()
}

// tells is whether nothing more needs to be read.
func (s seen) tells() bool {
	return s.state == Confirmed || s.reason == otherLink || s.state == Unknown && s.reason == noLink
}

// find looks for the own link: that alone is proof, wherever else the post leads. Without it, somebody else's says whose
// post it is. A post that names the official one may be anybody's: who wrote it is not known, so that is no proof.
func (s *Service) find(text string, w wanted) seen {
	others := false
	for _, code := range s.codesIn(text) {
		for _, owner := range s.share.Owners(code) {
			if owner.User == w.user && (w.item == 0 || w.item == owner.Content) {
				return seen{state: Confirmed, item: owner.Content, on: owner.Network}
			}
			others = others || owner.User != w.user
		}
	}
	if others {
		return seen{state: Absent, reason: otherLink, final: true}
	}
	for _, name := range w.posts.names {
		if at := strings.Index(text, name); at >= 0 && apart(text, at-1) && apart(text, at+len(name)) {
			return seen{state: Unknown, reason: noLink}
		}
	}
	return seen{state: Absent, reason: noLink}
}

// apart tells whether the character at a place ends a name.
func apart(text string, at int) bool {
	return at < 0 || at >= len(text) || !strings.ContainsRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-", rune(text[at]))
}

const mostCodes = 200 // of one page

// codesIn are the codes of personal links of this installation in a text, with or without https before them.
func (s *Service) codesIn(text string) (codes []string) {
	before := s.share.LinkPath()
	if u, err := url.Parse(before); err == nil {
		before = u.Host + u.Path
	}
	for len(codes) < mostCodes {
		_, rest, found := strings.Cut(text, before)
		if !found {
			break
		}
		text = rest
		if len(rest) >= share.LinkCode && apart(rest, share.LinkCode) {
			codes = append(codes, rest[:share.LinkCode])
		}
	}
	return codes
}
