package auth_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"gaung/internal/auth"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
)

// phone is an authenticator app.
type phone struct {
	w      *world
	secret string
}

// code is what the phone shows when its clock is off by so much.
func (p phone) code(off time.Duration) string {
	p.w.t.Helper()
	text, err := totp.GenerateCode(p.secret, p.w.DB.Now().Add(off))
	if err != nil {
		p.w.t.Fatal(err)
	}
	return text
}

// enrolled gives a member an authenticator app; its first code was used just now.
func (w *world) enrolled(actor org.Actor) (phone, []string) {
	w.t.Helper()
	shown, err := w.auth.BeginTOTP(w.t.Context(), actor, "", password)
	if err != nil {
		w.t.Fatal(err)
	}
	p := phone{w, strings.ReplaceAll(shown.Secret, " ", "")}
	codes, err := w.auth.ConfirmTOTP(w.t.Context(), actor, p.code(0))
	if err != nil {
		w.t.Fatal(err)
	}
	return p, codes
}

func (w *world) try(email, code string) (auth.Tokens, error) {
	return w.auth.SignIn(w.t.Context(), auth.Credentials{Identifier: email, Password: password, OTP: code, Address: w.address})
}

func TestCodeOpensOnceAndOnlyInItsTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, email := w.member()
	p, codes := w.enrolled(actor)
	if len(codes) != 10 {
		t.Fatalf("recovery codes: %v", codes)
	}
	const step = 30 * time.Second
	for _, c := range []struct {
		name string
		wait time.Duration
		off  time.Duration
		want errs.Code // Internal stands for none
	}{
		{"the code of the enrolment again", 0, 0, errs.OTPRequired},
		{"one of the next step, from a fast clock", 0, step, errs.Internal},
		{"the same again", 0, step, errs.OTPRequired},
		{"and when its time comes", step, 0, errs.OTPRequired},
		{"from a slow clock", 3 * step, -step, errs.Internal},
		{"too slow", 15 * time.Minute, -2 * step, errs.OTPRequired},
		{"too fast", 0, 2 * step, errs.OTPRequired},
		{"in time", 0, 0, errs.Internal},
	} {
		w.wait(c.wait)
		_, err := w.try(email, p.code(c.off))
		if got := errs.CodeOf(err); (err != nil || c.want != errs.Internal) && got != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := w.try(email, ""); errs.CodeOf(err) != errs.OTPRequired {
		t.Errorf("without a code: %v", err)
	}
	stranger := auth.Credentials{Identifier: email, Password: "bukan kata sandinya", OTP: p.code(0), Address: w.address}
	if _, err := w.auth.SignIn(t.Context(), stranger); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("a wrong password tells of the code: %v", err)
	}
}

func TestCodeInParallelOpensExactlyOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, email := w.member()
	p, _ := w.enrolled(actor)
	w.wait(time.Minute)
	replica := w.service(w.Ring)
	code, opened := p.code(0), atomic.Int64{}
	var all sync.WaitGroup
	for n := range 10 {
		all.Go(func() {
			service := w.auth
			if n%2 == 0 {
				service = replica
			}
			if _, err := service.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: password, OTP: code, Address: w.address}); err == nil {
				opened.Add(1)
			}
		})
	}
	all.Wait()
	if n := opened.Load(); n != 1 {
		t.Errorf("%d sign-ins with one code", n)
	}
}

func TestWrongCodesAreLimitedAndAStrangerCannotUseThemUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, email := w.member()
	p, _ := w.enrolled(actor)
	w.wait(time.Minute)
	for range 50 {
		if _, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: "tebakan", OTP: "000000", Address: "198.51.100.3"}); err == nil {
			t.Fatal("opened")
		}
	}
	if _, err := w.try(email, p.code(0)); err != nil {
		t.Fatalf("a stranger used up the codes: %v", err)
	}
	for range 5 {
		if _, err := w.try(email, "12345"); errs.CodeOf(err) != errs.OTPRequired {
			t.Fatal(err)
		}
	}
	w.wait(time.Minute)
	if _, err := w.try(email, p.code(0)); errs.CodeOf(err) != errs.TooMany {
		t.Errorf("the right code after five wrong ones: %v", err)
	}
	w.wait(15 * time.Minute)
	if _, err := w.try(email, p.code(0)); err != nil {
		t.Errorf("after the window: %v", err)
	}
}

func TestRecoveryCodeOpensOnceAndIsAudited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, email := w.member()
	p, codes := w.enrolled(actor)
	w.wait(time.Minute)
	tokens, err := w.try(email, strings.ToUpper(codes[0]))
	if err != nil || tokens.RecoveryLeft == nil || *tokens.RecoveryLeft != 9 {
		t.Fatalf("%+v, %v", tokens.RecoveryLeft, err)
	}
	if _, err := w.try(email, codes[0]); errs.CodeOf(err) != errs.OTPRequired {
		t.Errorf("the same again: %v", err)
	}
	other, otherEmail := w.member()
	w.enrolled(other)
	if _, err := w.try(otherEmail, codes[1]); errs.CodeOf(err) != errs.OTPRequired {
		t.Errorf("somebody else's: %v", err)
	}
	fresh, err := w.auth.NewRecoveryCodes(t.Context(), actor, password, p.code(0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.try(email, codes[2]); errs.CodeOf(err) != errs.OTPRequired {
		t.Errorf("one that was replaced: %v", err)
	}
	if _, err := w.try(email, fresh[0]); err != nil {
		t.Errorf("a new one: %v", err)
	}
	if n := w.audited(actor, "auth.use_recovery_code"); n != 2 {
		t.Errorf("%d audit rows", n)
	}
}

func (w *world) audited(actor org.Actor, action string) int {
	w.t.Helper()
	found, err := db.Get[struct{ N int }](w.t.Context(), w.DB, `SELECT count(*) AS n FROM audit_log WHERE actor_id = $1 AND action = $2`, int64(actor.User), action)
	if err != nil {
		w.t.Fatal(err)
	}
	return found.N
}

func TestDisablingTakesPasswordAndCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, email := w.member()
	p, _ := w.enrolled(actor)
	w.wait(time.Minute)
	if err := w.auth.DisableTOTP(t.Context(), actor, "bukan ini", p.code(0)); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a wrong password: %v", err)
	}
	if err := w.auth.DisableTOTP(t.Context(), actor, password, "000000"); errs.CodeOf(err) != errs.Invalid {
		t.Errorf("a wrong code: %v", err)
	}
	if _, err := w.auth.BeginTOTP(t.Context(), actor, "", password); errs.CodeOf(err) != errs.Conflict {
		t.Errorf("a second secret while one counts: %v", err)
	}
	if err := w.auth.DisableTOTP(t.Context(), actor, password, p.code(0)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.try(email, ""); err != nil {
		t.Errorf("after disabling: %v", err)
	}
}

// Whoever decides or sees what is other people's must enrol before anything else.
func TestRolesNeedACode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	pendingOf := func(actor org.Actor, service *auth.Service) auth.Pending {
		t.Helper()
		me, err := w.User.Me(t.Context(), actor)
		if err != nil {
			t.Fatal(err)
		}
		w.passwords(actor)
		caller, err := service.Verify(t.Context(), w.signIn(me.Email).Access)
		if err != nil {
			t.Fatal(err)
		}
		return caller.Pending
	}
	for _, role := range []org.Role{org.Author, org.Approver, org.Publisher, org.Operator, org.Leader, org.DPO, org.Auditor, org.Admin, org.Trainer} {
		if got := pendingOf(w.Staff(role), w.auth); got != auth.EnrolTOTP {
			t.Errorf("%s: %q", role, got)
		}
		if got := pendingOf(w.Staff(role), w.auth.Relaxed()); got != "" {
			t.Errorf("%s in the demo: %q", role, got)
		}
	}
	if got := pendingOf(w.Staff(), w.auth); got != "" {
		t.Errorf("an asn: %q", got)
	}
}
