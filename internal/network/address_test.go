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
		{"https://t.me/s/kabar_sari/77", "https://t.me/s/kabar_sari/77", "telegram"},
		{"https://id.linkedin.com/posts/sari-activity-7260000000000000045-aB3d", "https://linkedin.com/posts/sari-activity-7260000000000000045-aB3d", "linkedin"},
		{"  https://x.com/sari_asn/status/1860000000000000001%20", "https://x.com/sari_asn/status/1860000000000000001", "x"},
		{"https://bsky.app/profile/sari.bsky.social/post/3kabc", "https://bsky.app/profile/sari.bsky.social/post/3kabc", "bluesky"},
		{"https://mastodon.social/@sari/113000000000000001", "https://mastodon.social/@sari/113000000000000001", "mastodon"},
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
		"https://x.com:8443/s/status/1": NoAddress, "https://x.com/sari/../orang/status/1860000000000000001": NoAddress, "https://x.com/a/%2e%2e/b/status/18600001": NoAddress,
		"https://[2001:db8::1]/@sari/113000000000000001": NoAddress, "https://intranet/@sari/113000000000000001": NoAddress,
		"https://blog-saya.example/@sari/113000000000000001": NotKnown, "https://mastodon.social/@sari@lain.example/113000000000000001": NoPost,
		"https://id.linkedin.com/posts/sari": NoPost, "https://www.facebook.com/permalink.php?id=3": IsProfile,
	} {
		if _, _, why := PostAt(address); why != want {
			t.Errorf("%s: %q, want %q", address, why, want)
		}
	}
}

// Who gives one post twice, in another spelling, has one post; and two posts are two.
func TestOnePostHasOneKey(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for i, spellings := range [][]string{
		{"https://x.com/sari/status/1860000000000000001", "https://x.com/SARI/status/1860000000000000001", "https://twitter.com/orang/status/01860000000000000001/photo/1", "https://x.com/i/web/status/1860000000000000001"},
		{"https://x.com/sari/status/1860000000000000002"},
		{"https://t.me/kabar_sari/77", "https://t.me/s/Kabar_Sari/77?before=9", "https://telegram.me/KABAR_SARI/0077", "https://t.me/kabar_sari/5/77", "https://t.me/kabar_sari/77?thread=5", "https://t.me/kabar_sar%69/77"},
		{"https://t.me/kabar_budi/77"},
		{"https://www.facebook.com/sari/posts/pfbid0Abc", "https://m.facebook.com/orang.lain/posts/pfbid0Abc", "https://facebook.com/story.php?story_fbid=pfbid0Abc&id=34", "https://id-id.facebook.com/permalink.php?id=9&story_fbid=pfbid0Abc",
			"https://facebook.com/sari/posts/pfbid0Abc?fbid=5"},
		{"https://facebook.com/sari/posts/123456", "https://facebook.com/groups/88/posts/123456", "https://facebook.com/groups/lain/permalink/0123456/", "https://facebook.com/sari/posts/judul-panjang/123456"},
		{"https://facebook.com/sari/videos/777777", "https://facebook.com/lain/videos/judul/777777/", "https://www.facebook.com/reel/777777"},
		{"https://youtu.be/dQw4w9WgXcQ?si=1", "https://youtube.com/watch?v=dQw4w9WgXcQ", "https://m.youtube.com/shorts/dQw4w9WgXcQ", "https://youtube.com/live/dQw4w9WgXcQ?x=1", "https://youtube.com/watch?v=dQw4w9WgXcQlebih", "https://youtu.be/dQw4w9WgXcQ%20"},
		{"https://instagram.com/p/Cabc-_1/", "https://www.instagram.com/reel/Cabc-_1", "https://instagram.com/sari/p/Cabc-_1/?igsh=x", "https://instagram.com/tv/Cabc-_1/lagi"},
		{"https://www.threads.net/@sari/post/C1", "https://threads.com/@Lain/post/C1", "https://threads.com/t/C1"},
		{"https://tiktok.com/@sari/video/7300000000000000001", "https://m.tiktok.com/@lain/photo/7300000000000000001?x"},
		{"https://www.linkedin.com/posts/sari-activity-7260000000000000045-aB3d", "https://id.linkedin.com/posts/lain_ubah-activity-7260000000000000045-zzzz", "https://linkedin.com/feed/update/urn:li:activity:7260000000000000045/",
			"https://linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7260000000000000045", "https://linkedin.com/posts/a-share-111111111111111111-activity-7260000000000000045-aB3d"},
		{"https://mastodon.social/@sari/113000000000000001", "https://MASTODON.social/@SARI/113000000000000001/", "https://mastodon.social/users/sari/statuses/113000000000000001"},
		{"https://mas.to/@sari/113000000000000001"},
		{"https://bsky.app/profile/sari.bsky.social/post/3kabc", "https://bsky.app/profile/did:plc:abc/post/3kabc"},
	} {
		for _, address := range spellings {
			normal, at, why := PostAt(address)
			key := at.KeyOf(normal)
			if first, there := seen[key]; why != "" || key == "" || there && first != i {
				t.Errorf("%s: %q %q", address, key, why)
			}
			seen[key] = i
		}
		if len(seen) != i+1 {
			t.Fatalf("%v: %v", spellings, seen)
		}
	}
}

// A host that answers as it likes is Mastodon only where somebody vouches for it.
func TestAnUnknownHostIsNoServer(t *testing.T) {
	t.Parallel()
	const address = "https://sosial.dinas.example/@sari/113000000000000001"
	if _, _, why := PostAt(address, "lain.example"); why != NotKnown {
		t.Errorf("unknown: %q", why)
	}
	if normal, at, why := PostAt(address, "sosial.dinas.example"); why != "" || at.Key != "mastodon" || normal != address {
		t.Errorf("named: %q %q", normal, why)
	}
	if _, at, why := PostAt("https://x.com/@sari/113000000000000001", "x.com"); why != NoPost || at.Key != "x" {
		t.Errorf("another network's: %q %q", at.Key, why)
	}
}
