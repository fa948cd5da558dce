package mail

import (
	"errors"
	"fmt"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// noReason stands for an error that is not of a delivery.
const noReason = gomail.SendErrReason(-1)

func reasonOf(err error) gomail.SendErrReason {
	if failed, ok := errors.AsType[*gomail.SendError](err); ok {
		return failed.Reason
	}
	return noReason
}

// meaningOf says in the house's words what the talk about one letter came to. The library's own words name
// the address: only the code and the command are kept.
func meaningOf(err error) error {
	if err == nil {
		return nil
	}
	failed, ok := errors.AsType[*gomail.SendError](err)
	if !ok {
		return ErrAway
	}
	code := failed.ErrorCode()
	meaning := ErrAway
	switch failed.Reason {
	case gomail.ErrSMTPReset: // after it was accepted
		return nil
	case gomail.ErrSMTPRcptTo:
		meaning = ofRecipient(code, failed.EnhancedStatusCode())
	case gomail.ErrSMTPData, gomail.ErrWriteContent:
		if code >= 400 && code != 421 {
			meaning = ErrLater
		}
	case gomail.ErrSMTPDataClose:
		meaning = ErrUnsure
		if code >= 400 { // refused in so many words
			meaning = ErrLater
		}
	}
	return fmt.Errorf("%w: %s, code %d", meaning, failed.Reason, code)
}

// ofRecipient tells an address that is not there from a server that is asked again: 421 hangs up, 4xx is
// greylisting, 5.7.x is about who sends.
func ofRecipient(code int, enhanced string) error {
	switch {
	case code < 400 || code == 421:
		return ErrAway
	case code < 500 || strings.HasPrefix(enhanced, "5.7."):
		return ErrLater
	}
	return ErrRefused
}
