package content

import (
	"context"

	"gaung/internal/brand"
	"gaung/internal/caption"
	"gaung/internal/db"
	"gaung/internal/errs"
)

// mostFaults is how many findings a refusal names: the author mends these and is told of the rest.
const mostFaults = 20

// checkBrand refuses a text that breaks the agency's brand kit or a rule of the house. A warning or a hint
// never refuses; the composer has shown it while the text was typed.
func checkBrand(ctx context.Context, tx *db.Tx, row item, text Text) error {
	kit, err := brand.EffectiveTx(ctx, tx, row.AgencyID)
	if err != nil {
		return err
	}
	var f errs.Faults
	for _, finding := range brand.Lint(kit, brand.Text{Title: text.Title, Summary: text.Summary, Body: text.Body, Captions: caption.Texts(text.Captions), Hashtags: text.Hashtags}) {
		if finding.Severity == brand.Error && len(f) < mostFaults {
			f.Add(finding.Field, "%s", finding.Told())
		}
	}
	if len(f) == 0 {
		return nil
	}
	refused := errs.New(errs.Invalid, "Konten belum dapat diajukan: %s", f[0].Message)
	refused.Field, refused.Fields = f[0].Field, f
	return refused
}
