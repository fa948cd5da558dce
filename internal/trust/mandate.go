package trust

import (
	"strings"
	"time"

	"gaung/internal/errs"
	"gaung/internal/period"
)

// Mandate is the letter that asks civil servants to pass a content on. It ends by itself: after its last day
// the content is as voluntary as any other.
type Mandate struct {
	Number string      `json:"number" maxLength:"200" example:"800/117/SETDA/2026"`
	Date   *period.Day `json:"date,omitempty" doc:"The day of the letter"`
	Signer string      `json:"signer" maxLength:"400" doc:"Name and office"`
	Basis  string      `json:"basis" maxLength:"1000" doc:"Legal basis"`
	Until  *period.Day `json:"until,omitempty" doc:"Its last day, on the agency's clock"`
}

const (
	maxNumber  = 100
	maxSigner  = 200
	maxBasis   = 500
	maxMandate = 366 // days
)

// Tidied trims what a person typed.
func (m *Mandate) Tidied() *Mandate {
	if m == nil {
		return nil
	}
	tidied := *m
	for _, field := range []*string{&tidied.Number, &tidied.Signer, &tidied.Basis} {
		*field = strings.TrimSpace(strings.ReplaceAll(*field, "\x00", ""))
	}
	return &tidied
}

// Check names what no draft may have.
func (m *Mandate) Check(f *errs.Faults) {
	if m == nil {
		return
	}
	f.Length("mandate.number", "Nomor surat", m.Number, maxNumber)
	f.Length("mandate.signer", "Penanda tangan", m.Signer, maxSigner)
	f.Length("mandate.basis", "Dasar hukum", m.Basis, maxBasis)
	if m.Date != nil && m.Until != nil && *m.Until < *m.Date {
		f.Add("mandate.until", "Hari terakhir mandat tidak boleh mendahului tanggal suratnya.")
	}
}

// CheckComplete names what a mandate lacks before it is reviewed: without all of it there is no mandate.
func (m *Mandate) CheckComplete(f *errs.Faults, now time.Time, zone string) {
	if m == nil {
		return
	}
	today := period.LocalDay(now, period.MustZone(zone))
	for _, required := range []struct{ field, value, name string }{
		{"mandate.number", m.Number, "Nomor surat mandat"}, {"mandate.signer", m.Signer, "Penanda tangan mandat"}, {"mandate.basis", m.Basis, "Dasar hukum mandat"}} {
		if required.value == "" {
			f.Add(required.field, "%s wajib diisi. Bila tidak ada suratnya, hapus mandat: membagikan tetap sukarela.", required.name)
		}
	}
	switch {
	case m.Date == nil:
		f.Add("mandate.date", "Tanggal surat mandat wajib diisi.")
	case *m.Date > today:
		f.Add("mandate.date", "Tanggal surat mandat tidak boleh di masa depan.")
	}
	switch {
	case m.Until == nil:
		f.Add("mandate.until", "Hari terakhir mandat wajib diisi; mandat berakhir dengan sendirinya.")
	case *m.Until < today:
		f.Add("mandate.until", "Hari terakhir mandat sudah lewat.")
	case *m.Until > today.Add(maxMandate):
		f.Add("mandate.until", "Mandat paling lama satu tahun.")
	}
}
