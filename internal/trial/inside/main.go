// Command inside owns the programs that a trial measures beside the built binary: a bare server, our edge
// with an appender that drops, and the shipping of many clicks without a server.
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
	"gaung/internal/journal"
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
	case len(args) == 2 && args[0] == "grow":
		events, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		return grow(ctx, c, events)
	}
	return fmt.Errorf("usage: inside hello|drop|grow EVENTS")
}

// hello is what every figure is a ratio of.
func hello(c config.Config) error {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/", func(c *fiber.Ctx) error { return c.SendString("Hello, World!") })
	return app.Listen(c.Addr)
}

// drop serves links and keeps no click: a journal that was closed takes nothing, and nobody is refused for it.
func drop(ctx context.Context, c config.Config) error {
	clicks, root, err := openClicks(ctx, c, time.Now)
	if err != nil {
		return err
	}
	if err := root.Close(); err != nil {
		return err
	}
	s, err := server.New(server.Deps{Config: c, Version: "trial", Log: slog.New(slog.DiscardHandler), Web: frontend.Dist(), Click: clicks.service})
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
	shipper *click.Shipper
}

func openClicks(ctx context.Context, c config.Config, clock func() time.Time) (all clicks, root *journal.Root, err error) {
	if all.ring, err = seal.ParseRing(c.Keys); err != nil {
		return all, nil, err
	}
	if all.db, err = db.Open(ctx, c.DatabaseURL, clock); err != nil {
		return all, nil, err
	}
	all.service = click.New(all.db, all.ring, c.PublicURL)
	if root, err = journal.OpenRoot(c.DataDir+"/journal", journal.Options{}); err != nil {
		return all, nil, err
	}
	all.shipper = all.service.KeepIn(root, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	return all, root, all.service.Load(ctx)
}
