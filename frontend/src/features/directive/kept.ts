import type { Letter } from './api';

/** A letter that was typed but not saved: it stays on this device until the server has it. */
type Kept = { letter: Letter; version: number };

const keyOf = (user: number, directive: number | null) =>
  `gaung:directive:${user}:${directive ?? 'new'}`;

export function keep(user: number, directive: number | null, letter: Letter, version: number) {
  try {
    localStorage.setItem(
      keyOf(user, directive),
      JSON.stringify({ letter, version } satisfies Kept),
    );
  } catch {
    // Private mode or full: the warning on leaving still guards the text.
  }
}

export function kept(user: number, directive: number | null): Kept | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(keyOf(user, directive)) ?? 'null') as Kept | null;
    return typeof found?.letter?.title === 'string' && Array.isArray(found.letter.targets)
      ? found
      : undefined;
  } catch {
    return undefined;
  }
}

export function forget(user: number, directive: number | null) {
  try {
    localStorage.removeItem(keyOf(user, directive));
  } catch {
    // Nothing was kept.
  }
}
