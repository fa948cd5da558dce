package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
	"time"

	"gaung/internal/auth"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/user"
)

// adminCommand is the way into a fresh server.
type adminCommand struct {
	Email      string `required:"" help:"What the administrator signs in with."`
	Name       string `required:"" help:"The administrator's name."`
	Agency     string `required:"" help:"Code of the node that is administered, with everything below it."`
	AgencyName string `help:"Name of that node, when it is not there yet: it becomes a root of the tree."`
	Kind       string `enum:"ministry,region,agency" default:"region" help:"Level of a new node: ${enum}."`
	Zone       string `default:"Asia/Jakarta" help:"IANA zone of a new node."`
}

// Run creates the administrator, and the node if it is new.
func (cmd adminCommand) Run(p process) error {
	w, err := open(p)
	if err != nil {
		return err
	}
	defer w.close()
	switch _, err := w.user.ByIdentifier(p.ctx, cmd.Email); {
	case err == nil:
		return errors.New("this address belongs to somebody already; gaung reset gives them a new password")
	case !errors.Is(err, user.ErrUnknown):
		return err
	}
	node, err := cmd.node(p, w)
	if err != nil {
		return err
	}
	zone, err := period.Zone(node.Zone)
	if err != nil {
		return err
	}
	made, err := w.user.CreateAll(p.ctx, []user.Draft{{Name: cmd.Name, Email: cmd.Email, Unit: node.ID,
		From: period.LocalDay(time.Now(), zone), Roles: []org.Grant{{Role: org.Admin, Agency: node.ID}}}})
	if err != nil {
		return err
	}
	return w.giveFirst(p, made[0])
}

func (cmd adminCommand) node(p process, w *wired) (org.Agency, error) {
	node, there, err := w.org.ByCode(p.ctx, cmd.Agency)
	if err != nil || there {
		return node, err
	}
	if cmd.AgencyName == "" {
		return node, fmt.Errorf("there is no agency with the code %s; --agency-name creates it", cmd.Agency)
	}
	made, err := w.org.CreateAll(p.ctx, []org.DraftByCode{{Draft: org.Draft{Kind: org.Kind(cmd.Kind), Code: cmd.Agency, Name: cmd.AgencyName, Zone: cmd.Zone}}})
	return made[cmd.Agency], err
}

// resetCommand is for whoever lost everything, and for the last administrator.
type resetCommand struct {
	Email    string `xor:"who" required:"" help:"Whose account."`
	NIPStdin bool   `xor:"who" required:"" name:"nip-stdin" help:"Read the NIP (or the address) from standard input: arguments are seen by everybody on the machine."`
}

// Run resets password and authenticator app.
func (cmd resetCommand) Run(p process) error {
	identifier := cmd.Email
	if cmd.NIPStdin {
		line, err := bufio.NewReader(p.in).ReadString('\n')
		if identifier = strings.TrimSpace(line); identifier == "" {
			return fmt.Errorf("standard input holds no NIP: %w", err)
		}
	}
	w, err := open(p)
	if err != nil {
		return err
	}
	defer w.close()
	person, err := w.user.ByIdentifier(p.ctx, identifier)
	if errors.Is(err, user.ErrUnknown) {
		return errors.New("nobody who is active signs in with this")
	}
	if err != nil {
		return err
	}
	return w.giveFirst(p, person)
}

// giveFirst prints a first password; the terminal is the only place where it ever stands.
func (w *wired) giveFirst(p process, person id.User) error {
	issued, err := w.auth.ResetFromShell(p.ctx, person)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "first password: %s\nIt holds for %d days and must be changed at the first sign-in.\n", issued.Password, int(auth.FirstLife.Hours()/24))
	return err
}
