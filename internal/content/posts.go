package content

import (
	"context"

	"gaung/internal/account"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
)

// onAccounts are the official posts as the registry asks for them.
func (t Text) onAccounts() []account.Post {
	posts := make([]account.Post, len(t.OfficialPosts))
	for i, post := range t.OfficialPosts {
		posts[i] = account.Post{Network: post.Network, URL: post.URL, Account: post.AccountID}
	}
	return posts
}

// fillAccounts names the account of each official post where only one can be meant.
func fillAccounts(ctx context.Context, tx *db.Tx, agency id.Agency, text Text) error {
	posts := text.onAccounts()
	if err := account.FillTx(ctx, tx, agency, posts); err != nil {
		return err
	}
	for i, post := range posts {
		text.OfficialPosts[i].AccountID = post.Account
	}
	return nil
}

// checkAccounts refuses official posts that do not stand on an account which may be used now: a personal one is
// closed again after its day, and while an election mode holds.
func checkAccounts(ctx context.Context, tx *db.Tx, row item, text Text) error {
	if len(text.OfficialPosts) == 0 {
		return nil
	}
	modes, err := modesOf(ctx, tx, row)
	if err != nil {
		return err
	}
	faults, err := account.FaultsTx(ctx, tx, row.AgencyID, text.onAccounts(), len(modes) > 0)
	if err != nil {
		return err
	}
	var f errs.Faults
	for _, fault := range faults {
		if fault != "" {
			f.Add("official_posts", "%s", fault)
		}
	}
	return f.Err()
}

// checkAccountsNow is checkAccounts for a decision on a version that was written before: what was right then may
// have been closed since.
func checkAccountsNow(ctx context.Context, tx *db.Tx, row item) error {
	written, err := readVersion(ctx, tx, row)
	if err != nil {
		return err
	}
	if err := checkAccounts(ctx, tx, row, written.Text); err != nil {
		if errs.CodeOf(err) == errs.Invalid {
			err = errs.New(errs.Conflict, "Unggahan resmi konten ini berada pada akun yang tidak dapat dipakai lagi. Kembalikan kepada penyusunnya untuk diperbaiki.").Because(err)
		}
		return err
	}
	return nil
}
