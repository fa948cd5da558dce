// What was typed and is not saved yet: it stays on this device until the server has it.

/** Before the name of everything that is kept; what is a person's own begins with `word:number:`. */
export const typedPrefix = 'gaung:typed:';

/** Keeps what was typed on top of a version of something. */
export function keep(key: string, typed: unknown, version: number) {
  try {
    localStorage.setItem(typedPrefix + key, JSON.stringify({ typed, version }));
  } catch {
    // Private mode or full: the warning on leaving still guards the text.
  }
}

/** What was kept on top of this very version, with every field of `like`; else nothing. */
export function kept<T extends object>(key: string, version: number, like: T): T | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(typedPrefix + key) ?? 'null');
    if (found?.version !== version) return undefined;
    const same = Object.entries(like).every(
      ([name, value]) =>
        typeof found.typed?.[name] === typeof value &&
        Array.isArray(found.typed[name]) === Array.isArray(value),
    );
    return same ? (found.typed as T) : undefined;
  } catch {
    return undefined;
  }
}

export function forget(key: string) {
  try {
    localStorage.removeItem(typedPrefix + key);
  } catch {
    // Nothing was kept.
  }
}
