// Package migrations owns the schema: plain SQL files, forward only, embedded into the binary.
//
// 00001–00009 are the base (2–8 are River's own); later ones are named by UTC time, so that two
// branches do not collide, and may be applied out of order.
package migrations

import "embed"

// Files holds every migration.
//
//go:embed *.sql
var Files embed.FS
