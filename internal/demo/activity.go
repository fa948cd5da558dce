package demo

import (
	"context"
	"fmt"
	"net/netip"

	"gaung/internal/click"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/share"
)

// browsers are citizens' phones.
var browsers = []string{
	"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
	"Mozilla/5.0 (Linux; Android 12; SM-A127F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/106.0.5249.126 Mobile Safari/537.36",
}

// fetcher asks for every link before a person does, and is not counted.
const fetcher = "WhatsApp/2.23.20.0 A"

// addActivity lets some people share, some like, and citizens open their links. The numbers are made
// of the person's place in the list, so that every run gives the same world.
func (w *world) addActivity(ctx context.Context) error {
	for i, p := range people() {
		if i%4 == 1 { // some do not take part, and nothing in Gaung lists them
			continue
		}
		actor, err := w.as(ctx, p.local)
		if err != nil {
			return err
		}
		feed, err := w.Share.Feed(ctx, actor, page.Ask{})
		if err != nil {
			return err
		}
		for j, item := range feed.Items {
			if (i+j)%3 == 2 {
				continue
			}
			if err := w.act(ctx, actor, item, i*10+j); err != nil {
				return err
			}
		}
	}
	return nil
}

// act is one person with one content: a share, sometimes a like, and what the link then sees.
func (w *world) act(ctx context.Context, actor org.Actor, item share.Item, number int) error {
	channel := []string{"whatsapp", "whatsapp", "whatsapp", "copy"}[number%4]
	if _, err := w.Share.Share(ctx, actor, item.ID, share.Request{Channel: channel, Disclosure: true}); err != nil {
		return err
	}
	if number%2 == 0 {
		if _, err := w.Share.Like(ctx, actor, item.ID, "", ""); err != nil {
			return err
		}
	}
	on, _ := click.ChannelNamed(channel)
	code := w.Codes.Encode(click.Link{Content: item.ID, User: actor.User, Channel: on})
	for visitor := range number * 7 % 12 {
		agent := browsers[visitor%len(browsers)]
		if visitor == 0 {
			agent = fetcher
		}
		if err := w.open(ctx, code, agent, item.ID, number, visitor); err != nil {
			return err
		}
	}
	return nil
}

// open is one citizen. The addresses are reserved for documentation.
func (w *world) open(ctx context.Context, code, agent string, item id.Content, number, visitor int) error {
	address, err := netip.ParseAddr(fmt.Sprintf("2001:db8:%x:%x::%x", item, number+1, visitor+1))
	if err != nil {
		return err
	}
	_, err = w.Click.Visit(ctx, click.Visit{Code: code, UserAgent: agent, Address: address})
	return err
}
