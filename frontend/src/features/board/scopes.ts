import type { Schemas } from '../../lib/api/client';

export type Scope = { id: number; kind: 'unit' | 'agency' | 'above'; name: string };

/** The nodes whose boards a person stands on: the own unit, the agency, and what lies above it. */
export function scopesOf({ unit, agency, path }: Schemas['Me']): Scope[] {
  const scopes: Scope[] = [];
  if (unit.id !== agency.id) scopes.push({ id: unit.id, kind: 'unit', name: unit.short_name });
  scopes.push({ id: agency.id, kind: 'agency', name: agency.short_name });
  const above = path.slice(
    0,
    Math.max(
      0,
      path.findIndex(({ id }) => id === agency.id),
    ),
  );
  for (const { id, short_name: name } of above.reverse()) scopes.push({ id, kind: 'above', name });
  return scopes;
}
