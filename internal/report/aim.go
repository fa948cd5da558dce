package report

import (
	"context"
	"fmt"

	"gaung/internal/metric"
)

// aim puts targets beside the figures that are shown.
func (s *Service) aim(ctx context.Context, r *Report, now span) error {
	type row struct {
		Metric string
		Aim    `gorm:"embedded"`
	}
	found, err := rows[row](ctx, s.db, "targets", now)
	if err != nil {
		return err
	}
	for _, t := range found {
		for i, v := range r.Metrics {
			if v.Key == t.Metric && v.Value != nil {
				aim := t.Aim
				aim.Met = *v.Value >= aim.Value && v.Goal == metric.More || *v.Value <= aim.Value && v.Goal == metric.Less
				r.Metrics[i].Target = &aim
			}
		}
	}
	return nil
}

// toward says how far a figure is: 72 dari target 80. Empty where there is no target.
func (v Value) toward() string {
	if v.Target == nil {
		return ""
	}
	return fmt.Sprintf("%s dari target %s", written(v.Unit, v.Value), written(v.Unit, &v.Target.Value))
}

// aimed is the target as a cell holds it.
func (v Value) aimed() *float64 {
	if v.Target == nil {
		return nil
	}
	return &v.Target.Value
}

// leading are the figures that a leader sees first, in their order.
var leading = []string{"people_reached", "proven_shares", "active_sharers", "share_rate", "reach_per_100", "adoption", "monthly_active", "originality", "speed_clarification"}

// towardFirst says how far the first figure with a target is, in both languages.
func towardFirst(r Report) (Words, bool) {
	all := metricsOf(r)
	for _, key := range leading {
		v := all[key]
		if v.Target == nil || v.Value == nil {
			continue
		}
		target := &v.Target.Value
		en := fmt.Sprintf(" %s: %s of a target of %s", v.NameEn, writtenEN(v.Unit, v.Value), writtenEN(v.Unit, target))
		id := fmt.Sprintf(" %s: %s", v.Name, v.toward())
		if v.Target.To > r.To {
			id, en = id+fmt.Sprintf(" untuk periode sampai %s", dates(v.Target.To, v.Target.To)), en+fmt.Sprintf(" for the period up to %s", datesEN(v.Target.To, v.Target.To))
		}
		return Words{id + ".", en + "."}, true
	}
	return Words{}, false
}

// behind is how far below the way to a target a figure may be before it is said.
const behind = 0.8

// stepTarget says which target is missed, or will be at this pace. Only what adds up from day to day has a pace;
// of other figures nothing is said before their period ends.
func stepTarget(r Report) *Advice {
	all := metricsOf(r)
	for _, key := range leading {
		v := all[key]
		if v.Target == nil || v.Value == nil || v.Target.Met {
			continue
		}
		if v.Target.To <= r.To {
			return v.missed(Words{"", ""}, "target_missed")
		}
		gone := float64(r.To-r.From+1) / float64(v.Target.To-r.From+1)
		if (key == "people_reached" || key == "proven_shares") && *v.Value < behind*gone*v.Target.Value {
			share := 100 * gone
			return v.missed(Words{fmt.Sprintf("; %s%% waktunya sudah lewat", decimal(share, 0)), fmt.Sprintf("; %s%% of its time has passed", english(share, 0))}, "target_behind")
		}
	}
	return nil
}

func (v Value) missed(when Words, rule string) *Advice {
	return &Advice{rule,
		Words{fmt.Sprintf("Bahas dengan humas unit apa yang diperlukan untuk target %s, atau sesuaikan targetnya. Keikutsertaan tetap sukarela.", lower(v.Name)),
			fmt.Sprintf("Discuss with the units’ public relations what the target of %s needs, or change it. Taking part stays voluntary.", lower(v.NameEn))},
		Words{v.Name + ": " + v.toward() + when.ID + ".", fmt.Sprintf("%s: %s of a target of %s%s.", v.NameEn, writtenEN(v.Unit, v.Value), writtenEN(v.Unit, &v.Target.Value), when.EN)}}
}
