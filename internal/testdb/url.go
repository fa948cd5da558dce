package testdb

import (
	"crypto/sha256"
	"hash"
	"net/url"
	"regexp"
	"strings"
)

var keyword = regexp.MustCompile(`\bdbname=\S*`)

// withDatabase names another database on the same server, in either of libpq's two forms.
func withDatabase(base, name string) string {
	if strings.Contains(base, "://") {
		if u, err := url.Parse(base); err == nil {
			u.Path = "/" + name
			return u.String()
		}
	}
	if keyword.MatchString(base) {
		return keyword.ReplaceAllString(base, "dbname="+name)
	}
	return base + " dbname=" + name
}

func newHash() hash.Hash { return sha256.New() }
