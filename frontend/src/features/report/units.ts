// The order of units: best rate first or by name. Hidden ones come last, by name, so that their place
// says nothing about them.
import type { ReportUnit } from './types';

export type UnitOrder = 'rate' | 'name';

const leagues = ['1-30', '31-100', '101-300', '301+'];
/** Hidden units have no league and come after all others. */
const league = (unit: ReportUnit) => (unit.band ? leagues.indexOf(unit.band) : leagues.length);

export function sortUnits(
  units: readonly ReportUnit[],
  order: UnitOrder,
  locale: string,
  group: 'none' | 'league' = 'none',
) {
  const byName = (a: ReportUnit, b: ReportUnit) => a.name.localeCompare(b.name, locale);
  return [...units].sort((a, b) => {
    if (group === 'league' && league(a) !== league(b)) return league(a) - league(b);
    if (order === 'name') return byName(a, b);
    if (a.rate === null || b.rate === null) {
      return Number(a.rate === null) - Number(b.rate === null) || byName(a, b);
    }
    return b.rate - a.rate || byName(a, b);
  });
}

/** Those whose name, full or short, holds what was typed. */
export function named(units: readonly ReportUnit[], search: string): ReportUnit[] {
  const wanted = search.trim().toLowerCase();
  return units.filter(({ name, short_name: short }) =>
    `${name} ${short}`.toLowerCase().includes(wanted),
  );
}
