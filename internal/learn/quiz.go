package learn

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"gaung/internal/errs"
	"gaung/internal/id"
)

// sitting is one attempt of a person at the quiz of a version. Its order is made of nothing else, so an answer
// that comes days later is read in the order in which it was asked.
type sitting struct {
	User    id.User
	Module  id.Module
	Version int
	Attempt int
}

// order gives 0…n-1 in the order of the sitting; `part` tells the questions (0) and each question's options apart.
func (s sitting) order(part, n int) []int {
	keys := make([][]byte, n)
	list := make([]int, n)
	for i := range n {
		var seed [48]byte
		for at, value := range []int64{int64(s.User), int64(s.Module), int64(s.Version), int64(s.Attempt), int64(part), int64(i)} {
			binary.BigEndian.PutUint64(seed[8*at:], uint64(value))
		}
		sum := sha256.Sum256(seed[:])
		keys[i], list[i] = sum[:], i
	}
	slices.SortFunc(list, func(a, b int) int { return bytes.Compare(keys[a], keys[b]) })
	return list
}

// options is order for the options of a question. Two options stay as they are: right and wrong change no places.
func (s sitting) options(question, n int) []int {
	if n == 2 {
		return []int{0, 1}
	}
	return s.order(question+1, n)
}

// AskedQuestion is a question as it is asked: without what is right.
type AskedQuestion struct {
	Text    string   `json:"text"`
	Options []string `json:"options" nullable:"false"`
}

// ask puts the questions into the order of the sitting.
func (s sitting) ask(quiz []QuizQuestion) []AskedQuestion {
	asked := make([]AskedQuestion, 0, len(quiz))
	for _, n := range s.order(0, len(quiz)) {
		q := AskedQuestion{Text: quiz[n].Text, Options: make([]string, 0, len(quiz[n].Options))}
		for _, o := range s.options(n, len(quiz[n].Options)) {
			q.Options = append(q.Options, quiz[n].Options[o])
		}
		asked = append(asked, q)
	}
	return asked
}

// Graded is what became of an attempt.
type Graded struct {
	Right    int            `json:"right" doc:"How many answers were right"`
	Of       int            `json:"of" doc:"How many questions there were"`
	Pass     int            `json:"pass" doc:"How many right answers pass"`
	Passed   bool           `json:"passed" doc:"This attempt passed"`
	Best     int            `json:"best" doc:"The most right answers so far"`
	Answers  []GradedAnswer `json:"answers" nullable:"false" doc:"In the order in which they were asked"`
	MayShare bool           `json:"may_share" doc:"What comes before the first share is known"`
}

// GradedAnswer is one answer, with the reason.
type GradedAnswer struct {
	Right  bool   `json:"right"`
	Option int    `json:"option" doc:"Which option is right, as they were asked"`
	Why    string `json:"why"`
}

// grade compares the chosen options, as they were asked, with what is right; -1 was left out.
func (s sitting) grade(lesson Lesson, chosen []int) (Graded, error) {
	quiz := lesson.Quiz
	done := Graded{Of: len(quiz), Pass: lesson.passMark(), Answers: []GradedAnswer{}}
	if len(chosen) != len(quiz) {
		return done, errs.InvalidField("answers", "Jawaban tidak cocok dengan pertanyaannya. Muat ulang modul, lalu jawab lagi.")
	}
	for i, n := range s.order(0, len(quiz)) {
		if chosen[i] >= len(quiz[n].Options) {
			return done, errs.InvalidField("answers", "Jawaban tidak cocok dengan pertanyaannya. Muat ulang modul, lalu jawab lagi.")
		}
		right := slices.Index(s.options(n, len(quiz[n].Options)), quiz[n].Right)
		answer := GradedAnswer{Right: chosen[i] == right, Option: right, Why: quiz[n].Why}
		if answer.Right {
			done.Right++
		}
		done.Answers = append(done.Answers, answer)
	}
	done.Passed, done.Best = done.Right >= done.Pass, done.Right
	return done, nil
}
