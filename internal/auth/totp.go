package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp/hotp"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// RFC 6238 with what every authenticator app takes: SHA-1, six digits, half a minute.
const (
	stepSeconds  = 30
	skew         = 1                // steps that a phone's clock may be off
	secretBytes  = 20               // as long as SHA-1's block wants
	enrolPatient = 30 * time.Minute // a secret that was shown is shown again until then
	quietZone    = 4                // modules around a QR code
)

// SecondStep is the state of a person's one-time codes.
type SecondStep struct {
	Enabled      bool `json:"enabled"`
	Compulsory   bool `json:"compulsory" doc:"The person's roles want it"`
	RecoveryLeft int  `json:"recovery_left" doc:"Recovery codes that were not used"`
}

// SecondStep tells the actor's state.
func (s *Service) SecondStep(ctx context.Context, actor org.Actor) (SecondStep, error) {
	found, err := db.Get[SecondStep](ctx, s.db, `SELECT EXISTS (SELECT 1 FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL) AS enabled,
		(SELECT count(*) FROM recovery_code WHERE user_id = $1 AND used_at IS NULL) AS recovery_left`, actor.User)
	found.Compulsory = !s.relaxed && len(actor.Roots(compulsory()...)) > 0
	return found, err
}

// Enrolment is what an authenticator app needs, for the person's eyes only.
type Enrolment struct {
	Secret  string `json:"secret" doc:"To type by hand, in groups of four"`
	Address string `json:"address" doc:"otpauth:// address, to open on the phone itself"`
	QRSize  int    `json:"qr_size" doc:"Modules on a side, with the quiet zone"`
	QRPath  string `json:"qr_path" doc:"SVG path of the dark modules in a square of qr_size"`
}

type totpRow struct {
	Secret      []byte
	CreatedAt   time.Time
	ConfirmedAt *time.Time
	LastStep    int64
}

func place(person id.User) string { return fmt.Sprintf("totp/%d", person) }

// BeginTOTP shows a new secret. It counts once ConfirmTOTP has seen a code of it. Whoever has nothing
// else to do first (pending) has just given the password; everybody else gives it here.
func (s *Service) BeginTOTP(ctx context.Context, actor org.Actor, pending Pending, password string) (Enrolment, error) {
	if pending != EnrolTOTP {
		if err := s.prove(ctx, actor.User, password, "password"); err != nil {
			return Enrolment{}, err
		}
	}
	owner, err := db.Get[struct{ Email string }](ctx, s.db, `SELECT email FROM app_user WHERE id = $1`, actor.User)
	if err != nil {
		return Enrolment{}, err
	}
	var secret []byte
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lockTOTP(ctx, tx, actor.User)
		switch {
		case err == nil && row.ConfirmedAt != nil:
			return errs.New(errs.Conflict, "Aplikasi autentikator sudah aktif. Matikan dahulu bila ingin mengganti.")
		case err == nil && tx.Now.Sub(row.CreatedAt) < enrolPatient:
			secret, err = s.secrets.Open(row.Secret, place(actor.User))
			return err
		case err != nil && !errors.Is(err, db.ErrNoRow):
			return err
		}
		secret = make([]byte, secretBytes)
		if _, err := rand.Read(secret); err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `INSERT INTO totp (user_id, secret, created_at) VALUES ($1, $2, $3)
			ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
			WHERE totp.confirmed_at IS NULL`, actor.User, s.secrets.Seal(secret, place(actor.User)), tx.Now)
		return err
	})
	if err != nil {
		return Enrolment{}, err
	}
	return enrolment(secret, owner.Email)
}

func enrolment(secret []byte, email string) (Enrolment, error) {
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	address := "otpauth://totp/Gaung:" + url.PathEscape(email) + "?secret=" + text + "&issuer=Gaung&algorithm=SHA1&digits=6&period=30"
	e := Enrolment{Secret: inGroups(text, " "), Address: address}
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return e, err
	}
	side := code.Bounds().Dx()
	var path strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			run := x
			for run < side && isDark(code.At(run, y)) {
				run++
			}
			if run > x {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quietZone, y+quietZone, run-x, run-x)
				x = run
			}
		}
	}
	e.QRSize, e.QRPath = side+2*quietZone, path.String()
	return e, nil
}

func isDark(c interface{ RGBA() (r, g, b, a uint32) }) bool {
	r, _, _, _ := c.RGBA()
	return r < 0x8000
}

// inGroups sets a mark between groups of four.
func inGroups(text, mark string) string {
	var groups []string
	for ; len(text) > 4; text = text[4:] {
		groups = append(groups, text[:4])
	}
	return strings.Join(append(groups, text), mark)
}

// lockTOTP waits for whoever tries a code of the same person at the same moment.
func lockTOTP(ctx context.Context, tx *db.Tx, person id.User) (totpRow, error) {
	return db.Get[totpRow](ctx, tx, `SELECT secret, created_at, confirmed_at, last_step FROM totp WHERE user_id = $1 FOR UPDATE`, person)
}

// stepOf finds which half minute a code belongs to; a code of a step that was used is none.
func (s *Service) stepOf(person id.User, row totpRow, code string, now time.Time) (int64, bool, error) {
	secret, err := s.secrets.Open(row.Secret, place(person))
	if err != nil {
		return 0, false, err
	}
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	for step := now.Unix()/stepSeconds - skew; step <= now.Unix()/stepSeconds+skew; step++ {
		right, err := hotp.GenerateCode(text, uint64(step))
		if err != nil {
			return 0, false, err
		}
		if step > row.LastStep && subtle.ConstantTimeCompare([]byte(right), []byte(code)) == 1 {
			return step, true, nil
		}
	}
	return 0, false, nil
}

func codeWrong() error {
	return errs.InvalidField("code", "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya, dan pastikan jam ponsel Anda otomatis.")
}

// ConfirmTOTP takes the first code of a new secret and gives the recovery codes, which are shown once.
func (s *Service) ConfirmTOTP(ctx context.Context, actor org.Actor, code string) (codes []string, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		row, err := lockTOTP(ctx, tx, actor.User)
		if errors.Is(err, db.ErrNoRow) || err == nil && row.ConfirmedAt != nil {
			return errs.New(errs.Conflict, "Tidak ada pendaftaran autentikator yang menunggu. Mulai lagi dari awal.")
		}
		if err != nil {
			return err
		}
		step, ok, err := s.stepOf(actor.User, row, digits(code), tx.Now)
		if err != nil {
			return err
		}
		if !ok {
			return codeWrong()
		}
		if _, err := db.Exec(ctx, tx, `UPDATE totp SET confirmed_at = $2, last_step = $3 WHERE user_id = $1`, actor.User, tx.Now, step); err != nil {
			return err
		}
		if codes, err = s.newRecovery(ctx, tx, actor.User); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.enable_totp", Subject: "user"})
	})
	return codes, err
}

// DisableTOTP takes password and code. Whoever needs one-time codes must enrol again at once.
func (s *Service) DisableTOTP(ctx context.Context, actor org.Actor, password, code string) error {
	if err := s.proveBoth(ctx, actor, password, code); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := dropTOTP(ctx, tx, actor.User); err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: actor.Agency, Action: "auth.disable_totp", Subject: "user"})
	})
}

func dropTOTP(ctx context.Context, tx *db.Tx, person id.User) error {
	for _, statement := range []string{`DELETE FROM totp WHERE user_id = $1`, `DELETE FROM recovery_code WHERE user_id = $1`} {
		if _, err := db.Exec(ctx, tx, statement, person); err != nil {
			return err
		}
	}
	return nil
}

// digits reads "123 456" as people type it.
func digits(code string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code)
}
