// What is typed stays on this device until the server has it: written at once with every keystroke, one entry
// for each tab, so that two tabs never write over each other.
import { newKey } from '../../lib/outbox.svelte';
import { emptyDraft, type Draft } from './draft';
import { variantsOf } from './variants';

export interface Kept {
  draft: Draft;
  /** What it began with, to bring it together with what the server has by then. */
  base: Draft | null;
  version: number;
  /** Of a new text: the key with which its item is made, once however often it is asked for. */
  key: string;
  at: string;
}

const prefix = 'gaung:draft:';

/** The mark of this tab, new with each load: a copied tab must not have the mark of the other. */
export const device = newKey().slice(0, 12);

// While the tab lives it holds this lock; a tab that crashed does not.
const lockOf = (mark: string) => `gaung:tab:${mark}`;
void navigator.locks?.request(lockOf(device), () => new Promise(() => {}));

async function living(): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.map(({ name }) => name ?? ''));
}

const about = (user: number, content: number | null) => `${prefix}${user}:${content ?? 'new'}`;

export function keep(user: number, content: number | null, kept: Omit<Kept, 'at'>): boolean {
  try {
    const text = JSON.stringify({ ...kept, at: new Date().toISOString() });
    localStorage.setItem(`${about(user, content)}:${device}`, text);
    return true;
  } catch {
    return false; // private mode or full: the warning on leaving still guards the text
  }
}

/** A draft as an older build or another device wrote it, with every field that there is now. */
export function draftFrom(told: unknown): Draft | null {
  const found = told as Draft | null;
  if (typeof found?.title !== 'string' || !Array.isArray(found.captions)) return null;
  const empty = emptyDraft(found.agency_id);
  const draft = Object.fromEntries(
    Object.entries(empty).map(([name, value]) => {
      const given = found[name as keyof Draft];
      const fits = typeof given === typeof value && Array.isArray(given) === Array.isArray(value);
      return [name, fits ? structuredClone(given) : value];
    }),
  ) as unknown as Draft;
  draft.captions = variantsOf(found.captions);
  return draft;
}

export type Left = Kept & { place: string };

function read(place: string): Left | null {
  try {
    const found = JSON.parse(localStorage.getItem(place) ?? 'null') as Kept | null;
    const draft = draftFrom(found?.draft);
    if (!found || !draft) return null;
    return { ...found, draft, base: draftFrom(found.base), key: found.key ?? '', place };
  } catch {
    return null;
  }
}

/** What tabs that are gone have left of a text, the oldest first. */
export async function left(user: number, content: number | null): Promise<Left[]> {
  const alive = await living();
  const start = about(user, content);
  let places: string[] = [];
  try {
    places = Object.keys(localStorage);
  } catch {
    return []; // private mode
  }
  return places
    .filter((place) => place === start || place.startsWith(`${start}:`))
    .filter((place) => place !== `${start}:${device}`)
    .filter((place) => !alive.has(lockOf(place.slice(start.length + 1))))
    .flatMap((place) => read(place) ?? [])
    .sort((a, b) => a.at.localeCompare(b.at));
}

/** The entry of this tab, or one that another has left. */
export function forget(user: number, content: number | null): void {
  drop(`${about(user, content)}:${device}`);
}

export function drop(place: string): void {
  try {
    localStorage.removeItem(place);
  } catch {
    // nothing was kept
  }
}
