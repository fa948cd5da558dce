package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/internal/auth"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// allow says who may use a route: everybody (public), or whoever holds one of the roles somewhere. Row
// scope is the domain's: its SQL knows the actor's subtree.
type allow []org.Role

var (
	public   = allow(nil)
	signedIn = allow{org.ASN} // everybody who is signed in is an ASN
)

func roles(of ...org.Role) allow { return of }

const accessCookie = "gaung_access"

// guard is the one place where sign-in and role are checked. It also finds out who asks on a public
// route, where that changes nothing but the answer.
func (s *Server) guard(r route) fiber.Handler {
	who, during := r.Allow, openWhilePending[r.Method+" "+r.Path]
	return func(c *fiber.Ctx) error {
		if err := s.boundAddress(c, r); err != nil {
			return err
		}
		if r.Path != stopRoute && r.Path != stopReportRoute { // whoever holds the address of a letter may use it from anywhere, and no cookie counts there
			if err := s.refuseForeignSite(c); err != nil {
				return err
			}
		}
		if c.Get(fiber.HeaderContentEncoding) != "" { // a few bytes could unpack into the whole memory
			return fiber.ErrUnsupportedMediaType
		}
		if token := accessToken(c); token != "" {
			caller, err := s.auth.Verify(c.UserContext(), token)
			switch {
			case err == nil:
				known := requestOf(c.UserContext())
				known.Actor, known.Session, known.Pending, known.Turn = caller.Actor, caller.Session, caller.Pending, caller.Turn
				if err := s.boundPerson(c, r); err != nil {
					return err
				}
				if err := refuseOther(c, caller.Actor.User); err != nil {
					return err
				}
			case errs.CodeOf(err) != errs.Unauthenticated || who != nil:
				return err
			}
		}
		actor, pending := actorOf(c.UserContext()), requestOf(c.UserContext()).Pending
		switch {
		case who == nil:
		case actor.User == 0:
			return errs.New(errs.Unauthenticated, "Silakan masuk terlebih dahulu.")
		case pending != "" && !slices.Contains(during, pending):
			return firstDo(pending)
		case !actor.Has(who...):
			return errs.New(errs.Forbidden, "Peran Anda tidak berwenang membuka bagian ini.")
		}
		return c.Next()
	}
}

// asHeader names the person whose page sends a request. On a shared phone somebody else may have signed in
// since: what the former person did must not be entered as theirs.
const asHeader = "X-Gaung-As"

func refuseOther(c *fiber.Ctx, person id.User) error {
	as := c.Get(asHeader)
	if as == "" || as == strconv.FormatInt(int64(person), 10) {
		return nil
	}
	fault := errs.New(errs.Conflict, "Perangkat ini sekarang digunakan oleh akun lain. Muat ulang halaman ini.")
	fault.Field = "as"
	return fault
}

// firstDo tells what stands before everything else; the field names the step for the client.
func firstDo(pending auth.Pending) error {
	message := map[auth.Pending]string{
		auth.ChangePassword: "Ganti kata sandi awal Anda terlebih dahulu.",
		auth.EnrolTOTP:      "Peran Anda memerlukan kode autentikator. Daftarkan aplikasi autentikator terlebih dahulu.",
	}[pending]
	fault := errs.New(errs.Forbidden, "%s", message)
	fault.Field = string(pending)
	return fault
}

func accessToken(c *fiber.Ctx) string {
	if token, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer "); ok {
		return strings.Clone(token)
	}
	return strings.Clone(c.Cookies(accessCookie))
}

// refuseForeignSite stops requests that another site made the browser send (CSRF). Browsers say where
// a request comes from; a program that says nothing carries no cookies of a victim.
func (s *Server) refuseForeignSite(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return nil
	}
	refused := errs.New(errs.Forbidden, "Permintaan dari situs lain ditolak.")
	switch c.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return nil
	case "":
	default:
		return refused
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return nil
	}
	// Compared with what the operator configured: the Host header is the client's word.
	ours, err := url.Parse(s.config.PublicURL)
	theirs, theirErr := url.Parse(origin)
	if err != nil || theirErr != nil || theirs.Scheme != ours.Scheme || theirs.Host != ours.Host {
		return refused
	}
	return nil
}

// openWhilePending are the routes that stay open to somebody who has a step before them. All others
// refuse until it is done.
var openWhilePending = map[string][]auth.Pending{
	"GET /api/v1/me":                 {auth.ChangePassword, auth.EnrolTOTP},
	"POST /api/v1/auth/logout":       {auth.ChangePassword, auth.EnrolTOTP},
	"POST /api/v1/auth/password":     {auth.ChangePassword},
	"GET /api/v1/auth/totp":          {auth.EnrolTOTP},
	"POST /api/v1/auth/totp":         {auth.EnrolTOTP},
	"POST /api/v1/auth/totp/confirm": {auth.EnrolTOTP},
}
