import type { Draft } from './draft';

/** Text that was typed but not saved: it stays on this device until the server has it. */
export interface Kept {
  draft: Draft;
  version: number;
  at: string;
}

const prefix = 'gaung:draft:';

function keyOf(user: number, content: number | null): string {
  return `${prefix}${user}:${content ?? 'new'}`;
}

export function keep(user: number, content: number | null, draft: Draft, version: number): boolean {
  const kept: Kept = { draft, version, at: new Date().toISOString() };
  try {
    localStorage.setItem(keyOf(user, content), JSON.stringify(kept));
    return true;
  } catch {
    return false; // private mode or full: the warning on leaving still guards the text
  }
}

export function kept(user: number, content: number | null): Kept | null {
  try {
    const text = localStorage.getItem(keyOf(user, content));
    const found = text ? (JSON.parse(text) as Kept) : null;
    if (found?.draft) found.draft.images ??= []; // one that an older build kept
    return found && typeof found.draft?.title === 'string' && Array.isArray(found.draft.captions)
      ? found
      : null;
  } catch {
    return null;
  }
}

export function forget(user: number, content: number | null): void {
  try {
    localStorage.removeItem(keyOf(user, content));
  } catch {
    // nothing was kept
  }
}
