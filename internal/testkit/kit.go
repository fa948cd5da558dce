// Package testkit gives tests people, agencies and contents in a line each, made through the owners'
// own functions on a real database.
package testkit

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"gaung/internal/account"
	"gaung/internal/blob"
	"gaung/internal/brand"
	"gaung/internal/caption"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/job"
	"gaung/internal/learn"
	"gaung/internal/org"
	"gaung/internal/period"
	"gaung/internal/seal"
	"gaung/internal/testdb"
	"gaung/internal/user"
)

// Kit is one test's small world: a region of its own, so that tests can share a database.
type Kit struct {
	t       testing.TB
	DB      *db.DB
	Ring    *seal.Ring
	Queue   *job.Queue
	Org     *org.Service
	User    *user.Service
	Desk    *user.Desk
	Brand   *brand.Service
	Content *content.Service
	Files   *blob.Folder
	Learn   *learn.Service

	Region org.Agency // WITA
	Dinas  org.Agency // an agency of the region
	Unit   org.Agency // a unit of the agency
	prefix string
	made   int
}

// Key is the fixed key ring of tests.
const Key = "1:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

// New makes a world on the package's database.
func New(t testing.TB) *Kit { return On(t, testdb.New(t)) }

// On makes a world on a database of the test's own.
func On(t testing.TB, d *db.DB) *Kit {
	t.Helper()
	ring, err := seal.ParseRing(Key)
	if err != nil {
		t.Fatal(err)
	}
	queue, err := job.New(d, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	agencies := org.New(d)
	k := &Kit{t: t, DB: d, Ring: ring, Queue: queue, Org: agencies, User: user.New(d, ring, agencies), Brand: brand.New(d, files), Content: content.New(d, queue).KeepIn(files), Files: files, Learn: learn.New(d, files, "https://gaung.example"),
		prefix: "T" + strings.ToUpper(rand.Text()[:8])}
	k.Desk = user.NewDesk(d, ring, k.User, queue, t.TempDir())
	made, err := k.Org.CreateAll(t.Context(), []org.DraftByCode{
		{Draft: org.Draft{Kind: org.Region, Code: k.prefix, Name: "Provinsi Uji", Zone: "Asia/Makassar"}},
		{ParentCode: k.prefix, Draft: org.Draft{Kind: org.Body, Code: k.prefix + "-D", Name: "Dinas Uji"}},
		{ParentCode: k.prefix + "-D", Draft: org.Draft{Kind: org.Unit, Code: k.prefix + "-D-1", Name: "Bidang Uji"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	k.Region, k.Dinas, k.Unit = made[k.prefix], made[k.prefix+"-D"], made[k.prefix+"-D-1"]
	registrar := org.Actor{Grants: []org.Grant{{Role: org.Publisher, Agency: k.Region.ID}}}
	if _, err := account.New(d).Create(t.Context(), registrar, k.Region.ID, account.Plan{Network: "instagram", Handle: "uji", Kind: account.Official}); err != nil {
		t.Fatal(err)
	}
	return k
}

// Agency adds a node below another of the kit.
func (k *Kit) Agency(parent org.Agency, kind org.Kind) org.Agency {
	k.t.Helper()
	k.made++
	code := fmt.Sprintf("%s-N%d", k.prefix, k.made)
	admin := org.Actor{Grants: []org.Grant{{Role: org.Admin, Agency: parent.ID}}}
	made, err := k.Org.Create(k.t.Context(), admin, org.Draft{ParentID: parent.ID, Kind: kind, Code: code, Name: "Simpul " + code})
	if err != nil {
		k.t.Fatal(err)
	}
	return made
}

// Person adds somebody who works in a unit and knows what comes before the first share; each grant names its node.
func (k *Kit) Person(unit id.Agency, grants ...org.Grant) org.Actor {
	k.t.Helper()
	actor := k.Newcomer(unit, grants...)
	if err := k.Learn.Vouch(k.t.Context(), actor.User); err != nil {
		k.t.Fatal(err)
	}
	return actor
}

// Newcomer is Person before they learned what comes before the first share.
func (k *Kit) Newcomer(unit id.Agency, grants ...org.Grant) org.Actor {
	k.t.Helper()
	k.made++
	made, err := k.User.CreateAll(k.t.Context(), []user.Draft{{
		Name: fmt.Sprintf("Orang %d", k.made), Email: fmt.Sprintf("%s.%d@uji.example", strings.ToLower(k.prefix), k.made),
		Unit: unit, From: period.DayOf(2026, 1, 1), Roles: grants,
	}})
	if err != nil {
		k.t.Fatal(err)
	}
	// They agreed to stand on boards, unless a test says otherwise.
	if err := k.DB.Tx(k.t.Context(), func(tx *db.Tx) error { return user.HideTx(k.t.Context(), tx, made, false) }); err != nil {
		k.t.Fatal(err)
	}
	actor, err := k.User.Actor(k.t.Context(), made[0])
	if err != nil {
		k.t.Fatal(err)
	}
	return actor
}

// Staff adds somebody in the kit's unit with roles on the kit's agency.
func (k *Kit) Staff(roles ...org.Role) org.Actor {
	k.t.Helper()
	var grants []org.Grant
	for _, role := range roles {
		grants = append(grants, org.Grant{Role: role, Agency: k.Dinas.ID})
	}
	return k.Person(k.Unit.ID, grants...)
}

// Text is a text that is complete enough to be submitted.
func Text(title string) content.Text {
	return content.Text{
		Title: title, Summary: "Ringkasan yang dibaca orang.", Body: "Isi lengkap.", Kind: "pengumuman", Pillar: "product",
		Stage: "akan", Topic: "layanan_publik", Classification: "terbuka",
		Captions:      caption.Plain("Keterangan resmi.", "Keterangan hangat.", "Keterangan pendek."),
		Hashtags:      []string{"#Uji"},
		OfficialPosts: []content.OfficialPost{{Network: "instagram", URL: "https://www.instagram.com/p/uji/"}},
	}
}

// Live makes a content of the kit's agency and takes it live.
func (k *Kit) Live(title string) content.Content { return k.LiveText(Text(title)) }

// LiveText is Live with a text of the test's own.
func (k *Kit) LiveText(text content.Text) content.Content {
	k.t.Helper()
	author, approver, publisher := k.Staff(org.Author), k.Staff(org.Approver), k.Staff(org.Publisher)
	ctx := k.t.Context()
	made, err := k.Content.Create(ctx, author, content.Outline{Agency: k.Dinas.ID}, text)
	for _, step := range []func() (content.Content, error){
		func() (content.Content, error) { return k.Content.Submit(ctx, author, made.ID) },
		func() (content.Content, error) {
			return k.Content.Approve(ctx, approver, made.ID, content.Seen{Version: 1, Step: 1}, "")
		},
		func() (content.Content, error) { return k.Content.Publish(ctx, publisher, made.ID) },
	} {
		if err == nil {
			made, err = step()
		}
	}
	if err != nil {
		k.t.Fatal(err)
	}
	return made
}
