// Command inside owns the programs that a trial measures beside the built binary: a bare server, our edge
// with an appender that drops, the shipping of many clicks without a server, and a province of many people.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"gaung/api/server"
	"gaung/frontend"
	"gaung/internal/click"
	"gaung/internal/config"
	"gaung/internal/db"
	"gaung/internal/seal"
)

func main() {
	time.Local = time.UTC
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "inside:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	c, err := config.Load(os.Getenv)
	if err != nil {
		return err
	}
	switch {
	case len(args) == 1 && args[0] == "hello":
		return hello(c)
	case len(args) == 1 && args[0] == "drop":
		return drop(ctx, c)
	case len(args) == 2 && (args[0] == "grow" || args[0] == "fill"):
		many, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		if args[0] == "fill" {
			return fill(ctx, c, many)
		}
		return grow(ctx, c, many)
	}
	return fmt.Errorf("usage: inside hello|drop|grow EVENTS|fill PEOPLE")
}

// hello is what every figure is a ratio of.
func hello(c config.Config) error {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/", func(c *fiber.Ctx) error { return c.SendString("Hello, World!") })
	return app.Listen(c.Addr)
}

// dropped keeps no click.
type dropped struct{}

// Append takes nothing and refuses nobody.
func (dropped) Append([]byte) error { return nil }

// drop serves links as the product does, but for the journal and what comes after it.
func drop(ctx context.Context, c config.Config) error {
	all, err := openClicks(ctx, c, time.Now)
	if err != nil {
		return err
	}
	all.service.KeepBy(dropped{})
	s, err := server.New(server.Deps{Config: c, Version: "trial", Log: slog.New(slog.DiscardHandler), Web: frontend.Dist(), Click: all.service})
	if err != nil {
		return err
	}
	return s.Listen(c.Addr)
}

// clicks is the counting core by itself.
type clicks struct {
	db      *db.DB
	ring    *seal.Ring
	service *click.Service
}

func openClicks(ctx context.Context, c config.Config, clock func() time.Time) (all clicks, err error) {
	if all.ring, err = seal.ParseRing(c.Keys); err != nil {
		return all, err
	}
	if all.db, err = db.Open(ctx, c.DatabaseURL, clock); err != nil {
		return all, err
	}
	all.service = click.New(all.db, all.ring, c.PublicURL)
	return all, all.service.Load(ctx)
}
