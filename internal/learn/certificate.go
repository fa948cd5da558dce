package learn

import (
	"context"
	"crypto/rand"
	"errors"
	"math/big"
	"strings"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/page"
)

// Certificate is what a person learned, as it is printed.
type Certificate struct {
	ID          id.Certificate `json:"id"`
	ModuleID    id.Module      `json:"module_id" doc:"0: of a theme"`
	Theme       string         `json:"theme" doc:"Empty: of a module"`
	Holder      string         `json:"holder"`
	Title       string         `json:"title"`
	Competences []string       `json:"competences" gorm:"serializer:json" nullable:"false"`
	AgencyName  string         `json:"agency_name"`
	Zone        string         `json:"zone"`
	EarnedAt    time.Time      `json:"earned_at"`
	Code        string         `json:"code"`
	Public      bool           `json:"public" doc:"Whoever has the code may check it"`
}

const certificateColumns = `c.id, c.module_id, c.theme, c.holder, c.title, c.competences, c.agency_name, c.zone, c.earned_at, c.code, c.hidden_at IS NULL AS public`

// codeLetters are base62 without what looks alike and without vowels, so that no code says a word.
const codeLetters = "23456789BCDFGHJKLMNPQRSTVWXYZbcdfghjkmnpqrstvwxz"

// codeLength gives about 67 bits.
const codeLength = 12

func newCode() (string, error) {
	var code strings.Builder
	for range codeLength {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(codeLetters))))
		if err != nil {
			return "", err
		}
		code.WriteByte(codeLetters[n.Int64()])
	}
	return code.String(), nil
}

// What is printed for a module that was passed.
const ofModuleSQL = `
SELECT r.version, v.lesson->>'title' AS title, jsonb_build_array(v.lesson->>'competence') AS competences, r.passed_at AS earned_at,
       coalesce(a.name, own.name) AS agency_name, coalesce(a.zone, own.zone) AS zone, u.name AS holder
FROM learn_result AS r
JOIN module AS m ON m.id = r.module_id
JOIN module_version AS v ON v.module_id = r.module_id AND v.no = r.version
JOIN app_user AS u ON u.id = r.user_id
JOIN agency AS own ON own.id = @agency
LEFT JOIN agency AS a ON a.id = m.agency_id
WHERE r.user_id = @user AND r.module_id = @module AND r.passed_at IS NOT NULL
ORDER BY r.version DESC LIMIT 1`

// What is printed for a theme: every module of it that is on the person's shelf, each passed.
const ofThemeSQL = `
SELECT 0 AS version, '' AS title, coalesce(jsonb_agg(DISTINCT v.lesson->>'competence'), '[]') AS competences, max(r.passed_at) AS earned_at,
       own.name AS agency_name, own.zone, u.name AS holder
FROM module AS m
JOIN module_version AS v ON v.module_id = m.id AND v.no = m.version
JOIN app_user AS u ON u.id = @user
JOIN agency AS own ON own.id = @agency
LEFT JOIN LATERAL (SELECT min(passed_at) AS passed_at FROM learn_result WHERE user_id = @user AND module_id = m.id) AS r ON true
WHERE m.state = 'published' AND (m.agency_id = ANY(@path::int4[]) OR m.agency_id IS NULL) AND v.lesson->>'theme' = @theme
GROUP BY own.name, own.zone, u.name
HAVING count(*) >= @fewest::int8 AND count(*) = count(r.passed_at)`

// fewestOfTheme is how many modules a theme has before it is a set.
const fewestOfTheme = 2

type printed struct {
	Version     int
	Holder      string
	Title       string
	Competences string
	AgencyName  string
	Zone        string
	EarnedAt    time.Time
}

// Certify gives the certificate of a module that was passed or, with module 0, of a whole theme: one for each
// version of a module, and one for a theme, however often it is asked for.
func (s *Service) Certify(ctx context.Context, actor org.Actor, module id.Module, theme string) (made Certificate, err error) {
	code, err := newCode()
	if err != nil {
		return made, err
	}
	query := ofModuleSQL
	if module == 0 {
		query = ofThemeSQL
	} else {
		theme = ""
	}
	args := db.Args{"user": actor.User, "agency": actor.Agency, "path": actor.Path, "module": module, "theme": theme, "fewest": fewestOfTheme}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		paper, err := db.Get[printed](ctx, tx, query, args)
		if errors.Is(err, db.ErrNoRow) {
			return errs.New(errs.NotFound, "Sertifikat tersedia setelah kuisnya lulus.")
		}
		if err != nil {
			return err
		}
		made, err = issue(ctx, tx, actor.User, module, theme, code, paper)
		return err
	})
	return made, err
}

// issue writes the certificate once; what was issued before is given again.
func issue(ctx context.Context, tx *db.Tx, person id.User, module id.Module, theme, code string, p printed) (Certificate, error) {
	args := db.Args{"user": person, "module": module, "version": p.Version, "theme": theme, "holder": p.Holder, "title": p.Title,
		"competences": p.Competences, "agency": p.AgencyName, "zone": p.Zone, "earned": p.EarnedAt, "now": tx.Now, "code": code}
	fresh, err := db.Exec(ctx, tx, `
		INSERT INTO certificate (user_id, module_id, version, theme, holder, title, competences, agency_name, zone, earned_at, issued_at, code)
		VALUES (@user, @module, @version, @theme, @holder, @title, @competences::jsonb, @agency, @zone, @earned, @now, @code)
		ON CONFLICT ON CONSTRAINT certificate_module_id_key DO NOTHING`, args)
	if err != nil {
		return Certificate{}, err
	}
	made, err := db.Get[Certificate](ctx, tx, `SELECT `+certificateColumns+` FROM certificate AS c
		WHERE user_id = @user AND module_id = @module AND version = @version AND theme = @theme`, args)
	if err != nil || fresh == 0 {
		return made, err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO certificate_code (code, user_id, certificate_id) VALUES ($1, $2, $3)`, code, person, made.ID)
	return made, err
}

// Certificates lists the actor's own, newest first.
func (s *Service) Certificates(ctx context.Context, actor org.Actor, ask page.Ask) (page.Page[Certificate], error) {
	return page.Falling(ask, func(c Certificate) id.Certificate { return c.ID }, func(before id.Certificate, limit int) ([]Certificate, error) {
		return db.All[Certificate](ctx, s.db, `SELECT `+certificateColumns+` FROM certificate AS c
			WHERE user_id = @user AND (@before::int8 = 0 OR id < @before) ORDER BY id DESC LIMIT @limit`,
			db.Args{"user": actor.User, "before": before, "limit": limit})
	})
}

func noCertificate() error { return errs.New(errs.NotFound, "Sertifikat tidak ditemukan.") }

// SetPublic opens or closes the page on which others check a certificate. Its paper stays the person's own.
func (s *Service) SetPublic(ctx context.Context, actor org.Actor, certificate id.Certificate, public bool) (Certificate, error) {
	var changed Certificate
	err := s.db.Tx(ctx, func(tx *db.Tx) (err error) {
		changed, err = db.Get[Certificate](ctx, tx, `UPDATE certificate AS c SET hidden_at = CASE WHEN $3 THEN NULL ELSE coalesce(hidden_at, $4::timestamptz) END
			WHERE user_id = $1 AND id = $2 RETURNING `+certificateColumns, actor.User, certificate, public, tx.Now)
		return err
	})
	if errors.Is(err, db.ErrNoRow) {
		err = noCertificate()
	}
	return changed, err
}

// Verify reads a certificate by its code, for whoever was shown it.
func (s *Service) Verify(ctx context.Context, code string) (Certificate, error) {
	if len(code) != codeLength || strings.Trim(code, codeLetters) != "" {
		return Certificate{}, noCertificate()
	}
	found, err := db.Get[Certificate](ctx, s.db, `SELECT `+certificateColumns+` FROM certificate_code AS k
		JOIN certificate AS c ON c.user_id = k.user_id AND c.id = k.certificate_id AND c.hidden_at IS NULL WHERE k.code = $1`, code)
	if errors.Is(err, db.ErrNoRow) {
		err = noCertificate()
	}
	return found, err
}

// VerifyPath is where the public page of a certificate is.
func VerifyPath(code string) string { return "/sertifikat/" + code }
