import type { Schemas } from '../../lib/api/client';

type Agency = Schemas['Agency'];
export type Scope = { id: number; kind: 'unit' | 'agency' | 'above'; name: string };

/** The nodes whose boards a person stands on: the own unit, the agency, and what lies above it. */
export function scopesOf(me: Schemas['Me'], known: Agency[]): Scope[] {
  const byId = new Map(known.map((node) => [node.id, node]));
  const scopes: Scope[] = [];
  if (me.unit.id !== me.agency.id) {
    scopes.push({ id: me.unit.id, kind: 'unit', name: me.unit.short_name });
  }
  scopes.push({ id: me.agency.id, kind: 'agency', name: me.agency.short_name });
  const seen = new Set([me.agency.id]);
  let above = byId.get(me.agency.parent_id);
  while (above && !seen.has(above.id)) {
    seen.add(above.id);
    scopes.push({ id: above.id, kind: 'above', name: above.short_name });
    above = byId.get(above.parent_id);
  }
  return scopes;
}
