package auth

import "testing"

// Any text may come as a refresh token: it is read or refused, and what is read encodes back to itself.
func FuzzRefreshToken(f *testing.F) {
	f.Add(encodeRefresh(20436, 7, 3, make([]byte, 32)))
	f.Add("")
	f.Add("AAAA")
	f.Fuzz(func(t *testing.T, token string) {
		person, number, turn, mac, ok := decodeRefresh(token)
		if !ok {
			return
		}
		again, n, k, m, ok := decodeRefresh(encodeRefresh(person, number, turn, mac))
		if !ok || again != person || n != number || k != turn || string(m) != string(mac) || person < 0 {
			t.Fatalf("%q: %d %d %d", token, person, number, turn)
		}
	})
}
