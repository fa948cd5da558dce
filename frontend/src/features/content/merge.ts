// Two texts that began as one: what only one side touched goes together by itself.
import { plain, type Draft, type DraftField } from './draft';

export type Merged = {
  /** Mine, with what only the others touched. */
  draft: Draft;
  /** Taken from the others. */
  taken: DraftField[];
  /** Touched by both, and not alike: mine stands in the draft until the person has chosen. */
  clashes: DraftField[];
};

/**
 * Brings both together. `bases` are texts that both come from: a version, and what was last saved on top of
 * it. Who has a field as one of them did not touch it.
 */
export function merge(bases: Draft[], mine: Draft, theirs: Draft): Merged {
  const merged: Merged = { draft: structuredClone(mine), taken: [], clashes: [] };
  const touched = (draft: Draft, field: DraftField) =>
    bases.every((base) => plain(base, field) !== plain(draft, field));
  for (const field of Object.keys(mine) as DraftField[]) {
    if (plain(mine, field) === plain(theirs, field)) continue;
    if (!touched(mine, field)) {
      take(merged.draft, theirs, field);
      merged.taken.push(field);
    } else if (touched(theirs, field)) merged.clashes.push(field);
  }
  return merged;
}

/** Takes one field of another text. */
export function take<F extends DraftField>(into: Draft, from: Draft, field: F) {
  into[field] = structuredClone(from[field]);
}
