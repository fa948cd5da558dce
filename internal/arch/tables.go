// Package arch owns the rules of the house that a machine can check: who may import whom, who writes
// which table, which errors may not be dropped. It holds nothing but its tests and their tables.
package arch

// mayImport is the import table of docs/architecture.md: for each package, what of the project it may
// import. Adding to it is a reviewed one-line change.
var mayImport = map[string]string{
	"internal/id":      "",
	"internal/errs":    "",
	"internal/period":  "",
	"internal/config":  "",
	"internal/page":    "errs",
	"internal/db":      "errs id",
	"internal/seal":    "db",
	"internal/audit":   "db id",
	"internal/job":     "db",
	"internal/network": "",
	"internal/org":     foundation,
	"internal/user":    foundation + " org",
	"internal/auth":    foundation + " user org",
	"internal/content": foundation + " org user network",
	"internal/click":   foundation + " org network",
	"internal/share":   foundation + " content click org user network",
	"internal/score":   foundation + " share click org user",
	"internal/report":  foundation + " org user network",
	"internal/backup":  "db",
	"internal/fetch":   "errs",
	"internal/demo":    foundation + " org user auth content click share score report",
	"internal/testkit": foundation + " testdb org user auth content click share score report",
	"internal/testdb":  "db",
	"internal/arch":    "",
	"api/server":       "id errs period page config org user auth content click share score report network",
}

// mayImportTop is the same for the folders outside internal, by their path.
var mayImportTop = map[string]string{
	"internal/testdb":       "migrations",
	"internal/testdb/serve": "internal/testdb",
	"internal/db/find":      "internal/db",
	"api/server":            "",
	"frontend":              "",
	"migrations":            "",
}

const foundation = "id errs period page config db audit job seal"

// thirdParty lists the libraries that only some packages may import, by the beginning of their path.
var thirdParty = map[string]string{
	"github.com/gofiber/":                "api/server",
	"github.com/valyala/":                "api/server",
	"github.com/danielgtaylor/huma":      "api/server",
	"gorm.io/":                           "internal/db",
	"github.com/jackc/pgx":               "internal/db internal/click internal/share internal/score internal/user internal/testdb internal/backup",
	"github.com/riverqueue/":             "internal/db internal/job",
	"github.com/pressly/goose":           "internal/db migrations",
	"github.com/golang-jwt/":             "internal/auth",
	"github.com/alexedwards/argon2id":    "internal/auth",
	"github.com/alecthomas/kong":         "api",
	"github.com/prometheus/":             "api api/server",
	"github.com/google/uuid":             "api/server",
	"github.com/yuin/goldmark":           "api/server",
	"github.com/microcosm-cc/bluemonday": "api/server",
	"golang.org/x/time":                  "api/server",
	"github.com/xuri/excelize/":          "internal/user internal/report",
	"github.com/maypok86/otter":          "api/server",
	"golang.org/x/text":                  "internal/auth internal/user",
	"github.com/pquerna/otp":             "internal/auth",
	"github.com/boombuler/barcode":       "internal/auth",
}

// tableOwner names the one package that writes each table. Reading is free.
var tableOwner = map[string]string{
	"key_ring":                "internal/seal",
	"audit_log":               "internal/audit",
	"agency":                  "internal/org",
	"app_user":                "internal/user",
	"user_identifier":         "internal/user",
	"user_role":               "internal/user",
	"placement":               "internal/user",
	"eligible_day":            "internal/user",
	"user_nip":                "internal/user",
	"user_off":                "internal/user",
	"roster":                  "internal/user",
	"roster_part":             "internal/user",
	"roster_row":              "internal/user",
	"roster_fault":            "internal/user",
	"credential":              "internal/auth",
	"session":                 "internal/auth",
	"sign_in_failure":         "internal/auth",
	"totp":                    "internal/auth",
	"recovery_code":           "internal/auth",
	"content":                 "internal/content",
	"content_version":         "internal/content",
	"content_target":          "internal/content",
	"content_decision":        "internal/content",
	"click":                   "internal/click",
	"click_agent":             "internal/click",
	"click_salt":              "internal/click",
	"click_seen":              "internal/click",
	"click_checkpoint":        "internal/click",
	"rollup_content_day":      "internal/click",
	"rollup_node_day":         "internal/click",
	"rollup_node_month":       "internal/click",
	"rollup_node_channel_day": "internal/click",
	"rollup_user_month":       "internal/click",
	"act":                     "internal/share",
	"act_request":             "internal/share",
	"act_evidence":            "internal/share",
	"feed_mark":               "internal/share",
	"ledger":                  "internal/score",
	"score":                   "internal/score",
	"hist":                    "internal/score",
	"hist_hi":                 "internal/score",
}

// actorless are the exported methods of services that answer data without an actor, each with its reason.
var actorless = map[string]string{
	"user.Service.ByIdentifier":   "sign-in: nobody is signed in yet; it tells only a number",
	"user.Service.Actor":          "makes the actor",
	"user.Service.CreateAll":      "a write by the system itself",
	"org.Service.CreateAll":       "a write by the system itself",
	"auth.Service.SignIn":         "sign-in: nobody is signed in yet",
	"auth.Service.SignInScript":   "sign-in: nobody is signed in yet",
	"auth.Service.Refresh":        "the refresh token is the proof",
	"content.Service.ReadPublic":  "the public page: everybody may read it",
	"click.Service.Visit":         "a citizen is nobody's actor",
	"click.Service.Resolve":       "a citizen is nobody's actor",
	"auth.Service.ResetFromShell": "a write by whoever holds the server itself",
	"org.Service.ByCode":          "read by whoever holds the server itself",
	"auth.Service.Verify":         "the access token is the proof; it makes the actor",
	"content.Service.EndDue":      "a write by the system itself",
	"share.Service.RecordAll":     "a write by the system itself",
}
