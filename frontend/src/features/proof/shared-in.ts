// What another app shared to this one. It waits in this tab, also while the person signs in; main.ts put it there
// and took it out of the address, which may be somebody's private one.
const storageKey = 'shared-in';

/** The first address in a text: apps put it wherever they like. */
export function addressIn(given: URLSearchParams): string {
  for (const name of ['url', 'text', 'title']) {
    const found = /https?:\/\/[^\s<>"']+/.exec(given.get(name) ?? '');
    if (found) return found[0].replace(/[.,;:!?)\]]+$/, '');
  }
  return '';
}

export function sharedAddress(): string {
  try {
    return addressIn(new URLSearchParams((sessionStorage.getItem(storageKey) ?? '').slice(1)));
  } catch {
    return ''; // no storage: the person pastes it
  }
}

export function dropShared() {
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // It was never there.
  }
}
