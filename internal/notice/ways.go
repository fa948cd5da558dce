package notice

import (
	"context"
	"errors"
	"slices"
	"time"

	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/id"
	"gaung/internal/org"
	"gaung/internal/period"
)

// Pace is how often a person hears of new contents outside the app.
type Pace string

// The paces: as they come, in a summary of the day or the week by e-mail, or only in the app.
const (
	Direct Pace = "direct"
	Daily  Pace = "daily"
	Weekly Pace = "weekly"
	Never  Pace = "none"
)

// Habit is how often and when a person wants to be told. It is theirs alone.
type Habit struct {
	Pace  Pace `json:"pace" enum:"direct,daily,weekly,none"`
	Hour  int  `json:"hour" minimum:"6" maximum:"20" doc:"Of the summary, local"`
	Night bool `json:"night" doc:"Urgent clarifications in quiet hours as well"`
}

// Ways is all that a person can choose about notices, and the rule that holds where they work.
type Ways struct {
	Habit
	Kinds   []Way      `json:"kinds" nullable:"false"`
	Zone    string     `json:"zone"`
	Rule    Rule       `json:"rule"`
	Mail    bool       `json:"mail" doc:"Gaung can send e-mail at all"`
	Refused bool       `json:"refused" doc:"The mail server refused the person's address"`
	PushKey string     `json:"push_key" doc:"What a browser needs to subscribe; empty: Gaung sends no push messages"`
	Devices int        `json:"devices" doc:"Browsers that notices come to"`
	Useful  bool       `json:"useful" doc:"The person has shared or finished a lesson on two days: it is time to ask whether they want push messages"`
	NextAt  *time.Time `json:"next_at,omitempty" doc:"When the next summary comes"`
}

// Way is whether a kind of notice comes in the app, on devices and by e-mail; null: that cannot be chosen.
type Way struct {
	Kind string `json:"kind" enum:"prompt,urgent,turn,reminder,escalation,approved,returned,rejected,held,released,recheck,neutrality,recalled,data_request,raffle"`
	App  *bool  `json:"app"`
	Push *bool  `json:"push"`
	Mail *bool  `json:"mail"`
}

// Switch turns one kind on or off in one channel.
type Switch struct {
	Kind    string `json:"kind" enum:"prompt,urgent,turn,reminder,escalation,approved,returned,rejected,held,released,recheck,neutrality,recalled,data_request,raffle"`
	Channel string `json:"channel" enum:"app,push,mail"`
	On      bool   `json:"on"`
}

type habitRow struct {
	Pace   Pace
	Hour   int
	Night  bool
	NextAt *time.Time
}

func habitOf(ctx context.Context, c db.Conn, person id.User) (habitRow, error) {
	row, err := db.Get[habitRow](ctx, c, `SELECT pace, hour, night, next_at FROM notice_wish WHERE user_id = $1`, person)
	if errors.Is(err, db.ErrNoRow) {
		return habitRow{Pace: Direct, Hour: 7}, nil
	}
	return row, err
}

// Ways reads the actor's own choices.
func (s *Service) Ways(ctx context.Context, actor org.Actor) (Ways, error) {
	habit, err := habitOf(ctx, s.db, actor.User)
	if err != nil {
		return Ways{}, err
	}
	mail, err := s.MailWish(ctx, actor)
	if err != nil {
		return Ways{}, err
	}
	prompts, err := s.Wish(ctx, actor)
	if err != nil {
		return Ways{}, err
	}
	rule, err := ruleOf(ctx, s.db, actor.Path)
	if err != nil {
		return Ways{}, err
	}
	more, err := db.Get[struct {
		Devices int
		Useful  bool
		Off     string
	}](ctx, s.db, `SELECT (SELECT count(*) FROM push_device AS d WHERE user_id = @me AND `+living+`) AS devices,
		(SELECT count(DISTINCT d.day) FROM (SELECT day FROM act WHERE user_id = @me AND kind = 'share'
			UNION ALL SELECT (passed_at AT TIME ZONE @zone)::date FROM learn_result WHERE user_id = @me
			UNION ALL SELECT (at AT TIME ZONE @zone)::date FROM learn_ready WHERE user_id = @me) AS d) > 1 AS useful,
		coalesce((SELECT string_agg(kind, ' ') FROM push_off WHERE user_id = @me), '') AS off`,
		db.Args{"me": int64(actor.User), "zone": actor.Zone, "now": s.db.Now()})
	off := fields(more.Off)
	on := func(kind string) *bool { yes := !slices.Contains(off, kind); return &yes }
	w := Ways{Habit: Habit{habit.Pace, habit.Hour, habit.Night}, Zone: actor.Zone, Rule: rule, Mail: mail.Sends, Refused: mail.Refused,
		Devices: more.Devices, Useful: more.Useful, NextAt: habit.NextAt}
	if s.push.pusher != nil {
		w.PushKey, _ = s.push.pusher.Key()
	}
	w.Kinds = append(w.Kinds, Way{Kind: "prompt", App: &prompts.On, Push: on("prompt")}, Way{Kind: "urgent", Push: on("urgent")})
	for _, one := range mail.Kinds {
		w.Kinds = append(w.Kinds, Way{Kind: one.Kind, Push: on(one.Kind), Mail: &one.On})
	}
	return w, err
}

// SetHabit changes how often and when. What waits for another pace is dropped when it is due.
func (s *Service) SetHabit(ctx context.Context, actor org.Actor, h Habit) (Ways, error) {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		next := nextDigest(tx.Now, h.Pace, h.Hour, period.MustZone(actor.Zone))
		_, err := db.Exec(ctx, tx, `INSERT INTO notice_wish (user_id, pace, hour, night, next_at, since) VALUES (@me, @pace, @hour, @night, @next, @now)
			ON CONFLICT (user_id) DO UPDATE SET pace = excluded.pace, hour = excluded.hour, night = excluded.night, next_at = excluded.next_at, tries = 0, unsure = 0,
				since = CASE WHEN notice_wish.next_at IS NULL THEN excluded.since ELSE notice_wish.since END`,
			db.Args{"me": int64(actor.User), "pace": string(h.Pace), "hour": h.Hour, "night": h.Night, "next": next, "now": tx.Now})
		return err
	})
	if err != nil {
		return Ways{}, err
	}
	return s.Ways(ctx, actor)
}

// SetWay switches one kind on or off in one channel, at once: what waits is left out.
func (s *Service) SetWay(ctx context.Context, actor org.Actor, w Switch) (Ways, error) {
	known := slices.Contains(mailKinds(), w.Kind)
	var err error
	switch {
	case w.Channel == "app" && w.Kind == "prompt":
		_, err = s.SetWish(ctx, actor, w.On)
	case w.Channel == "mail" && known:
		_, err = s.SetMailWish(ctx, actor, MailKind{w.Kind, w.On})
	case w.Channel == "push" && (known || w.Kind == "prompt" || w.Kind == "urgent"):
		err = s.setPush(ctx, actor.User, w.Kind, w.On)
	default:
		err = errs.InvalidField("channel", "Pilihan ini tidak tersedia untuk jenis notifikasi itu.")
	}
	if err != nil {
		return Ways{}, err
	}
	return s.Ways(ctx, actor)
}

func (s *Service) setPush(ctx context.Context, person id.User, kind string, on bool) error {
	return s.db.Tx(ctx, func(tx *db.Tx) (err error) {
		if on {
			_, err = db.Exec(ctx, tx, `DELETE FROM push_off WHERE user_id = $1 AND kind = $2`, person, kind)
			return err
		}
		_, err = db.Exec(ctx, tx, `INSERT INTO push_off (user_id, kind, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, person, kind, tx.Now)
		return err
	})
}
