package content

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gaung/internal/audit"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
)

// ChainStep is one step of a chain: who decides it. Colleague persons decide before all others; without
// names, or when none of them can, whoever approves at the node does.
type ChainStep struct {
	Name     string    `json:"name" maxLength:"80" doc:"E.g. Kepala Bidang Humas"`
	AgencyID id.Agency `json:"agency_id,omitempty" minimum:"0" maximum:"2147483647" doc:"Whose approvers decide it; empty: those of the agency that publishes"`
	Persons  []id.User `json:"persons,omitempty" maxItems:"10" doc:"Who is named for it; empty: whoever approves at the node"`
}

// Chain is how an agency decides on its contents.
type Chain struct {
	Steps         []ChainStep `json:"steps" minItems:"1" maxItems:"4" nullable:"false"`
	Repeats       bool        `json:"repeats,omitempty" doc:"One person may decide several steps"`
	RemindHours   int         `json:"remind_hours,omitempty" minimum:"0" maximum:"80" doc:"Working hours until a step's deciders are reminded; 0: 4"`
	EscalateHours int         `json:"escalate_hours,omitempty" minimum:"0" maximum:"160" doc:"Working hours until the next are told; 0: 8"`
}

const (
	maxSteps        = 4
	maxStepName     = 80
	maxNamed        = 10
	usualRemind     = 4 // working hours
	usualEscalate   = 8
	longestRemind   = 80
	longestEscalate = 160
)

// usualChain is that of an agency for which nobody has set another.
func usualChain() Chain {
	return Chain{Steps: []ChainStep{{Name: "Penyetuju"}}, RemindHours: usualRemind, EscalateHours: usualEscalate}
}

// ChainOf is an agency's chain as it is shown: its own, or that of the nearest ancestor which has one.
type ChainOf struct {
	AgencyID id.Agency `json:"agency_id" doc:"Whose chain it is; 0: nobody has set one, and this is the usual one"`
	Agency   string    `json:"agency_name"`
	Own      bool      `json:"own"`
	Version  int64     `json:"version" doc:"To be named by whoever changes the node's chain; 0: it has none of its own"`
	Changed  time.Time `json:"changed_at,omitzero" gorm:"column:changed" doc:"When the chain became what it is"`
	By       string    `json:"changed_by" doc:"The name of who did that; empty: it is not known"`
	Chain    `gorm:"-"`
	Persons  []Colleague     `json:"persons" gorm:"-" nullable:"false" doc:"The names of those named in it"`
	Way      []Stop          `json:"way" gorm:"-" nullable:"false" doc:"The nodes whose approvers may decide a step: from the top down to this one"`
	Raw      json.RawMessage `json:"-" gorm:"column:raw"`
}

// Stop is a node on the way from the top to another.
type Stop struct {
	ID   id.Agency `json:"id"`
	Name string    `json:"name"`
}

// Colleague is a person by name and office.
type Colleague struct {
	ID       id.User `json:"id"`
	Name     string  `json:"name"`
	Position string  `json:"position"`
	Unit     string  `json:"unit_name"`
}

// Chain reads the chain of a node that the actor sees in the queue.
func (s *Service) Chain(ctx context.Context, actor org.Actor, node id.Agency) (ChainOf, error) {
	if _, err := nodeOf(ctx, s.db, actor.Roots(Readers()...), node); err != nil {
		return ChainOf{}, err
	}
	return shownChain(ctx, s.db, node)
}

// shownChain is the chain that holds for a node, with all names.
func shownChain(ctx context.Context, c db.Conn, node id.Agency) (ChainOf, error) {
	found, err := chainOf(ctx, c, node)
	if err != nil {
		return found, err
	}
	named := []id.User{}
	for _, step := range found.Steps {
		named = append(named, step.Persons...)
	}
	if found.Persons, err = namesOf(ctx, c, named); err != nil {
		return found, err
	}
	found.Way, err = db.All[Stop](ctx, c, `SELECT o.id, o.name FROM agency AS a JOIN agency AS o ON o.id = ANY(a.path)
		WHERE a.id = $1 ORDER BY cardinality(o.path)`, node)
	return found, err
}

// SetChain gives a node of the actor's a chain of its own, on top of the version that they had before them; on
// another it is a conflict whose Current is the chain that is there. What is in review goes on as it began.
func (s *Service) SetChain(ctx context.Context, actor org.Actor, node id.Agency, on int64, chain Chain) (ChainOf, error) {
	chain = chain.tidied()
	if err := chain.check(); err != nil {
		return ChainOf{}, err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		path, err := nodeOf(ctx, tx, actor.Roots(org.Admin), node)
		if err != nil {
			return err
		}
		if err := chain.checkPeople(ctx, tx, path); err != nil {
			return err
		}
		steps, err := json.Marshal(chain.Steps)
		if err != nil {
			return err
		}
		if err := freshChain(ctx, tx, node, on); err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, `INSERT INTO approval_chain (agency_id, steps, repeats, remind_hours, escalate_hours, updated_at, updated_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (agency_id) DO UPDATE SET steps = excluded.steps, repeats = excluded.repeats,
			remind_hours = excluded.remind_hours, escalate_hours = excluded.escalate_hours, updated_at = excluded.updated_at,
			updated_by = excluded.updated_by, version = DEFAULT`,
			node, string(steps), chain.Repeats, chain.RemindHours, chain.EscalateHours, tx.Now, actor.User)
		if err != nil {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: node, Action: "chain.set",
			Subject: chainSubject(node), Detail: map[string]any{"steps": len(chain.Steps), "repeats": chain.Repeats}})
	})
	if err != nil {
		return ChainOf{}, err
	}
	return s.Chain(ctx, actor, node)
}

// freshChain lets only those go on who had the node's present chain before them. The node is locked: two who set
// its first chain come one after the other.
func freshChain(ctx context.Context, tx *db.Tx, node id.Agency, on int64) error {
	if _, err := db.Get[struct{ ID id.Agency }](ctx, tx, `SELECT id FROM agency WHERE id = $1 FOR NO KEY UPDATE`, node); err != nil {
		return err
	}
	there, err := shownChain(ctx, tx, node)
	if err != nil {
		return err
	}
	if there.Version == on {
		return nil
	}
	refused := errs.New(errs.Conflict, "Rantai persetujuan ini sudah diubah orang lain sejak Anda membukanya. Bandingkan, lalu simpan lagi.")
	refused.Current = there
	return refused
}

// DropChain lets a node follow its nearest ancestor again, on top of the version that the actor had before them.
func (s *Service) DropChain(ctx context.Context, actor org.Actor, node id.Agency, on int64) (ChainOf, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if _, err := nodeOf(ctx, tx, actor.Roots(org.Admin), node); err != nil {
			return err
		}
		if err := freshChain(ctx, tx, node, on); err != nil {
			return err
		}
		gone, err := db.Exec(ctx, tx, `DELETE FROM approval_chain WHERE agency_id = $1`, node)
		if err != nil || gone == 0 {
			return err
		}
		return audit.WriteTx(ctx, tx, audit.Entry{Actor: actor.User, Agency: node, Action: "chain.drop", Subject: chainSubject(node)})
	})
	if err != nil {
		return ChainOf{}, err
	}
	return s.Chain(ctx, actor, node)
}

// Approvers lists who may be named in the chain of a node: whoever approves there.
func (s *Service) Approvers(ctx context.Context, actor org.Actor, node id.Agency) ([]Colleague, error) {
	path, err := nodeOf(ctx, s.db, actor.Roots(org.Admin), node)
	if err != nil {
		return nil, err
	}
	return db.All[Colleague](ctx, s.db, namedSQL+` WHERE u.active AND u.id IN
		(SELECT user_id FROM user_role WHERE role = 'approver' AND agency_id = ANY($1::int4[])) ORDER BY lower(u.name), u.id LIMIT 200`, []id.Agency(path))
}

const namedSQL = `SELECT u.id, u.name, u.position, coalesce(a.name, '') AS unit FROM app_user AS u
	LEFT JOIN LATERAL (SELECT unit_id FROM placement WHERE user_id = u.id ORDER BY until_day IS NULL DESC, from_day DESC LIMIT 1) AS w ON true
	LEFT JOIN agency AS a ON a.id = w.unit_id`

func namesOf(ctx context.Context, c db.Conn, people []id.User) ([]Colleague, error) {
	if len(people) == 0 {
		return []Colleague{}, nil
	}
	return db.All[Colleague](ctx, c, namedSQL+` WHERE u.id = ANY($1::int4[]) ORDER BY u.id`, people)
}

func chainSubject(node id.Agency) string { return fmt.Sprintf("agency/%d", node) }

// nodeOf is the path of a node below one of the roots.
func nodeOf(ctx context.Context, c db.Conn, roots []id.Agency, node id.Agency) (db.IDs[id.Agency], error) {
	found, err := db.Get[struct{ Path db.IDs[id.Agency] }](ctx, c, `SELECT path::text AS path FROM agency WHERE id = $1 AND path && $2::int4[]`, node, roots)
	if errors.Is(err, db.ErrNoRow) {
		return nil, errs.New(errs.NotFound, "Instansi tidak ditemukan.")
	}
	return found.Path, err
}

// chainOf finds the chain that holds for a node.
func chainOf(ctx context.Context, c db.Conn, node id.Agency) (ChainOf, error) {
	found, err := db.Get[ChainOf](ctx, c, `
		SELECT h.agency_id, o.name AS agency, h.agency_id = a.id AS own, CASE WHEN h.agency_id = a.id THEN h.version ELSE 0 END AS version,
		       h.updated_at AS changed, coalesce(u.name, '') AS by, json_build_object('steps', h.steps, 'repeats', h.repeats,
		       'remind_hours', h.remind_hours, 'escalate_hours', h.escalate_hours) AS raw
		FROM agency AS a JOIN approval_chain AS h ON h.agency_id = ANY(a.path) JOIN agency AS o ON o.id = h.agency_id
		     LEFT JOIN app_user AS u ON u.id = h.updated_by
		WHERE a.id = $1 ORDER BY cardinality(o.path) DESC LIMIT 1`, node)
	if errors.Is(err, db.ErrNoRow) {
		return ChainOf{Chain: usualChain(), Persons: []Colleague{}}, nil
	}
	if err != nil {
		return found, err
	}
	return found, json.Unmarshal(found.Raw, &found.Chain)
}

func (c Chain) tidied() Chain {
	c.Steps = slices.Clone(c.Steps)
	for i := range c.Steps {
		c.Steps[i].Name = strings.Join(strings.Fields(c.Steps[i].Name), " ")
		c.Steps[i].Persons = slices.Compact(slices.Sorted(slices.Values(c.Steps[i].Persons)))
	}
	if c.RemindHours == 0 {
		c.RemindHours = usualRemind
	}
	if c.EscalateHours == 0 {
		c.EscalateHours = max(usualEscalate, 2*c.RemindHours)
	}
	return c
}

// check names every fault of a chain that can be seen without asking anybody.
func (c Chain) check() error {
	var f errs.Faults
	if len(c.Steps) < 1 || len(c.Steps) > maxSteps {
		f.Add("steps", "Rantai persetujuan terdiri atas 1 sampai %d tahap.", maxSteps)
	}
	for i, step := range c.Steps {
		if n := len([]rune(step.Name)); n == 0 || n > maxStepName {
			f.Add("steps", "Nama tahap %d wajib diisi, paling banyak %d karakter.", i+1, maxStepName)
		}
		if len(step.Persons) > maxNamed {
			f.Add("steps", "Tahap %d memuat lebih dari %d nama. Pilih paling banyak %d.", i+1, maxNamed, maxNamed)
		}
	}
	if c.RemindHours < 1 || c.RemindHours > longestRemind {
		f.Add("remind_hours", "Pengingat dikirim setelah 1 sampai %d jam kerja.", longestRemind)
	}
	if c.EscalateHours <= c.RemindHours || c.EscalateHours > longestEscalate {
		f.Add("escalate_hours", "Eskalasi harus setelah pengingat, paling lama %d jam kerja.", longestEscalate)
	}
	return f.Err()
}

// checkPeople wants each step's node on the way from the root to the chain's own node, so that who decides
// there sees every item that comes; and of each named person that they approve there.
func (c Chain) checkPeople(ctx context.Context, tx *db.Tx, path db.IDs[id.Agency]) error {
	var f errs.Faults
	for i, step := range c.Steps {
		if step.AgencyID != 0 && !slices.Contains(path, step.AgencyID) {
			f.Add("steps", "Instansi pada tahap %d harus instansi ini sendiri atau induknya.", i+1)
		}
		if len(step.Persons) == 0 {
			continue
		}
		able, err := db.Get[struct{ N int }](ctx, tx, `SELECT count(*) AS n FROM app_user AS u WHERE u.id = ANY($1::int4[]) AND u.active
			AND EXISTS (SELECT FROM user_role AS g WHERE g.user_id = u.id AND g.role = 'approver' AND g.agency_id = ANY($2::int4[]))`,
			step.Persons, []id.Agency(path))
		if err != nil {
			return err
		}
		if able.N != len(step.Persons) {
			f.Add("steps", "Sebagian nama pada tahap %d tidak memegang peran penyetuju di instansi ini atau induknya. Berikan perannya lebih dahulu.", i+1)
		}
	}
	return f.Err()
}
