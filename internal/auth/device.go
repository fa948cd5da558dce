package auth

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"

	"gaung/internal/id"
	"gaung/internal/seal"
)

// A device token proves that a person has signed in on a device before: person, a random number and
// a keyed hash over both. A device that several people use keeps one for each.
const (
	deviceNumber = 12 // bytes
	mostOnDevice = 6  // people that one device is known for
)

// deviceOf gives the number under which a device counts the failures of a person; empty: this person
// has never signed in there.
func (s *Service) deviceOf(tokens string, person id.User) string {
	for _, token := range strings.Split(tokens, ".") {
		if owner, number, ok := s.readDevice(token); ok && owner == person && person != 0 {
			return number
		}
	}
	return ""
}

func (s *Service) readDevice(token string) (owner id.User, number string, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != 4+deviceNumber+32 || raw[0]&0x80 != 0 {
		return 0, "", false
	}
	head, mac := raw[:4+deviceNumber], raw[4+deviceNumber:]
	for _, key := range s.devices {
		if hmac.Equal(mac, seal.Hash(key.Key, string(head))) {
			return id.User(binary.BigEndian.Uint32(head)), string(head[4:]), true
		}
	}
	return 0, "", false
}

// deviceToken adds a person to what a device is known for, the newest first.
func (s *Service) deviceToken(tokens string, person id.User) string {
	head := binary.BigEndian.AppendUint32(nil, uint32(person))
	if number := s.deviceOf(tokens, person); number != "" {
		head = append(head, number...)
	} else {
		head = append(head, make([]byte, deviceNumber)...)
		_, _ = rand.Read(head[4:]) // documented never to fail
	}
	kept := []string{base64.RawURLEncoding.EncodeToString(append(slices.Clone(head), seal.Hash(s.devices[0].Key, string(head))...))}
	for _, token := range strings.Split(tokens, ".") {
		if owner, _, ok := s.readDevice(token); ok && owner != person && len(kept) < mostOnDevice {
			kept = append(kept, token)
		}
	}
	return strings.Join(kept, ".")
}

// family is what is kept of a user agent: enough to recognise one's own device.
type family struct{ Browser, System string }

// script is the browser of a session that has none.
const script = "script"

// familyOf names browser and system; empty for what it does not know. The order matters: most agents
// also call themselves Chrome or Safari.
func familyOf(agent string) (f family) {
	first := func(names [][2]string) string {
		for _, name := range names {
			if strings.Contains(agent, name[0]) {
				return name[1]
			}
		}
		return ""
	}
	f.Browser = first([][2]string{{"SamsungBrowser/", "Samsung Internet"}, {"EdgA/", "Edge"}, {"Edg/", "Edge"}, {"EdgiOS/", "Edge"},
		{"OPR/", "Opera"}, {"YaBrowser/", "Yandex"}, {"UCBrowser/", "UC Browser"}, {"MiuiBrowser/", "Mi Browser"}, {"FxiOS/", "Firefox"},
		{"Firefox/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}})
	f.System = first([][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"CrOS", "ChromeOS"}, {"Windows", "Windows"},
		{"Macintosh", "macOS"}, {"Linux", "Linux"}})
	return f
}
