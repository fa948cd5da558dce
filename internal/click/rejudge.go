package click

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"gaung/internal/db"
	"gaung/internal/id"
	"gaung/internal/period"
)

// reclassifier corrects one partition.
type reclassifier struct {
	service *Service
	judge   *judge
	day     period.Day
	table   string
	why     string // told to those who are told
}

// stored is a click as it lies in its partition, with the verdict it is to have.
type stored struct {
	judgment
	tid   string // where the row is, until the transaction writes it
	unit  id.Agency
	after Reason
	rule  int16 // and by which rules
}

// again is what the present rules find of a click, as far as they can: what the edge saw of a request that
// was taken for a machine is known no more, so one that is none is taken for a person who chose to read.
// A fetch ahead stays one whoever made it.
func (r *reclassifier) again(c stored) Reason {
	if c.Reason == purposeHeader {
		return purposeHeader
	}
	if found := r.judge.agent(c.Agent); found.machine {
		return found.why
	}
	if c.Reason.ofAgent() {
		return newVisitor
	}
	return c.Reason
}

// pages judges the clicks of some pages again, and corrects what had been counted. The order of locks is
// that of a batch of new clicks: who was seen, then the sums, then those who are told.
func (r *reclassifier) pages(ctx context.Context, tx *db.Tx, from, until int64) (done tally, err error) {
	if err := r.hold(ctx, tx); err != nil {
		return done, err
	}
	clicks, err := r.read(ctx, tx, rejudgeSQL, RuleVersion, fmt.Sprintf("(%d,0)", from), fmt.Sprintf("(%d,0)", until))
	if err != nil {
		return done, err
	}
	done.changes = map[Change]int64{}
	for i := range clicks {
		clicks[i].after, clicks[i].rule = r.again(clicks[i]), RuleVersion
	}
	if clicks, err = r.regroup(ctx, tx, clicks); err != nil {
		return done, err
	}
	if err := r.store(ctx, tx, clicks); err != nil {
		return done, err
	}
	for _, c := range clicks {
		if c.rule != c.Rule {
			done.judged++
		}
	}
	changed := slices.DeleteFunc(clicks, func(c stored) bool { return c.after.verdict() == c.Verdict })
	for _, c := range changed {
		done.changes[Change{Before: c.Verdict, After: c.after.verdict()}]++
	}
	if err := r.correct(ctx, tx, changed); err != nil {
		return done, err
	}
	return done, done.write(ctx, tx, r.day)
}

// hold keeps others from moving the day's rows until the transaction ends. A day may have to be read through (see
// regroup), and another process may be at it.
func (r *reclassifier) hold(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Pgx().Exec(ctx, `SELECT set_config('statement_timeout', '10min', true), set_config('lock_timeout', '10min', true)`)
	if err == nil {
		_, err = tx.Pgx().Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('gaung/click/reclassify'), $1)`, int32(r.day))
	}
	return db.Error(err)
}

var (
	//go:embed sql/rejudge.sql
	rejudgeSQL string
	//go:embed sql/regroup.sql
	regroupSQL string
)

// read reads clicks of the partition by a query that is written for any.
func (r *reclassifier) read(ctx context.Context, tx *db.Tx, query string, args ...any) ([]stored, error) {
	rows, err := tx.Pgx().Query(ctx, strings.ReplaceAll(query, "click_of_the_day", pgx.Identifier{r.table}.Sanitize()), args...)
	if err != nil {
		return nil, db.Error(err)
	}
	clicks, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c stored, err error) {
		err = row.Scan(&c.tid, &c.At, &c.Visitor, &c.Content, &c.User, &c.unit, &c.Channel, &c.Verdict, &c.Reason, &c.Rule, &c.Agent)
		c.after, c.rule = c.Reason, c.Rule
		return c, err
	})
	return clicks, db.Error(err)
}

// visit is one visitor on one person's link to a content, in the partition's day.
type visit struct {
	content id.Content
	user    id.User
	visitor int32
}

func (c stored) visit() visit { return visit{c.Content, c.User, c.Visitor} }

// regroup makes a valid click of the first of each visitor on a link, and repeats of the later ones, where
// machines turned out to be people. What else the partition holds of those visitors is read for it; clicks
// that arrive meanwhile find the visitor remembered, or are waited for.
func (r *reclassifier) regroup(ctx context.Context, tx *db.Tx, clicks []stored) ([]stored, error) {
	groups, err := r.remember(ctx, tx, clicks)
	if err != nil || len(groups) == 0 {
		return clicks, err
	}
	var contents, users, visitors []int32
	for group := range groups {
		contents, users, visitors = append(contents, int32(group.content)), append(users, int32(group.user)), append(visitors, group.visitor)
	}
	others, err := r.read(ctx, tx, regroupSQL, contents, users, visitors)
	if err != nil {
		return nil, err
	}
	here := map[string]bool{}
	for _, c := range clicks {
		here[c.tid] = true
	}
	for _, c := range others {
		if !here[c.tid] { // what is written moves to the end, and would be passed by if it were not judged now
			c.after, c.rule = r.again(c), RuleVersion
			clicks = append(clicks, c)
		}
	}
	slices.SortFunc(clicks, func(a, b stored) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.after, b.after), cmp.Compare(a.tid, b.tid))
	})
	for i, c := range clicks {
		if there, regrouped := groups[c.visit()]; regrouped && (c.after == newVisitor || c.after == seenToday) {
			clicks[i].after = map[bool]Reason{false: newVisitor, true: seenToday}[there]
			groups[c.visit()] = true
		}
	}
	return clicks, nil
}

// remember notes the visitors who are no machines after all, so that their next click is a repeat; of days
// that are over for long nothing more arrives.
func (r *reclassifier) remember(ctx context.Context, tx *db.Tx, clicks []stored) (groups map[visit]bool, err error) {
	groups = map[visit]bool{}
	var all []seen
	for _, c := range clicks {
		if c.after == newVisitor && c.Verdict != Valid {
			groups[c.visit()] = false
			all = append(all, r.service.seenBy(c.judgment))
		}
	}
	kept, err := partitionsOf(ctx, tx, "click_seen")
	if _, there := kept[partitionName("click_seen", r.day)]; err != nil || !there || len(all) == 0 {
		return groups, err
	}
	_, err = remember(ctx, tx, all)
	return groups, err
}

// store writes verdicts and the rules' number, many rows of one outcome at a time.
func (r *reclassifier) store(ctx context.Context, tx *db.Tx, clicks []stored) error {
	type outcome struct {
		reason Reason
		rule   int16
	}
	rows := map[outcome][]string{}
	for _, c := range clicks {
		if to := (outcome{c.after, c.rule}); to != (outcome{c.Reason, c.Rule}) {
			rows[to] = append(rows[to], c.tid)
		}
	}
	for to, tids := range rows {
		_, err := tx.Pgx().Exec(ctx, `UPDATE `+pgx.Identifier{r.table}.Sanitize()+` SET verdict = $1::int4::"char", reason = $2::int4::"char", rule = $3::int4::"char"
			WHERE ctid = ANY ($4::text[]::tid[])`, to.reason.verdict(), to.reason, to.rule, tids)
		if err != nil {
			return db.Error(err)
		}
	}
	return nil
}

// correct takes back what the changed clicks had added under their old verdicts, and adds what they are now.
func (r *reclassifier) correct(ctx context.Context, tx *db.Tx, changed []stored) error {
	if len(changed) == 0 {
		return nil
	}
	before, after := make([]judgment, len(changed)), make([]judgment, len(changed))
	for i, c := range changed {
		before[i], after[i] = c.judgment, c.judgment
		after[i].Verdict, after[i].Reason = c.after.verdict(), c.after
	}
	around, err := placedAround(ctx, tx, changed)
	if err != nil {
		return err
	}
	if err := addUp(after, &around).minus(addUp(before, &around)).write(ctx, tx); err != nil {
		return err
	}
	taken := telling(before, &around)
	for i := range taken {
		taken[i].Delta = -1
	}
	counted := append(taken, telling(after, &around)...)
	for i := range counted {
		counted[i].Why = r.why
	}
	for _, tell := range r.service.onShip {
		if len(counted) == 0 {
			break
		}
		if err := tell(ctx, tx, counted); err != nil {
			return err
		}
	}
	return nil
}

//go:embed sql/placed.sql
var placedSQL string

// placedAround is lookAround for clicks whose unit is known: they stay where they were counted.
func placedAround(ctx context.Context, tx *db.Tx, clicks []stored) (around surroundings, err error) {
	around = surroundings{paths: map[id.Agency][]node{}, publishers: map[id.Content]string{}, zones: map[string]*time.Location{}}
	var units []int32
	records := make([]judgment, len(clicks))
	for i, c := range clicks {
		units, records[i] = append(units, int32(c.unit)), c.judgment
	}
	rows, err := tx.Pgx().Query(ctx, placedSQL, distinct(units))
	if err != nil {
		return around, db.Error(err)
	}
	places, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p place, err error) { return p, row.Scan(&p.unit, &p.agency, &p.zone) })
	if err != nil {
		return around, db.Error(err)
	}
	of := map[id.Agency]place{}
	for _, p := range places {
		of[p.unit] = p
	}
	for _, c := range clicks {
		around.places = append(around.places, of[c.unit])
	}
	if err := around.readPaths(ctx, tx); err != nil {
		return around, err
	}
	return around, around.readPublishers(ctx, tx, records)
}
