package auth_test

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gaung/internal/auth"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/seal"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
	"gaung/internal/user"
)

const (
	issuer   = "https://gaung.example"
	password = "empat kata acak sekali"
)

// world is a kit whose clock a test may move.
type world struct {
	*testkit.Kit
	t     testing.TB
	later atomic.Int64 // nanoseconds past testdb.Now
	auth  *auth.Service

	address string // of this test alone: failures count by address
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, address: "address of " + rand.Text()}
	url := testdb.New(t).Pool().Config().ConnString()
	w.Kit = testkit.On(t, testdb.Open(t, url, func() time.Time { return testdb.Now.Add(time.Duration(w.later.Load())) }))
	w.auth = w.service(w.Ring)
	return w
}

func (w *world) service(ring *seal.Ring) *auth.Service {
	return auth.New(w.DB, ring, user.New(w.DB, ring, w.Org), issuer, auth.Cost{MemoryKiB: 64, Iterations: 1})
}

func (w *world) wait(d time.Duration) { w.later.Add(int64(d)) }

// member is somebody with a password, and what they sign in with.
func (w *world) member() (org.Actor, string) {
	w.t.Helper()
	actor := w.Staff()
	me, err := w.User.Me(w.t.Context(), actor)
	if err == nil {
		err = w.auth.SetPasswords(w.t.Context(), []id.User{actor.User}, password)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return actor, me.Email
}

func (w *world) signIn(email string) auth.Tokens {
	w.t.Helper()
	tokens, err := w.auth.SignIn(w.t.Context(), auth.Credentials{Identifier: email, Password: password, Address: w.address})
	if err != nil {
		w.t.Fatal(err)
	}
	return tokens
}

func TestUnknownPersonAndWrongPasswordGetTheSameAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, email := w.member()
	inactive, gone := w.member()
	if _, err := db.Exec(t.Context(), w.DB, `UPDATE app_user SET active = false WHERE id = $1`, inactive.User); err != nil {
		t.Fatal(err)
	}
	without, err := w.User.Me(t.Context(), w.Staff())
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]int{}
	for _, try := range [][2]string{{email, "salah sama sekali"}, {"tidak.ada@uji.example", password}, {gone, password},
		{without.Email, password}, {without.Email, "\x00"}, {email, strings.Repeat("a", 200)}, {email, ""}, {"", ""}} {
		_, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: try[0], Password: try[1], Address: w.address})
		answers[fmt.Sprint(err)]++
		if errs.CodeOf(err) != errs.Unauthenticated {
			t.Errorf("%q: %v", try, err)
		}
	}
	if len(answers) != 1 {
		t.Errorf("answers differ: %v", answers)
	}
}

func TestInactivePersonIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, email := w.member()
	tokens := w.signIn(email)
	if _, err := w.auth.Verify(t.Context(), tokens.Access); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(t.Context(), w.DB, `UPDATE app_user SET active = false WHERE id = $1`, actor.User); err != nil {
		t.Fatal(err)
	}
	if _, err := w.auth.Verify(t.Context(), tokens.Access); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("access: %v", err)
	}
	if _, err := w.auth.Refresh(t.Context(), tokens.Refresh); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("refresh: %v", err)
	}
}

func TestPasswordChangeEndsTheOtherSessions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, email := w.member()
	stranger, strangersEmail := w.member()
	here, there, foreign := w.signIn(email), w.signIn(email), w.signIn(strangersEmail)
	me, err := w.auth.Verify(t.Context(), here.Access)
	if err != nil {
		t.Fatal(err)
	}
	const next = "lima kata acak yang lain"
	for _, c := range []struct{ name, old, next, field string }{
		{"wrong old password", "bukan ini sama sekali", next, "old_password"},
		{"too short", password, "pendek", "new_password"},
		{"too long", password, strings.Repeat("a", 129), "new_password"},
		{"unchanged", password, password, "new_password"},
	} {
		var fault *errs.Error
		if err := w.auth.ChangePassword(t.Context(), me.Actor, me.Session, c.old, c.next); !errors.As(err, &fault) || fault.Field != c.field {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if err := w.auth.ChangePassword(t.Context(), me.Actor, me.Session, password, next); err != nil {
		t.Fatal(err)
	}
	if _, err := w.auth.Verify(t.Context(), here.Access); err != nil {
		t.Errorf("this session ended: %v", err)
	}
	if _, err := w.auth.Verify(t.Context(), there.Access); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("the other device goes on: %v", err)
	}
	if _, err := w.auth.Refresh(t.Context(), there.Refresh); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("the other device refreshes: %v", err)
	}
	if who, err := w.auth.Verify(t.Context(), foreign.Access); err != nil || who.Actor.User != stranger.User {
		t.Errorf("somebody else was signed out: %v", err)
	}
	if _, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: password, Address: w.address}); err == nil {
		t.Error("the old password still opens")
	}
	if _, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: next, Address: w.address}); err != nil {
		t.Errorf("the new password: %v", err)
	}
}

// Whatever a person is let choose must let them in again.
func TestChosenPasswordSignsIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, chosen := range []string{"awan\x00biru\x00teduh", "angin sore 🙂🙂🙂", strings.Repeat("ombak laut sepi ", 8)} {
		_, email := w.member()
		me, err := w.auth.Verify(t.Context(), w.signIn(email).Access)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.auth.ChangePassword(t.Context(), me.Actor, me.Session, password, chosen); err != nil {
			t.Errorf("%q: %v", chosen, err)
		}
		if _, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: chosen, Address: w.address}); err != nil {
			t.Errorf("%q was accepted and does not open: %v", chosen, err)
		}
	}
}

func TestRotatedRingKeepsPeopleSignedIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actor, email := w.member()
	tokens := w.signIn(email)
	ring, err := seal.ParseRing("2:ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100\n" + testkit.Key)
	if err != nil {
		t.Fatal(err)
	}
	rotated := w.service(ring)
	next, err := rotated.Refresh(t.Context(), tokens.Refresh)
	if err != nil {
		t.Fatal(err)
	}
	if who, err := rotated.Verify(t.Context(), next.Access); err != nil || who.Actor.User != actor.User {
		t.Errorf("%v", err)
	}
	if _, err := rotated.SignIn(t.Context(), auth.Credentials{Identifier: strings.ToUpper(email) + " ", Password: password, Address: w.address}); err != nil {
		t.Errorf("signing in after the rotation: %v", err)
	}
	if _, err := w.auth.Refresh(t.Context(), next.Refresh); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("a key that is not on the ring: %v", err)
	}
}

// Whatever is sent as a refresh token, the answer is "sign in again".
func TestGarbledRefreshTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, email := w.member()
	genuine := w.signIn(email).Refresh
	raw, err := base64.RawURLEncoding.DecodeString(genuine)
	if err != nil {
		t.Fatal(err)
	}
	for at := range raw {
		forged := append([]byte{}, raw...)
		forged[at] ^= 0x80
		if _, err := w.auth.Refresh(t.Context(), base64.RawURLEncoding.EncodeToString(forged)); errs.CodeOf(err) != errs.Unauthenticated {
			t.Errorf("byte %d changed: %v", at, err)
		}
	}
	for _, text := range []string{"", "x", genuine + "A", strings.Repeat("_", len(genuine))} {
		if _, err := w.auth.Refresh(t.Context(), text); errs.CodeOf(err) != errs.Unauthenticated {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := w.auth.Refresh(t.Context(), genuine); err != nil {
		t.Errorf("the genuine one after the forged: %v", err)
	}
	w.wait(auth.SessionLife)
	if _, err := w.auth.Refresh(t.Context(), genuine); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("after a month without use: %v", err)
	}
}

func TestFailuresAreForgottenAfterAWhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, email := w.member()
	guess := func() error {
		_, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: "tebakan yang salah", Address: w.address})
		return err
	}
	for range 5 {
		if err := guess(); errs.CodeOf(err) != errs.Unauthenticated {
			t.Fatal(err)
		}
	}
	if _, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: password, Address: w.address}); errs.CodeOf(err) != errs.TooMany {
		t.Errorf("right password after five wrong ones: %v", err)
	}
	w.wait(15*time.Minute + time.Second)
	if err := guess(); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("after the window: %v", err)
	}
	w.signIn(email) // and a success forgets the one failure
	for range 4 {
		if err := guess(); errs.CodeOf(err) != errs.Unauthenticated {
			t.Fatal(err)
		}
	}
	w.signIn(email)
}

func TestOneAddressCannotTryEverybody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, email := w.member()
	spray := "elsewhere than " + w.address
	for n := range 60 {
		if _, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: fmt.Sprintf("orang.%d@uji.example", n), Password: "sandi umum 123", Address: spray}); errs.CodeOf(err) != errs.Unauthenticated {
			t.Fatalf("try %d: %v", n, err)
		}
	}
	if _, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: password, Address: spray}); errs.CodeOf(err) != errs.TooMany {
		t.Errorf("the 61st: %v", err)
	}
	if _, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: password, Address: w.address}); err != nil {
		t.Errorf("another address: %v", err)
	}
}

// Guessing many at once is no way around the limit: at most five of the answers say wrong.
func TestGuessesAtOnceAreBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, email := w.member()
	var wrong atomic.Int64
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			_, err := w.auth.SignIn(t.Context(), auth.Credentials{Identifier: email, Password: "tebakan yang salah", Address: w.address})
			if errs.CodeOf(err) == errs.Unauthenticated {
				wrong.Add(1)
			} else if errs.CodeOf(err) != errs.TooMany {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := wrong.Load(); n != 5 {
		t.Errorf("%d guesses were answered, want 5", n)
	}
}
