package user

import "context"

// Check and ApplyRun are what the jobs do, for tests that run no queue.
func (d *Desk) Check(ctx context.Context, roster int64) error { return d.check(ctx, roster) }

// ApplyRun is the job of Apply.
func (d *Desk) ApplyRun(ctx context.Context, roster int64) error { return d.apply(ctx, roster) }

// Digits opens a number for a test.
func (n NIP) Digits() string { return n.digits }
