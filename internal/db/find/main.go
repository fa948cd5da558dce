// Command find prints where PostgreSQL's binaries are, and fails when there are none.
package main

import (
	"flag"
	"fmt"
	"os"

	"gaung/internal/db"
)

func main() {
	cache := flag.String("cache", "", "folder that holds binaries from the npm registry")
	flag.Parse()
	dir, err := db.FindBinaries(os.Getenv("PG_BIN_DIR"), *cache)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(dir)
}
