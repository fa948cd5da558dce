// Package config owns the environment variables: it reads them once, at the start, and reports every
// fault at once.
package config

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Config is what an operator can set.
type Config struct {
	DatabaseURL    string         // empty: start a private PostgreSQL
	PostgresBinDir string         // empty: look in the usual places
	Addr           string         // where people are served
	MetricsAddr    string         // where Prometheus is served; empty: nowhere
	DataDir        string         // private database, generated keys, files
	PublicURL      string         // without a trailing slash; links begin with it
	TrustedProxies []netip.Prefix // whose X-Forwarded-For entries are believed
	Production     bool           // refuses demo accounts and the private PostgreSQL
	AllowEmbedded  bool           // the private PostgreSQL is allowed in production
	Keys           string         // key ring; empty: generated once into the data folder
	RateFactor     float64        // multiplies the limits on requests; 0: none
	S3             S3             // where files are kept; no endpoint: in the data folder
	Datacentres    string         // file with ranges of addresses where nobody reads; empty: none
	Mail           Mail           // how e-mail goes out; no host: none does
	TrialAhead     time.Duration  // how far the clock is ahead, for trials
	TrialWeb       string         // a server on this machine that stands in for the internet, for trials; empty: the internet
	Push           Push           // in whose name push messages go out; no subject: none do
	Drain          time.Duration  // how long a stopping server goes on answering, as not ready
}

// S3 is an object store and a bucket in it.
type S3 struct{ Endpoint, Bucket, AccessKey, SecretKey, Region string }

// Mail is a mail server and the sender's address.
type Mail struct {
	Host           string
	Port           int
	User, Password string
	TLS            bool // from the first byte; otherwise STARTTLS
	Open           bool // may go unencrypted: the server is on this machine
	From, Name     string
}

// Variable documents one environment variable.
type Variable struct{ Name, Default, Meaning string }

type setting struct {
	Variable
	set func(*Config, string) error
}

func settings() []setting {
	text := func(at func(*Config) *string) func(*Config, string) error {
		return func(c *Config, value string) error { *at(c) = value; return nil }
	}
	return []setting{
		{Variable{"DATABASE_URL", "", "PostgreSQL ≥ 14. Empty: Gaung starts its own private PostgreSQL, for trial."},
			text(func(c *Config) *string { return &c.DatabaseURL })},
		{Variable{"PG_BIN_DIR", "", "Folder with `initdb` and `postgres` for the private PostgreSQL. Empty: `PATH`, the distribution's folders, then what `make run` fetched."},
			text(func(c *Config) *string { return &c.PostgresBinDir })},
		{Variable{"GAUNG_ADDR", ":8080", "Address of the web server."},
			text(func(c *Config) *string { return &c.Addr })},
		{Variable{"GAUNG_METRICS_ADDR", "", "Address of the Prometheus metrics, e.g. `127.0.0.1:9090`. Empty: none."},
			text(func(c *Config) *string { return &c.MetricsAddr })},
		{Variable{"GAUNG_DATA_DIR", "./data", "Folder for the private database, the generated keys, uploads and, without `GAUNG_S3_ENDPOINT`, the pictures. Several replicas share it."},
			text(func(c *Config) *string { return &c.DataDir })},
		{Variable{"GAUNG_PUBLIC_URL", "http://localhost:8080", "Address under which people reach Gaung; every link begins with it."}, setPublicURL},
		{Variable{"GAUNG_TRUSTED_PROXIES", "", "Addresses or CIDR blocks of your own proxies, separated by commas. Only their `X-Forwarded-For` entries are believed."}, setProxies},
		{Variable{"GAUNG_ENV", "development", "`development` or `production`. Production refuses demo accounts and the private PostgreSQL."}, setEnvironment},
		{Variable{"GAUNG_ALLOW_EMBEDDED", "no", "`yes` allows the private PostgreSQL in production."}, setAllowEmbedded},
		{Variable{"GAUNG_KEYS", "", "Key ring as `id:hex` pairs separated by commas, newest first, 32 bytes each. Needed when several replicas run. Empty: generated once into the data folder."},
			text(func(c *Config) *string { return &c.Keys })},
		{Variable{"GAUNG_RATE_FACTOR", "1", "Multiplies how many requests a person and an address may make. `0`: no limit, for load tests."}, setRateFactor},
		{Variable{"GAUNG_DATACENTRES", "", "File with the address ranges of hosting and cloud networks, one address or CIDR block a line, `#` begins a comment. Clicks from there are kept and count for nothing. Empty: none."},
			text(func(c *Config) *string { return &c.Datacentres })},
		{Variable{"GAUNG_DRAIN", "0s", "How long a server that is told to stop goes on answering while `/readyz` says no, so that the proxy takes it out first. Behind a proxy with several replicas: longer than two of its health checks, e.g. `5s`."}, setDrain},
		{Variable{"GAUNG_SMTP_URL", "", "Mail server for notices: `smtp://user:password@host:587` (STARTTLS; without it nothing is sent) or `smtps://user:password@host:465` (TLS). Special characters of user and password are percent-encoded. Unencrypted only to this machine. Empty: no e-mail."}, setSMTP},
		{Variable{"GAUNG_MAIL_FROM", "", "Sender of e-mail, e.g. `Gaung Nusa Arunika <gaung@contoh.go.id>`. Needed with `GAUNG_SMTP_URL`."}, setMailFrom},
		{Variable{"GAUNG_TRIAL_WEB", "", "For trials: a server on this machine, e.g. `127.0.0.1:9090`, that stands in for the internet where addresses of posts are looked at. Refused with `GAUNG_ENV=production`."},
			text(func(c *Config) *string { return &c.TrialWeb })},
		{Variable{"GAUNG_TRIAL_AHEAD", "0s", "For trials: how far the clock is ahead, up to `9000h`, e.g. `96h` to see what four days bring. Refused with `GAUNG_ENV=production`."}, setTrialAhead},
		{Variable{"GAUNG_PUSH_SUBJECT", "", "Whom a push service can ask about our messages: `mailto:gaung@contoh.go.id` or an `https` address. Production refuses what is not reachable from outside (`localhost`, `.local`, `.invalid`). Empty: no push messages."}, setPushSubject},
		{Variable{"GAUNG_PUSH_HOSTS", usualHosts, "Push services that messages may go to, by name or `*.name`, separated by commas. Each needs an open way out on port 443."}, setPushHosts},
		{Variable{"GAUNG_S3_ENDPOINT", "", "`https` address of an object store that speaks S3, where the pictures are kept; `http` only on this machine. Empty: in the data folder."}, setS3},
		{Variable{"GAUNG_S3_BUCKET", "", "Bucket for the pictures; it must exist and needs no public access."},
			text(func(c *Config) *string { return &c.S3.Bucket })},
		{Variable{"GAUNG_S3_ACCESS_KEY", "", "Access key of the object store."},
			text(func(c *Config) *string { return &c.S3.AccessKey })},
		{Variable{"GAUNG_S3_SECRET_KEY", "", "Secret key of the object store."},
			text(func(c *Config) *string { return &c.S3.SecretKey })},
		{Variable{"GAUNG_S3_REGION", "us-east-1", "Region of the bucket, as the object store names it."},
			text(func(c *Config) *string { return &c.S3.Region })},
	}
}

// Variables lists every variable for the documentation.
func Variables() []Variable {
	var all []Variable
	for _, s := range settings() {
		all = append(all, s.Variable)
	}
	return all
}

// Load reads the environment through getenv. The error names every faulty variable.
func Load(getenv func(string) string) (Config, error) {
	var c Config
	var faults []error
	for _, s := range settings() {
		value := strings.TrimSpace(getenv(s.Name))
		if value == "" {
			value = s.Default
		}
		if err := s.set(&c, value); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", s.Name, err))
		}
	}
	if s3 := c.S3; s3.Endpoint != "" && (s3.Bucket == "" || s3.AccessKey == "" || s3.SecretKey == "") {
		faults = append(faults, errors.New("GAUNG_S3_ENDPOINT: needs GAUNG_S3_BUCKET, GAUNG_S3_ACCESS_KEY and GAUNG_S3_SECRET_KEY as well"))
	}
	if c.TrialWeb != "" && c.Production {
		faults = append(faults, errors.New("GAUNG_TRIAL_WEB: not with GAUNG_ENV=production"))
	}
	if c.TrialAhead != 0 && c.Production {
		faults = append(faults, errors.New("GAUNG_TRIAL_AHEAD: not with GAUNG_ENV=production"))
	}
	if (c.Mail.Host == "") != (c.Mail.From == "") {
		faults = append(faults, errors.New("GAUNG_SMTP_URL and GAUNG_MAIL_FROM: e-mail needs both"))
	}
	if c.Production && c.Push.Subject != "" && nowhere(c.Push.Subject) {
		faults = append(faults, errors.New("GAUNG_PUSH_SUBJECT: push services refuse a subject that nobody outside can reach"))
	}
	return c, errors.Join(faults...)
}

// setS3 refuses to send pictures and signatures over an open network.
func setS3(c *Config, value string) error {
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
		return fmt.Errorf("%q is not an https address", value)
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && thisMachine(u.Hostname())) {
		return fmt.Errorf("%q is not an https address", value)
	}
	c.S3.Endpoint = value
	return nil
}

func thisMachine(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && address.IsLoopback())
}

func setPublicURL(c *Config, value string) error {
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" {
		return fmt.Errorf("%q is not an http or https address", value)
	}
	c.PublicURL = strings.TrimRight(value, "/")
	return nil
}

func setProxies(c *Config, value string) error {
	for _, part := range strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' }) {
		if address, err := netip.ParseAddr(part); err == nil {
			c.TrustedProxies = append(c.TrustedProxies, netip.PrefixFrom(address, address.BitLen()))
			continue
		}
		block, err := netip.ParsePrefix(part)
		if err != nil {
			return fmt.Errorf("%q is neither an address nor a CIDR block", part)
		}
		c.TrustedProxies = append(c.TrustedProxies, block.Masked())
	}
	return nil
}

func setEnvironment(c *Config, value string) error {
	if value != "development" && value != "production" {
		return fmt.Errorf("%q is neither development nor production", value)
	}
	c.Production = value == "production"
	return nil
}

func setAllowEmbedded(c *Config, value string) error {
	if value != "yes" && value != "no" {
		return fmt.Errorf("%q is neither yes nor no", value)
	}
	c.AllowEmbedded = value == "yes"
	return nil
}

// longestDrain keeps a mistyped unit from holding up a stop.
const longestDrain = 2 * time.Minute

func setDrain(c *Config, value string) (err error) {
	c.Drain, err = time.ParseDuration(value)
	if err != nil || c.Drain < 0 || c.Drain > longestDrain {
		return fmt.Errorf("%q is not a time up to %s, e.g. 5s", value, longestDrain)
	}
	return nil
}

// farthestAhead is a little over a year: what is kept for a year can be seen to go.
const farthestAhead = 9000 * time.Hour

func setTrialAhead(c *Config, value string) (err error) {
	c.TrialAhead, err = time.ParseDuration(value)
	if err != nil || c.TrialAhead < 0 || c.TrialAhead > farthestAhead {
		return fmt.Errorf("%q is not a time up to %s, e.g. 96h", value, farthestAhead)
	}
	return nil
}

func setRateFactor(c *Config, value string) (err error) {
	c.RateFactor, err = strconv.ParseFloat(value, 64)
	if err != nil || !(c.RateFactor >= 0 && c.RateFactor <= 1000) {
		return fmt.Errorf("%q is not a number from 0 to 1000", value)
	}
	return nil
}
