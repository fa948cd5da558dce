package db

import "syscall"

// process puts the server into a group of its own. This system has no parent-death signal: after a
// SIGKILL of ours the server stays, and the next start joins it.
func (a account) process() *syscall.SysProcAttr {
	attributes := &syscall.SysProcAttr{Setpgid: true}
	if a.drop {
		attributes.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return attributes
}
