package config

import (
	"errors"
	"net/mail"
	"net/url"
	"strconv"
)

// setSMTP reads the mail server. Its faults never repeat the value, which holds a password.
func setSMTP(c *Config, value string) error {
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Hostname() == "" || (u.Path != "" && u.Path != "/") || u.RawQuery != "" {
		return errors.New("is not like smtp://user:password@host:587 or smtps://user:password@host:465")
	}
	c.Mail.TLS, c.Mail.Port = u.Scheme == "smtps", 587
	if c.Mail.TLS {
		c.Mail.Port = 465
	}
	if port := u.Port(); port != "" {
		if c.Mail.Port, err = strconv.Atoi(port); err != nil || c.Mail.Port < 1 || c.Mail.Port > 65535 {
			return errors.New("its port is not a number from 1 to 65535")
		}
	}
	c.Mail.Host, c.Mail.Open, c.Mail.User = u.Hostname(), thisMachine(u.Hostname()), u.User.Username()
	password, given := u.User.Password()
	if c.Mail.Password = password; given != (c.Mail.User != "") {
		return errors.New("user and password belong together")
	}
	return nil
}

func setMailFrom(c *Config, value string) error {
	if value == "" {
		return nil
	}
	from, err := mail.ParseAddress(value)
	if err != nil {
		return errors.New("is not like Gaung <gaung@contoh.go.id>")
	}
	c.Mail.From, c.Mail.Name = from.Address, from.Name
	if c.Mail.Name == "" {
		c.Mail.Name = "Gaung"
	}
	return nil
}
