package db

import "syscall"

// process puts the server into a group of its own, so that Ctrl-C reaches us first, and has the
// kernel end it when we die, however we die.
func (a account) process() *syscall.SysProcAttr {
	attributes := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGINT}
	if a.drop {
		attributes.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return attributes
}
