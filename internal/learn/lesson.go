package learn

import (
	"fmt"
	"slices"
	"strings"

	"gaung/internal/errs"
)

func tidy(texts ...*string) {
	for _, text := range texts {
		*text = strings.TrimSpace(strings.ReplaceAll(*text, "\x00", ""))
	}
}

// tidied trims what a person typed, and leaves no list null.
func (l Lesson) tidied() Lesson {
	tidy(&l.Title, &l.Summary, &l.Practice)
	l.Steps = append([]LessonStep{}, l.Steps...)
	for i := range l.Steps {
		tidy(&l.Steps[i].Title, &l.Steps[i].Body)
	}
	l.Quiz = append([]QuizQuestion{}, l.Quiz...)
	for i := range l.Quiz {
		q := &l.Quiz[i]
		tidy(&q.Text, &q.Why)
		q.Options = append([]string{}, q.Options...)
		for n := range q.Options {
			tidy(&q.Options[n])
		}
	}
	return l
}

// check names what no draft may have; it says nothing of what is still missing.
func (l Lesson) check() error {
	var f errs.Faults
	if l.Title == "" {
		f.Add("title", "Judul perlu diisi.")
	}
	f.Length("title", "Judul", l.Title, maxTitle)
	f.Length("summary", "Ringkasan", l.Summary, maxSummary)
	f.Length("practice", "Tugas praktik", l.Practice, maxTask)
	for i, step := range l.Steps {
		f.Length(fmt.Sprintf("steps.%d.title", i), "Judul langkah", step.Title, maxTitle)
		f.Length(fmt.Sprintf("steps.%d.body", i), "Isi langkah", step.Body, maxStep)
	}
	for i, q := range l.Quiz {
		at := fmt.Sprintf("quiz.%d", i)
		f.Length(at+".text", "Pertanyaan", q.Text, maxQuestion)
		f.Length(at+".why", "Penjelasan", q.Why, maxWhy)
		for n, option := range q.Options {
			f.Length(fmt.Sprintf("%s.options.%d", at, n), "Pilihan", option, maxOption)
		}
	}
	return f.Err()
}

// checkComplete names what a lesson still lacks before anybody can learn from it.
func (l Lesson) checkComplete() error {
	var f errs.Faults
	if l.Summary == "" {
		f.Add("summary", "Tulis ringkasan: apa yang akan dapat dilakukan setelah belajar.")
	}
	if len(l.Steps) == 0 {
		f.Add("steps", "Tambahkan sedikitnya satu langkah.")
	}
	for i, step := range l.Steps {
		if step.Title == "" || step.Body == "" {
			f.Add(fmt.Sprintf("steps.%d.body", i), "Langkah %d perlu judul dan isi.", i+1)
		}
	}
	if len(l.Quiz) == 0 {
		f.Add("quiz", "Tambahkan sedikitnya satu pertanyaan kuis.")
	}
	for i, q := range l.Quiz {
		q.checkComplete(&f, i)
	}
	if l.Pass > len(l.Quiz) {
		f.Add("pass", "Batas lulus paling banyak %d, sebanyak pertanyaannya.", len(l.Quiz))
	}
	return f.Err()
}

func (q QuizQuestion) checkComplete(f *errs.Faults, i int) {
	at := fmt.Sprintf("quiz.%d", i)
	if q.Text == "" {
		f.Add(at+".text", "Pertanyaan %d perlu diisi.", i+1)
	}
	if len(q.Options) < 2 || slices.Contains(q.Options, "") {
		f.Add(at+".options", "Pertanyaan %d perlu 2 sampai 5 pilihan yang terisi.", i+1)
	}
	if q.Right >= len(q.Options) {
		f.Add(at+".options", "Tandai pilihan yang benar pada pertanyaan %d.", i+1)
	}
	if q.Why == "" {
		f.Add(at+".why", "Tulis penjelasan pertanyaan %d; dibaca setelah menjawab.", i+1)
	}
}

// passMark is how many right answers pass.
func (l Lesson) passMark() int {
	if l.Pass <= 0 || l.Pass > len(l.Quiz) {
		return len(l.Quiz)
	}
	return l.Pass
}
