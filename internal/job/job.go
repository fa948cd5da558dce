// Package job owns the durable job queue: River on the project's own PostgreSQL. A job is enqueued in
// the transaction whose consequence it is, so it exists exactly when that commits, and it runs at
// least once: every worker must be safe to run twice.
package job

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"gaung/internal/db"
)

// Args is what a job is about: ids only, never data of persons. Kind names the worker for ever.
type Args interface{ Kind() string }

// timeout bounds one run of one job, unless its Args are Patient.
const timeout = time.Minute

// Heavy are Args whose job takes so much memory that a process works only one of them at a time.
type Heavy interface{ Heavy() }

// What takes long or much has a queue of its own, so that scheduled contents never wait behind it.
const (
	heavyQueue   = "heavy"
	patientQueue = "patient"
)

// options put a job into the queue where it belongs.
func options(args Args, at time.Time) *river.InsertOpts {
	opts := &river.InsertOpts{ScheduledAt: at}
	if _, patient := args.(Patient); patient {
		opts.Queue = patientQueue
	}
	if _, heavy := args.(Heavy); heavy {
		opts.Queue = heavyQueue
	}
	return opts
}

// Patient are Args whose job may run longer than a minute.
type Patient interface{ Patience() time.Duration }

// Registry collects workers and schedules before the queue starts.
type Registry struct {
	workers  *river.Workers
	periodic []*river.PeriodicJob
}

// NewRegistry makes an empty registry.
func NewRegistry() *Registry { return &Registry{workers: river.NewWorkers()} }

type worker[A Args] struct {
	river.WorkerDefaults[A]
	run func(context.Context, A) error
}

// Work and Timeout are River's.
func (w *worker[A]) Work(ctx context.Context, j *river.Job[A]) error { return w.run(ctx, j.Args) }

// Timeout bounds one run.
func (w *worker[A]) Timeout(j *river.Job[A]) time.Duration {
	if patient, ok := any(j.Args).(Patient); ok {
		return patient.Patience()
	}
	return timeout
}

// Handle registers the worker of a kind of job.
func Handle[A Args](r *Registry, run func(context.Context, A) error) {
	river.AddWorker(r.workers, &worker[A]{run: run})
}

// Every registers a worker together with its schedule. One of all replicas enqueues it, at the start
// as well, and it never runs twice at the same time.
func Every[A Args](r *Registry, interval time.Duration, args A, run func(context.Context) error) {
	Handle(r, func(ctx context.Context, _ A) error { return run(ctx) })
	r.periodic = append(r.periodic, river.NewPeriodicJob(river.PeriodicInterval(interval),
		func() (river.JobArgs, *river.InsertOpts) {
			opts := options(args, time.Time{})
			opts.UniqueOpts = notDone
			return args, opts
		},
		&river.PeriodicJobOpts{RunOnStart: true}))
}

// notDone lets one job of the same kind and arguments wait or run at a time. River's own list also
// counts completed ones, which would hold the next run back until they are cleared away a day later.
var notDone = river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending,
	rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}}

// Queue enqueues and works jobs.
type Queue struct {
	db       *db.DB
	client   *river.Client[db.NativeTx]
	registry *Registry // nil: it only enqueues
}

// New makes a queue; with a nil registry it only enqueues.
func New(d *db.DB, registry *Registry, log *slog.Logger) (*Queue, error) {
	config := &river.Config{Schema: "river", Logger: log}
	if registry != nil {
		config.Workers = registry.workers
		config.ErrorHandler = errorLog{log}
		config.Queues = map[string]river.QueueConfig{
			river.QueueDefault: {MaxWorkers: 4, FetchCooldown: 20 * time.Millisecond},
			heavyQueue:         {MaxWorkers: 1, FetchCooldown: 20 * time.Millisecond},
			patientQueue:       {MaxWorkers: 2, FetchCooldown: 20 * time.Millisecond},
		}
	}
	client, err := river.NewClient(riverpgxv5.New(d.Pool()), config)
	return &Queue{d, client, registry}, err
}

// EnqueueTx adds a job that runs at once after the commit.
func (q *Queue) EnqueueTx(ctx context.Context, tx *db.Tx, args Args) error {
	_, err := q.client.InsertTx(ctx, tx.Pgx(), args, options(args, time.Time{}))
	return err
}

// EnqueueAtTx adds a job that runs at a time, or a few seconds after it.
func (q *Queue) EnqueueAtTx(ctx context.Context, tx *db.Tx, args Args, at time.Time) error {
	_, err := q.client.InsertTx(ctx, tx.Pgx(), args, options(args, at))
	return err
}

// Count is how many jobs of a kind are in a state.
type Count struct {
	Kind, State string
	Jobs        int64
}

// Counts are the jobs that wait, run, or were given up, for the operator's metrics.
func (q *Queue) Counts(ctx context.Context) ([]Count, error) {
	return db.All[Count](ctx, q.db, `SELECT kind, state::text AS state, count(*) AS jobs FROM river.river_job
		WHERE state NOT IN ('completed', 'cancelled') GROUP BY kind, state`)
}

// Start begins to work jobs until Stop, those that Every named since New as well.
func (q *Queue) Start(ctx context.Context) error {
	if q.registry != nil {
		if _, err := q.client.PeriodicJobs().AddManySafely(q.registry.periodic); err != nil {
			return err
		}
	}
	return q.client.Start(ctx)
}

// Stop lets running jobs end for a while, and cancels those that do not.
func (q *Queue) Stop(patience time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := q.client.Stop(ctx); err == nil || !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	hard, cancelHard := context.WithTimeout(context.Background(), patience)
	defer cancelHard()
	return q.client.StopAndCancel(hard)
}
