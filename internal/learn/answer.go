package learn

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// Attempt is a person's answers to the quiz of a version, in the order in which it was asked.
type Attempt struct {
	Version int    `json:"version" minimum:"1" maximum:"2147483647" doc:"As it was read"`
	Attempt int    `json:"attempt" minimum:"1" maximum:"2147483647" doc:"As it was read"`
	Answers []int  `json:"answers" maxItems:"12" nullable:"false" doc:"The chosen option of each question, from 0; -1: left out"`
	Key     string `json:"-"`
}

const maxKey = 100

// Answer grades an attempt. The best is kept, failing costs nothing, and the same key is graded once.
func (s *Service) Answer(ctx context.Context, actor org.Actor, module id.Module, in Attempt) (done Graded, err error) {
	if len(in.Key) > maxKey || !utf8.ValidString(in.Key) {
		return done, errs.InvalidField("Idempotency-Key", "Kunci idempotensi berupa teks, paling panjang %d karakter.", maxKey)
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := reaches(ctx, tx, actor, module); err != nil {
			return err
		}
		if err := begin(ctx, tx, actor, module); err != nil {
			return err
		}
		told, before, err := graded(ctx, tx, actor, module, in)
		if err != nil || told {
			done = before
			return err
		}
		if done, err = s.gradeNow(ctx, tx, actor, module, in); err != nil {
			return err
		}
		return remember(ctx, tx, actor, module, in, done)
	})
	return done, err
}

// begin notes that the person is at it, and holds their row: two tabs answer one after the other.
func begin(ctx context.Context, tx *db.Tx, actor org.Actor, module id.Module) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO learn_progress (user_id, module_id, at) VALUES ($1, $2, $3)
		ON CONFLICT ON CONSTRAINT learn_progress_user_id_pkey DO UPDATE SET at = excluded.at`, actor.User, module, tx.Now)
	return err
}

func (in Attempt) fingerprint(module id.Module) []byte {
	sum := sha256.Sum256(fmt.Append(nil, module, in.Version, in.Attempt, in.Answers))
	return sum[:]
}

// graded tells what was said to the same request before.
func graded(ctx context.Context, tx *db.Tx, actor org.Actor, module id.Module, in Attempt) (told bool, done Graded, err error) {
	if in.Key == "" {
		return false, done, nil
	}
	row, err := db.Get[struct {
		Fingerprint []byte
		Graded      Graded `gorm:"serializer:json"`
	}](ctx, tx, `SELECT fingerprint, graded FROM learn_request WHERE user_id = $1 AND key = $2`, actor.User, in.Key)
	switch {
	case errors.Is(err, db.ErrNoRow):
		return false, done, nil
	case err != nil:
		return false, done, err
	case string(row.Fingerprint) != string(in.fingerprint(module)):
		return false, done, errs.InvalidField("Idempotency-Key", "Kunci idempotensi ini sudah dipakai untuk jawaban lain.")
	}
	return true, row.Graded, nil
}

func remember(ctx context.Context, tx *db.Tx, actor org.Actor, module id.Module, in Attempt, done Graded) error {
	if in.Key == "" {
		return nil
	}
	text, err := json.Marshal(done)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO learn_request (user_id, key, fingerprint, graded, at) VALUES ($1, $2, $3, $4::jsonb, $5)`,
		actor.User, in.Key, in.fingerprint(module), string(text), tx.Now)
	return err
}

// gradeNow grades and keeps the best.
func (s *Service) gradeNow(ctx context.Context, tx *db.Tx, actor org.Actor, module id.Module, in Attempt) (Graded, error) {
	row, err := db.Get[struct {
		Lesson  Lesson `gorm:"serializer:json"`
		BuiltIn bool
	}](ctx, tx, `SELECT v.lesson, m.key <> '' AS built_in FROM module_version AS v JOIN module AS m ON m.id = v.module_id
		WHERE v.module_id = $1 AND v.no = $2`, module, in.Version)
	if errors.Is(err, db.ErrNoRow) {
		return Graded{}, noModule()
	}
	if err != nil {
		return Graded{}, err
	}
	done, err := sitting{actor.User, module, in.Version, in.Attempt}.grade(row.Lesson, in.Answers)
	if err != nil {
		return done, err
	}
	if done.Best, err = keepBest(ctx, tx, actor, module, in.Version, done); err != nil {
		return done, err
	}
	if done.Passed && s.queue != nil {
		if err := s.queue.EnqueueTx(ctx, tx, PassedJob{actor.User}); err != nil {
			return done, err
		}
	}
	done.MayShare = row.BuiltIn && done.Passed
	if !done.MayShare {
		return done, nil
	}
	return done, ready(ctx, tx, []id.User{actor.User})
}

func keepBest(ctx context.Context, tx *db.Tx, actor org.Actor, module id.Module, version int, done Graded) (int, error) {
	kept, err := db.Get[struct{ Best int }](ctx, tx, `
		INSERT INTO learn_result AS r (user_id, module_id, version, best, questions, attempts, passed_at, at)
		VALUES (@user, @module, @version, @right, @of, 1, CASE WHEN @passed THEN @now::timestamptz END, @now)
		ON CONFLICT ON CONSTRAINT learn_result_user_id_pkey DO UPDATE SET best = greatest(r.best, excluded.best),
		    attempts = r.attempts + 1, passed_at = coalesce(r.passed_at, excluded.passed_at), at = excluded.at
		RETURNING best`,
		db.Args{"user": actor.User, "module": module, "version": version, "right": done.Right, "of": done.Of, "passed": done.Passed, "now": tx.Now})
	return kept.Best, err
}

func ready(ctx context.Context, tx *db.Tx, people []id.User) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO learn_ready (user_id, at) SELECT unnest($1::int4[]), $2 ON CONFLICT DO NOTHING`, people, tx.Now)
	return err
}

// Vouch notes of people that they know what comes before the first share: they learned it elsewhere.
func (s *Service) Vouch(ctx context.Context, people ...id.User) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error { return ready(ctx, tx, people) })
}
