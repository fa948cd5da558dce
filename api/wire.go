package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gaung/api/server"
	"gaung/frontend"
	"gaung/internal/account"
	"gaung/internal/audit"
	"gaung/internal/auth"
	"gaung/internal/award"
	"gaung/internal/backup"
	"gaung/internal/blob"
	"gaung/internal/brand"
	"gaung/internal/campaign"
	"gaung/internal/click"
	"gaung/internal/config"
	"gaung/internal/content"
	"gaung/internal/db"
	"gaung/internal/delivery"
	"gaung/internal/demo"
	"gaung/internal/directive"
	"gaung/internal/disclosure"
	"gaung/internal/draft"
	"gaung/internal/fetch"
	"gaung/internal/id"
	"gaung/internal/integrity"
	"gaung/internal/job"
	"gaung/internal/journal"
	"gaung/internal/learn"
	"gaung/internal/mail"
	"gaung/internal/media"
	"gaung/internal/notice"
	"gaung/internal/org"
	"gaung/internal/page"
	"gaung/internal/planner"
	"gaung/internal/privacy"
	"gaung/internal/proof"
	"gaung/internal/push"
	"gaung/internal/raffle"
	"gaung/internal/report"
	"gaung/internal/score"
	"gaung/internal/seal"
	"gaung/internal/share"
	"gaung/internal/target"
	"gaung/internal/trust"
	"gaung/internal/user"
	"gaung/migrations"
)

// postgresCache is where `make run` keeps PostgreSQL's binaries, below the working folder.
const postgresCache = ".cache/postgres"

// wired is the whole program, constructed and subscribed here and nowhere else.
type wired struct {
	config   config.Config
	log      *slog.Logger
	embedded *db.Server // nil with DATABASE_URL
	db       *db.DB
	queue    *job.Queue
	files    files
	applied  int // migrations that this start applied

	org       *org.Service
	user      *user.Service
	desk      *user.Desk
	auth      *auth.Service
	brand     *brand.Service
	trust     *trust.Service
	content   *content.Service
	media     *media.Service
	campaign  *campaign.Service
	planner   *planner.Service
	directive *directive.Service
	draft     *draft.Service
	learn     *learn.Service
	click     *click.Service
	journal   *journal.Root // where clicks become durable
	ring      *seal.Ring
	shipper   *click.Shipper // and who brings them into the database
	share     *share.Service
	proof     *proof.Service
	integrity *integrity.Service
	score     *score.Service
	raffle    *raffle.Service
	report    *report.Service
	delivery  *delivery.Service
	privacy   *privacy.Service
	notice    *notice.Service
}

// files is where the pictures are kept, for all who use it.
type files interface {
	content.Files
	backup.Files
}

func openFiles(c config.Config) (files, error) {
	if c.S3.Endpoint != "" {
		return blob.OpenS3(blob.Bucket{Endpoint: c.S3.Endpoint, Name: c.S3.Bucket, AccessKey: c.S3.AccessKey, SecretKey: c.S3.SecretKey, Region: c.S3.Region})
	}
	return blob.OpenFolder(filepath.Join(c.DataDir, "files"))
}

// connect reads the configuration and the keys and opens the files and the database as they are.
func connect(p process) (w *wired, ring *seal.Ring, err error) {
	w = &wired{log: newLog(p.out)}
	if w.config, err = config.Load(p.getenv); err != nil {
		return nil, nil, err
	}
	if err := os.MkdirAll(w.config.DataDir, 0o755); err != nil {
		return nil, nil, err
	}
	if ring, err = keyRing(w.config); err != nil {
		return nil, nil, err
	}
	if w.files, err = openFiles(w.config); err != nil {
		return nil, nil, err
	}
	if err := w.openDatabase(p.ctx); err != nil {
		w.close()
		return nil, nil, err
	}
	return w, ring, nil
}

// open connects, migrates and constructs everything.
func open(p process) (*wired, error) {
	w, ring, err := connect(p)
	if err != nil {
		return nil, err
	}
	if w.applied, err = w.db.Migrate(p.ctx, migrations.Files); err != nil {
		w.close()
		return nil, err
	}
	if err := ring.Match(p.ctx, w.db); err != nil {
		w.close()
		return nil, err
	}
	if err := w.construct(ring); err != nil {
		w.close()
		return nil, err
	}
	if err := errors.Join(w.refuseDemo(p.ctx), w.click.Prepare(p.ctx), w.score.Check(p.ctx)); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func keyRing(c config.Config) (*seal.Ring, error) {
	if c.Keys != "" {
		return seal.ParseRing(c.Keys)
	}
	return seal.LoadRing(filepath.Join(c.DataDir, "keys"))
}

// openDatabase uses the operator's database, or starts the private one.
func (w *wired) openDatabase(ctx context.Context) (err error) {
	url := w.config.DatabaseURL
	if url == "" {
		if w.config.Production && !w.config.AllowEmbedded {
			return errProductionEmbedded
		}
		w.log.Warn("private PostgreSQL: for trial, not for production", "dir", w.config.DataDir)
		w.embedded, err = db.StartEmbedded(ctx, db.Embedded{Dir: w.config.DataDir, BinDir: w.config.PostgresBinDir, CacheDir: postgresCache, Log: w.log})
		if err != nil {
			return err
		}
		url = w.embedded.URL
	}
	w.db, err = db.Open(ctx, url, w.now)
	return err
}

// now is what everything goes by; a trial may let it run ahead.
func (w *wired) now() time.Time { return time.Now().Add(w.config.TrialAhead) }

func (w *wired) construct(ring *seal.Ring) (err error) {
	w.ring = ring
	registry := job.NewRegistry()
	if w.queue, err = job.New(w.db, registry, w.log); err != nil {
		return err
	}
	w.org = org.New(w.db)
	w.user = user.New(w.db, ring, w.org)
	w.desk = user.NewDesk(w.db, ring, w.user, w.queue, filepath.Join(w.config.DataDir, "uploads")).Tell(privacy.ImportedTx)
	w.auth = auth.New(w.db, ring, w.user, w.config.PublicURL, auth.StandardCost())
	w.brand = brand.New(w.db, w.files)
	w.trust = trust.New(w.db, w.queue)
	w.content = content.New(w.db, w.queue).KeepIn(w.files).WorkOn(planner.Workdays) // its clocks stand on holidays
	w.media = media.New(w.db, w.queue, w.files)
	w.planner = planner.New(w.db, w.queue, w.content, w.user.Actor)
	w.campaign = campaign.New(w.db).Tell(w.queue)
	w.directive = directive.New(w.db, w.files)
	w.draft = draft.New(w.db)
	w.learn = learn.New(w.db, w.files, w.config.PublicURL).Tell(w.queue)
	w.click = click.New(w.db, ring, w.config.PublicURL)
	if err := w.click.Distrust(w.config.Datacentres); err != nil {
		return err
	}
	w.share = share.New(w.db, w.click, w.config.PublicURL)
	w.proof = proof.New(w.db, w.queue, ring, w.share, w.web(), w.files).WorkOn(planner.Workdays)
	w.integrity = integrity.New(w.db, w.queue, w.click).WorkOn(planner.Workdays)
	w.score = score.New(w.db).Tell(w.queue)
	w.raffle = raffle.New(w.db, ring, w.score).Tell(w.queue)
	w.score.Consent(w.raffle.KeepTx)
	w.report = report.New(w.db)
	w.privacy = privacy.New(w.db, ring, w.user, w.queue).Open(w.proof.AddressesTx)
	if w.notice, err = notice.New(w.db).MailBy(mailer(w.config.Mail), ring, w.config.PublicURL, w.log); err != nil {
		return err
	}
	w.delivery, err = delivery.New(w.db, w.queue, w.report, w.user.Actor).WorkOn(planner.Workdays).MailBy(reportMailer(w.config.Mail), ring, w.config.PublicURL, w.log)
	if err != nil {
		return err
	}
	push, err := pusher(w.config, ring)
	if err != nil {
		return err
	}
	w.notice.PushBy(push, ring, w.log).OrderBy(w.feedOf)
	w.privacy.AlsoForget(w.auth.EraseTx, w.share.EraseTx, w.proof.EraseTx, w.integrity.EraseTx, w.learn.EraseTx, w.score.EraseTx, w.notice.EraseTx, w.delivery.EraseTx)
	w.click.OnShip(share.LiftGrades) // the order is fixed: grades, then scores
	w.click.OnShip(score.Post)
	w.work(registry)
	return nil
}

// work registers what runs by itself.
func (w *wired) work(registry *job.Registry) {
	w.content.Work(registry)
	w.planner.Work(registry)
	w.media.Work(registry)
	w.draft.Work(registry)
	w.learn.Work(registry)
	w.notice.Work(registry) // hears what content tells
	w.click.Work(registry)
	w.share.Work(registry)
	w.proof.Work(registry)
	w.integrity.Work(registry)
	w.auth.Work(registry)
	w.privacy.Work(registry)
	w.desk.Work(registry)
	w.subscribe(registry)
	w.report.Work(registry)
	w.delivery.Work(registry)
	w.score.Work(registry)
	job.Every(registry, audit.ChainEvery, audit.ChainJob{}, func(ctx context.Context) error { return audit.Chain(ctx, w.db) })
	job.Every(registry, user.SnapshotEvery, user.SnapshotJob{}, w.user.Snapshot)
}

// subscribe tells services what others did.
func (w *wired) subscribe(registry *job.Registry) {
	job.Handle(registry, func(ctx context.Context, _ user.PlacedJob) error { // somebody was placed elsewhere
		return errors.Join(w.user.Snapshot(ctx), w.score.Follow(ctx))
	})
	job.Handle(registry, func(ctx context.Context, passed learn.PassedJob) error { return w.score.Learned(ctx, passed.Person) })
	job.Handle(registry, func(ctx context.Context, changed campaign.ChangedJob) error {
		return w.score.Campaign(ctx, changed.Campaign)
	})
	job.Handle(registry, func(ctx context.Context, closed score.ClosedJob) error { return w.raffle.Enter(ctx, closed.Season) })
}

// web asks other servers, or in a trial the one that stands in for them.
func (w *wired) web() *fetch.Client {
	if w.config.TrialWeb != "" {
		return fetch.To(w.config.PublicURL, w.config.TrialWeb)
	}
	return fetch.New(w.config.PublicURL)
}

// mailer is nil when nothing is to be sent.
func mailer(c config.Mail) notice.Mailer {
	if c.Host == "" {
		return nil
	}
	return post(c)
}

// reportMailer has a connection of its own, and time for what is attached.
func reportMailer(c config.Mail) delivery.Mailer {
	if c.Host == "" {
		return nil
	}
	return post(c).Impatient(time.Minute)
}

func post(c config.Mail) *mail.Post {
	return mail.New(mail.Server{Host: c.Host, Port: c.Port, User: c.User, Password: c.Password, TLS: c.TLS, Open: c.Open, From: c.From, Name: c.Name})
}

// feedOf is what stands first in a person's feed.
func (w *wired) feedOf(ctx context.Context, person id.User) (first []id.Content, err error) {
	actor, err := w.user.Actor(ctx, person)
	if err != nil {
		return nil, err
	}
	list, err := w.share.Feed(ctx, actor, page.Ask{Limit: 50})
	for _, item := range list.Items {
		first = append(first, item.ID)
	}
	return first, err
}

// pusher is nil when nothing is to be sent.
func pusher(c config.Config, ring *seal.Ring) (notice.Pusher, error) {
	if c.Push.Subject == "" {
		return nil, nil
	}
	return push.New(ring, push.Server{Subject: c.Push.Subject, Hosts: c.Push.Hosts, PublicURL: c.PublicURL})
}

// refuseDemo keeps accounts with a public password out of production.
func (w *wired) refuseDemo(ctx context.Context) error {
	if !w.config.Production {
		return nil
	}
	there, err := demo.Present(ctx, w.user)
	if there {
		return errors.New("GAUNG_ENV=production: this database holds the demo world, whose password is public; use another database")
	}
	return err
}

func (w *wired) fillDemo(ctx context.Context) error {
	if w.config.Production {
		return errors.New("the demo world is refused with GAUNG_ENV=production")
	}
	return demo.Fill(ctx, demo.Owners{DB: w.db, Queue: w.queue, Files: w.files, Ring: w.ring, Org: w.org, User: w.user, Auth: w.auth,
		Click: w.click, Share: w.share, Learn: w.learn, Proof: w.proof, Integrity: w.integrity, Privacy: w.privacy})
}

func (w *wired) newServer(demo bool) (*server.Server, error) {
	return server.New(server.Deps{Config: w.config, Version: version(), Demo: demo, Log: w.log, Web: frontend.Dist(), Ready: w.db.Ping, Gauges: gauges{w.db, w.queue, w.click, w.shipper, w.score, w.share, w.notice, w.proof},
		Org: w.org, User: w.user, Desk: w.desk, Auth: w.auth, Account: account.New(w.db), Brand: w.brand, Trust: w.trust, Content: w.content, Media: w.media, Campaign: w.campaign, Planner: w.planner, Directive: w.directive, Draft: w.draft, Learn: w.learn,
		Click: w.click, Share: w.share, Proof: w.proof, Integrity: w.integrity, Score: w.score, Raffle: w.raffle, Report: w.report, Delivery: w.delivery, Target: target.New(w.db), Disclosure: disclosure.New(w.db, w.report), Award: award.New(w.db), Privacy: w.privacy, Notice: w.notice})
}

// documentOnly is a server that can describe itself and nothing else.
func documentOnly() (*server.Server, error) {
	return server.New(server.Deps{Version: "1", Log: slog.New(slog.DiscardHandler), Web: frontend.Dist()})
}
