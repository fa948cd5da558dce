package click

import (
	"fmt"

	"gaung/internal/network"
)

// Channel is the way by which a person passes a link on: the number of a network, in 4 bits of every
// link code.
type Channel network.Number

// Channels that are named in code.
const (
	WhatsApp Channel = 1
	Copy     Channel = 2
)

// ChannelNamed finds the channel of a network on which personal links work.
func ChannelNamed(name string) (Channel, bool) {
	n, known := network.Named(name)
	return Channel(n.Number), known && n.Links()
}

// String is the channel's name in the API.
func (c Channel) String() string {
	if n, known := c.network(); known {
		return n.Key
	}
	return fmt.Sprintf("channel-%d", int16(c))
}

func (c Channel) network() (network.Capability, bool) { return network.Numbered(network.Number(c)) }

func (c Channel) known() bool {
	n, known := c.network()
	return known && n.Links()
}
