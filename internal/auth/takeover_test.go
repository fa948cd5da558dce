package auth_test

import (
	"testing"
	"time"

	"gaung/internal/auth"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/org"
	"gaung/internal/page"
)

// An operator knows the letter of somebody who has not come yet. When that person is given a role before
// they come, the letter opens nothing: the operator would get the role with it.
func TestALetterIsVoidOnceItsOwnerIsGivenARole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, admin, person := w.Staff(org.Operator), w.Staff(org.Admin), w.Person(w.Unit.ID)
	me, err := w.User.Me(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	enter := func(password string) (auth.Tokens, error) {
		return w.auth.SignIn(t.Context(), auth.Credentials{Identifier: me.Email, Password: password, Address: w.address})
	}
	letter, err := w.auth.ResetPassword(t.Context(), operator, person.User)
	if err != nil {
		t.Fatal(err)
	}
	begun, err := enter(letter.Password)
	if err != nil {
		t.Fatal(err)
	}
	w.wait(time.Second)
	grant := org.Grant{Role: org.Approver, Agency: w.Dinas.ID}
	if _, err := w.Desk.Grant(t.Context(), admin, person.User, grant); err != nil {
		t.Fatal(err)
	}
	if _, err := enter(letter.Password); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("the operator's letter opens the approver's account: %v", err)
	}
	if caller, err := w.auth.Verify(t.Context(), begun.Access); errs.CodeOf(err) != errs.Unauthenticated {
		t.Errorf("a session that the letter began goes on as %+v", caller)
	}
	w.wait(time.Second)
	if letter, err = w.auth.ResetPassword(t.Context(), admin, person.User); err != nil {
		t.Fatal(err)
	}
	if _, err := enter(letter.Password); err != nil {
		t.Errorf("the administrator's letter: %v", err)
	}
}

// First passwords are hashed for seconds; who is given a role meanwhile gets none.
func TestAFirstPasswordSeesARoleThatIsGivenMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	operator, person := w.Staff(org.Operator), w.Person(w.Unit.ID)
	granted, commit, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- w.DB.Tx(t.Context(), func(tx *db.Tx) error {
			for _, statement := range []string{`SELECT FROM app_user WHERE id = $1 FOR UPDATE`,
				`INSERT INTO user_role (user_id, agency_id, role, granted_at) SELECT $1, unit_id, 'admin', now() FROM placement WHERE user_id = $1`} {
				if _, err := db.Exec(t.Context(), tx, statement, person.User); err != nil {
					return err
				}
			}
			close(granted)
			<-commit
			return nil
		})
	}()
	<-granted
	made := make(chan page.Page[auth.FirstPassword], 1)
	go func() {
		list, err := w.auth.FirstPasswords(t.Context(), operator, w.Unit.ID, page.Ask{})
		if err != nil {
			t.Error(err)
		}
		made <- list
	}()
	var list page.Page[auth.FirstPassword]
	select {
	case list = <-made: // it did not wait
		close(commit)
	case <-time.After(time.Second):
		close(commit)
		list = <-made
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	for _, line := range list.Items {
		if line.ID == person.User {
			t.Errorf("an administrator's password was given to an operator")
		}
	}
}
