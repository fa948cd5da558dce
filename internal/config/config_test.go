package config

import (
	"strings"
	"testing"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestLoadReportsAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	_, err := Load(env("GAUNG_PUBLIC_URL", "gaung.example", "GAUNG_TRUSTED_PROXIES", "10.0.0.0/8,proxy", "GAUNG_ENV", "prod"))
	for _, name := range []string{"GAUNG_PUBLIC_URL", "GAUNG_TRUSTED_PROXIES", "GAUNG_ENV"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in: %v", name, err)
		}
	}
}

func TestLoadDefaults(t *testing.T) {
	t.Parallel()
	c, err := Load(env("GAUNG_PUBLIC_URL", "https://gaung.example/", "GAUNG_TRUSTED_PROXIES", "10.1.2.3, fd00::/8"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != ":8080" || c.DataDir != "./data" || c.Production || c.AllowEmbedded || c.PublicURL != "https://gaung.example" {
		t.Errorf("%+v", c)
	}
	if len(c.TrustedProxies) != 2 || c.TrustedProxies[0].String() != "10.1.2.3/32" || c.TrustedProxies[1].String() != "fd00::/8" {
		t.Errorf("proxies %v", c.TrustedProxies)
	}
}

// A mistyped mail server is told at the start, and its password is in no log.
func TestLoadOfMail(t *testing.T) {
	t.Parallel()
	c, err := Load(env("GAUNG_SMTP_URL", "smtp://gaung:ra%40hasia@surat.example", "GAUNG_MAIL_FROM", "Gaung Uji <gaung@uji.example>"))
	if want := (Mail{Host: "surat.example", Port: 587, User: "gaung", Password: "ra@hasia", From: "gaung@uji.example", Name: "Gaung Uji"}); err != nil || c.Mail != want {
		t.Errorf("%+v: %v", c.Mail, err)
	}
	for _, url := range []string{"http://surat.example", "smtp://gaung:rahasia@surat.example:x", "smtp://:rahasia@", "smtp://gaung:rahasia@surat.example/kotak", "smtp://surat.example"} {
		from := "gaung@uji.example"
		if url == "smtp://surat.example" {
			from = ""
		}
		if _, err := Load(env("GAUNG_SMTP_URL", url, "GAUNG_MAIL_FROM", from)); err == nil || strings.Contains(err.Error(), "rahasia") || !strings.Contains(err.Error(), "GAUNG_SMTP_URL") {
			t.Errorf("%s: %v", url, err)
		}
	}
}
