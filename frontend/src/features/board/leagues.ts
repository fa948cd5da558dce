import type { UnitRow } from '../../lib/api/types';

/** How many of a league are shown: its head, and the person's own unit wherever it stands. */
const shown = 10;

export type League = { band: string; rows: UnitRow[] };

/** Groups units by size band, in the order they come. Nobody is shown as the last. */
export function leagues(units: UnitRow[]): League[] {
  const byBand = new Map<string, UnitRow[]>();
  for (const unit of units) {
    const rows = byBand.get(unit.band) ?? [];
    rows.push(unit);
    byBand.set(unit.band, rows);
  }
  return [...byBand].map(([band, rows]) => ({
    band,
    rows: rows.filter((row, i) => i < shown || row.mine),
  }));
}
