// The order of units: by size league, the first ten of each by rank and the others by name, or all by
// name. There is no list of those who do least; hidden ones come last, so that their place says nothing.
import type { ReportUnit } from './types';

export type UnitOrder = 'league' | 'name';

const leagues = ['1-30', '31-100', '101-300', '301+'];
/** Hidden units have no league and come after all others. */
const league = (unit: ReportUnit) => (unit.band ? leagues.indexOf(unit.band) : leagues.length);
const place = (unit: ReportUnit) => unit.rank ?? Infinity;

export function sortUnits(units: readonly ReportUnit[], order: UnitOrder, locale: string) {
  const byName = (a: ReportUnit, b: ReportUnit) => a.name.localeCompare(b.name, locale);
  if (order === 'name') return [...units].sort(byName);
  return [...units].sort((a, b) => {
    if (league(a) !== league(b)) return league(a) - league(b);
    return place(a) === place(b) ? byName(a, b) : place(a) - place(b);
  });
}

/** Those whose name, full or short, holds what was typed. */
export function named(units: readonly ReportUnit[], search: string): ReportUnit[] {
  const wanted = search.trim().toLowerCase();
  return units.filter(({ name, short_name: short }) =>
    `${name} ${short}`.toLowerCase().includes(wanted),
  );
}
