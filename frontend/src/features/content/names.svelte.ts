// Names of agencies by id, asked for once each: targets are stored as ids.
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { getAgency } from './api';
import type { Agency } from './types';

const known = new SvelteMap<number, string>();
const asked = new SvelteSet<number>();

export function remember(agencies: readonly Agency[]) {
  for (const agency of agencies) known.set(agency.id, agency.name);
}

/** Asks for the names that are not known yet; call it outside of templates. */
export function learn(ids: readonly number[]) {
  for (const id of ids) {
    if (known.has(id) || asked.has(id)) continue;
    asked.add(id);
    getAgency(id).then(
      (agency) => known.set(id, agency.name),
      () => asked.delete(id),
    );
  }
}

/** The name, or the number until the name is there. */
export const agencyName = (id: number) => known.get(id) ?? `#${id}`;
