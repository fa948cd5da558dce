// The order of units: best rate first or by name. Hidden ones come last, by name, so that their place
// says nothing about them.
import type { ReportUnit } from './types';

export type UnitOrder = 'rate' | 'name';

export function sortUnits(units: readonly ReportUnit[], order: UnitOrder, locale: string) {
  const byName = (a: ReportUnit, b: ReportUnit) => a.name.localeCompare(b.name, locale);
  return [...units].sort((a, b) => {
    if (order === 'name') return byName(a, b);
    if (a.rate === null || b.rate === null) {
      return Number(a.rate === null) - Number(b.rate === null) || byName(a, b);
    }
    return b.rate - a.rate || byName(a, b);
  });
}
