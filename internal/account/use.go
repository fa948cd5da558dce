package account

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
	"gaung/internal/trust"
)

// Post is an official post with the account that it is said to stand on; 0: not said.
type Post struct {
	Network string
	URL     string
	Account id.Account
}

// usable is an account that an agency may name: its own, and those of the nodes above it.
type usable struct {
	ID        id.Account
	AgencyID  id.Agency
	Network   string
	Handle    string
	Kind      Kind
	OpenUntil *period.Day
	ClosedAt  *time.Time
	Zone      string

	Election bool `gorm:"-"` // a mode holds in the region of the account
}

// usableBy reads them, those of the nearest node first.
func usableBy(ctx context.Context, tx *db.Tx, agency id.Agency) ([]usable, error) {
	known, err := db.All[usable](ctx, tx, `SELECT c.id, c.agency_id, c.network, c.handle, c.kind, c.open_until, c.closed_at, a.zone
		FROM account AS c JOIN agency AS a ON a.id = c.agency_id JOIN agency AS u ON u.id = $1::int8 AND c.agency_id = ANY(u.path) ORDER BY cardinality(a.path) DESC, c.id`, agency)
	if err != nil {
		return nil, err
	}
	owners := make([]id.Agency, len(known))
	for i, one := range known {
		owners[i] = one.AgencyID
	}
	held, err := trust.HeldTx(ctx, tx, owners)
	for i := range known {
		known[i].Election = held[known[i].AgencyID]
	}
	return known, err
}

// FillTx names the account of each post where only one can be meant: the address says so, or there is just one
// official account on that network in the nearest node that has any.
func FillTx(ctx context.Context, tx *db.Tx, agency id.Agency, posts []Post) error {
	if !slices.ContainsFunc(posts, func(p Post) bool { return p.Account == 0 }) {
		return nil
	}
	known, err := usableBy(ctx, tx, agency)
	for i := range posts {
		if err == nil && posts[i].Account == 0 {
			posts[i].Account = meant(known, posts[i])
		}
	}
	return err
}

func meant(known []usable, post Post) id.Account {
	said, fits := handleIn(post.Network, post.URL), []usable{}
	for _, one := range known {
		if one.ClosedAt != nil || one.Network != post.Network {
			continue
		}
		if said != "" && one.Handle == said {
			return one.ID
		}
		if said == "" && one.Kind == Official && (len(fits) == 0 || one.AgencyID == fits[0].AgencyID) {
			fits = append(fits, one)
		}
	}
	if len(fits) == 1 {
		return fits[0].ID
	}
	return 0
}

// FaultsTx says of each post why it cannot stand on its account; "" where it can. In election mode no personal
// account can be used.
func FaultsTx(ctx context.Context, tx *db.Tx, agency id.Agency, posts []Post, election bool) ([]string, error) {
	faults := make([]string, len(posts))
	if len(posts) == 0 {
		return faults, nil
	}
	known, err := usableBy(ctx, tx, agency)
	for i, post := range posts {
		faults[i] = fault(known, post, tx.Now, election)
	}
	return faults, err
}

func fault(known []usable, post Post, now time.Time, election bool) string {
	at := slices.IndexFunc(known, func(one usable) bool { return one.ID == post.Account })
	if post.Account == 0 || at < 0 || known[at].Network != post.Network {
		return "Unggahan resmi harus memakai akun yang terdaftar. Pilih akunnya, atau minta penerbit mendaftarkannya di Akun resmi."
	}
	one := known[at]
	said := handleIn(post.Network, post.URL)
	switch {
	case one.ClosedAt != nil:
		return "Akun @" + one.Handle + " sudah ditutup. Pilih akun lain."
	case said != "" && said != one.Handle:
		return "Alamat ini milik akun @" + said + ", bukan @" + one.Handle + ". Pilih akun yang sesuai."
	case one.Kind == Official:
		return ""
	case election || one.Election:
		return "Akun pribadi pejabat @" + one.Handle + " tidak dapat dipakai selama mode pemilu."
	case one.OpenUntil == nil:
		return "Akun pribadi pejabat @" + one.Handle + " belum dibuka. Administrator dapat membukanya untuk waktu terbatas."
	case *one.OpenUntil < period.LocalDay(now, period.MustZone(one.Zone)):
		return "Waktu pemakaian akun pribadi pejabat @" + one.Handle + " sudah habis."
	}
	return ""
}

// notHandles are first parts of addresses that name no account.
var notHandles = map[string]string{
	"instagram": "p reel reels tv stories explore",
	"facebook":  "watch reel reels share photo photo.php photos permalink.php story.php groups events p people profile.php",
	"x":         "i home intent",
	"youtube":   "watch shorts live playlist channel embed",
}

// handleIn is the account that an address of a network names; empty where it names none.
func handleIn(network, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if network == "website" {
		return handle(u.Hostname())
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	first = strings.ToLower(first)
	switch network {
	case "tiktok", "threads", "youtube":
		if name, marked := strings.CutPrefix(first, "@"); marked {
			return name
		}
		return ""
	}
	if slices.Contains(strings.Fields(notHandles[network]), first) {
		return ""
	}
	return strings.TrimPrefix(first, "@")
}
