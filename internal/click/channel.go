package click

import "fmt"

// Channel is the way by which a person passes a link on. Its number is part of every link code (4 bits)
// and never changes.
type Channel int16

// The channels.
const (
	WhatsApp Channel = 1
	Copy     Channel = 2
)

var channels = []struct {
	number Channel
	name   string
}{
	{WhatsApp, "whatsapp"},
	{Copy, "copy"},
}

// ChannelNamed finds a channel by its name in the API.
func ChannelNamed(name string) (Channel, bool) {
	for _, c := range channels {
		if c.name == name {
			return c.number, true
		}
	}
	return 0, false
}

// String is the channel's name in the API.
func (c Channel) String() string {
	for _, known := range channels {
		if known.number == c {
			return known.name
		}
	}
	return fmt.Sprintf("channel-%d", int16(c))
}

func (c Channel) known() bool {
	for _, known := range channels {
		if known.number == c {
			return true
		}
	}
	return false
}
