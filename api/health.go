package main

import (
	"fmt"
	"net"
	"net/http"
	"time"

	"gaung/internal/config"
)

type healthCommand struct{}

// Run asks /healthz on the configured port.
func (healthCommand) Run(p process) error {
	c, err := config.Load(p.getenv)
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return err
	}
	client := http.Client{Timeout: 3 * time.Second}
	answer, err := client.Get("http://" + net.JoinHostPort("127.0.0.1", port) + "/healthz")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %d", answer.StatusCode)
	}
	return nil
}
