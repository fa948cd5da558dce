package network

import "testing"

// One post has many spellings and must be one address, or it counts twice; and what is no post is refused with
// a reason that tells what to do.
func TestAnAddressOfAPostHasOneSpelling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ address, want, place string }{
		{"https://twitter.com/sari_asn/status/1860000000000000001?s=20&t=abc", "https://x.com/sari_asn/status/1860000000000000001", "x"},
		{"https://mobile.x.com/sari_asn/status/1860000000000000001/", "https://x.com/sari_asn/status/1860000000000000001", "x"},
		{"http://m.facebook.com/story.php?story_fbid=12&id=34&fbclid=zz&mibextid=q", "https://facebook.com/story.php?id=34&story_fbid=12", "facebook"},
		{"https://www.facebook.com/sari.asn/posts/pfbid0Abc?utm_source=x", "https://facebook.com/sari.asn/posts/pfbid0Abc", "facebook"},
		{"https://fb.watch/abc123DEF/", "https://fb.watch/abc123DEF", "facebook"},
		{"https://youtu.be/dQw4w9WgXcQ?si=1", "https://youtube.com/watch?v=dQw4w9WgXcQ", "youtube"},
		{"https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=share", "https://youtube.com/watch?v=dQw4w9WgXcQ", "youtube"},
		{"https://vm.tiktok.com/ZSabc123/", "https://vm.tiktok.com/ZSabc123", "tiktok"},
		{"https://www.instagram.com/reel/Cabc-_1/?igsh=x", "https://instagram.com/reel/Cabc-_1", "instagram"},
		{"https://www.threads.net/@sari/post/C1", "https://threads.com/@sari/post/C1", "threads"},
		{"https://t.me/kabar_sari/77?single", "https://t.me/kabar_sari/77", "telegram"},
		{"https://id.linkedin.com/x", "", ""},
		{"https://bsky.app/profile/sari.bsky.social/post/3kabc", "https://bsky.app/profile/sari.bsky.social/post/3kabc", "bluesky"},
		{"https://mastodon.example/@sari/113000000000000001", "https://mastodon.example/@sari/113000000000000001", "mastodon"},
	} {
		got, at, why := PostAt(c.address)
		if got != c.want || at.Key != c.place && c.want != "" {
			t.Errorf("%s: %q at %q (%s)", c.address, got, at.Key, why)
		}
	}
	for address, want := range map[string]Refusal{
		"https://x.com/sari_asn": IsProfile, "https://instagram.com/sari.asn/": IsProfile, "https://www.tiktok.com/@sari": IsProfile, "https://facebook.com/sariasnku": IsProfile,
		"https://wa.me/6281200000000": IsWhatsApp, "https://chat.whatsapp.com/AbC": IsWhatsApp, "https://x.com/settings/account": NoPost,
		"https://berita.example/artikel": NotKnown, "javascript:alert(1)": NoAddress, "data:text/html,x": NoAddress, "https://a:b@x.com/s/status/1": NoAddress, "": NoAddress,
		"https://x.com:8443/s/status/1": NoAddress,
	} {
		if _, _, why := PostAt(address); why != want {
			t.Errorf("%s: %q, want %q", address, why, want)
		}
	}
}
