package content

import (
	"context"

	"gaung/internal/brand"
	"gaung/internal/db"
	"gaung/internal/errs"
	"gaung/internal/trust"
)

// mostFaults is how many findings a refusal names: the author mends these and is told of the rest.
const mostFaults = 20

// checkBrand refuses a text that breaks the agency's brand kit, a rule of the house, or an election mode. A warning or a hint
// never refuses; the composer has shown it while the text was typed.
func checkBrand(ctx context.Context, tx *db.Tx, row item, text Text) error {
	kit, err := brand.EffectiveTx(ctx, tx, row.AgencyID)
	if err != nil {
		return err
	}
	var f errs.Faults
	modes, err := modesOf(ctx, tx, row)
	if err != nil {
		return err
	}
	// An election mode is looked at first: what it says about a word is graver than what the house says.
	findings := append(trust.Neutrality(modes, text.words(), text.addresses()), brand.Lint(kit, text.words())...)
	for _, finding := range findings {
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
