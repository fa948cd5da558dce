package integrity

import (
	"time"

	"gaung/internal/id"
)

// NewsJob is what a person is told of their count, for whoever tells people.
type NewsJob struct {
	What string    `json:"what"` // reach_taken, reach_kept, reach_restored
	Key  string    `json:"key"`
	To   id.User   `json:"to"`
	At   time.Time `json:"at"`
}

// Kind names the job.
func (NewsJob) Kind() string { return "integrity_news" }
