package notice_test

import (
	"testing"

	"gaung/internal/content"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/testdb"
	"gaung/internal/testkit"
)

// A job runs at least once: the people it concerns are told once.
func TestNewsThatComesTwiceIsToldOnce(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	s := notice.New(k.DB)
	author, approver := k.Staff(org.Author), k.Staff(org.Approver)
	made, err := k.Content.Create(t.Context(), author, content.Outline{}, testkit.Text("Layanan keliling hadir"))
	if err != nil {
		t.Fatal(err)
	}
	news := func(key, what string) content.NewsJob {
		return content.NewsJob{ContentID: made.ID, What: what, Key: key, To: []id.User{approver.User, author.User}, By: author.User, At: testdb.Now}
	}
	for _, one := range []content.NewsJob{news("content/1/turn/1/1", "turn"), news("content/1/turn/1/1", "turn"), news("content/1/reminder/1/1", "reminder")} {
		if err := s.HearContent(t.Context(), one); err != nil {
			t.Fatal(err)
		}
	}
	first, err := s.List(t.Context(), approver, notice.Desk, page.Ask{Limit: 1})
	if err != nil || first.Unread != 2 || len(first.Items) != 1 || first.Items[0].Kind != "reminder" || first.Items[0].Title != made.Title || first.Items[0].By == "" {
		t.Fatalf("%+v: %v", first, err)
	}
	second, err := s.List(t.Context(), approver, notice.Desk, page.Ask{Limit: 1, After: first.Next})
	if err != nil || len(second.Items) != 1 || second.Items[0].Kind != "turn" || second.Next != "" {
		t.Fatalf("%+v: %v", second, err)
	}
	if err := s.Read(t.Context(), author, first.Items[0].ID); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("another's notice: %v", err)
	}
	// What came after the newest that was shown stays unread.
	if err := s.ReadAll(t.Context(), approver, notice.Desk, second.Items[0].ID); err != nil {
		t.Fatal(err)
	}
	if left, err := s.List(t.Context(), approver, notice.Desk, page.Ask{}); err != nil || left.Unread != 1 {
		t.Errorf("%+v: %v", left, err)
	}
	if err := s.Read(t.Context(), approver, first.Items[0].ID); err != nil {
		t.Fatal(err)
	}
	if left, err := s.List(t.Context(), approver, notice.Desk, page.Ask{}); err != nil || left.Unread != 0 || len(left.Items) != 2 || left.Items[0].ReadAt == nil {
		t.Errorf("%+v: %v", left, err)
	}
	// Who lost the role is not told any more what the item is called.
	approver.Grants = nil
	if gone, err := s.List(t.Context(), approver, notice.Desk, page.Ask{}); err != nil || len(gone.Items) != 0 {
		t.Errorf("%+v: %v", gone, err)
	}
}
