package server

import (
	"net/netip"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"

	"gaung/internal/id"
)

// tier is how many requests one caller may make. A whole office, or a whole province behind one address,
// is one caller of the tiers by address, so those only stop floods; persons are bounded tightly.
type tier struct {
	name      string
	perSecond float64
	burst     int
}

var (
	fromAddress = tier{"address", 200, 2000} // everything, before anything is looked up
	guessing    = tier{"guess", 0.2, 30}     // by address: link codes that do not exist
	signingIn   = tier{"sign-in", 20, 200}   // by address: passwords and tokens cost most
	looking     = tier{"look", 2, 40}        // by address: the public register, whose lists and files are made anew
	reading     = tier{"read", 10, 120}      // by person
	writing     = tier{"write", 5, 60}       // by person
	working     = tier{"work", 1, 20}        // by person: reports, imports, uploads
)

// laborious are the routes whose answers cost most.
var laborious = []string{"/api/v1/reports", "/api/v1/rosters", "/api/v1/first-passwords"}

// limiter holds one bucket for each caller and tier. It is this process's own: with several replicas a
// caller may do as much at each.
type limiter struct {
	factor  float64 // 0: no limits
	flood   *flood
	buckets *otter.Cache[bucket, *rate.Limiter]
}

// caller is who is limited: an address or a person.
type caller struct {
	address netip.Addr
	person  id.User
}

// bucket names one caller's of one tier.
type bucket struct {
	tier string
	caller
}

// The buckets that are kept, and how long after their last use: a bucket is full again long before.
const (
	mostBuckets = 50_000
	bucketLife  = 10 * time.Minute
)

func newLimiter(factor float64) *limiter {
	return &limiter{factor, newFlood(fromAddress, factor), otter.Must(&otter.Options[bucket, *rate.Limiter]{
		MaximumSize: mostBuckets, ExpiryCalculator: otter.ExpiryAccessing[bucket, *rate.Limiter](bucketLife),
	})}
}

// allow takes one request out of the caller's bucket; an empty one says how long to wait.
func (l *limiter) allow(t tier, who caller, now time.Time) error {
	if l.factor == 0 {
		return nil
	}
	key := bucket{t.name, who}
	tokens, known := l.buckets.GetIfPresent(key)
	if !known {
		tokens, _ = l.buckets.SetIfAbsent(key, rate.NewLimiter(rate.Limit(t.perSecond*l.factor), max(1, int(float64(t.burst)*l.factor))))
	}
	taken := tokens.ReserveN(now, 1)
	wait := taken.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	taken.CancelAt(now)
	return tooMany(wait)
}

// boundAddress is asked before a request costs anything.
func (s *Server) boundAddress(c *fiber.Ctx, r route) error {
	address := caller{address: requestOf(c.UserContext()).Address}
	now := time.Now()
	if err := s.limiter.flood.allow(address.address, now); err != nil {
		return err
	}
	if strings.HasPrefix(r.Path, registerPath) || strings.HasPrefix(r.Path, "/api/v1/disclosure") {
		return s.limiter.allow(looking, address, now)
	}
	if r.Allow == nil && r.Method != fiber.MethodGet && r.Path != stopRoute && r.Path != stopReportRoute { // their tokens cannot be guessed, and mail services ask for many people
		return s.limiter.allow(signingIn, address, now)
	}
	return nil
}

// boundPerson is asked as soon as it is known who asks.
func (s *Server) boundPerson(c *fiber.Ctx, r route) error {
	actor := actorOf(c.UserContext())
	if actor.User == 0 {
		return nil
	}
	return s.limiter.allow(tierOf(r), caller{person: actor.User}, time.Now())
}

func tierOf(r route) tier {
	for _, prefix := range laborious {
		if strings.HasPrefix(r.Path, prefix) && (r.Method != fiber.MethodGet || prefix == "/api/v1/reports") {
			return working
		}
	}
	if r.Method == fiber.MethodGet {
		return reading
	}
	return writing
}
