// Package frontend embeds the built web client, so that one binary is all there is to deploy.
package frontend

import (
	"embed"
	"io/fs"
)

// The prefix all: keeps files whose names begin with an underscore or a dot.
//
//go:embed all:dist
var dist embed.FS

// Dist is the built client; without a build it holds one page that says how to build.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}
