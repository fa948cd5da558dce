// What a face keeps on the device, and how all of it goes.
import { createStore, promisifyRequest } from 'idb-keyval';
import { typedPrefix } from './kept';
import type { Pending } from './outbox.svelte';

/** The outboxes by their names. */
const outboxes = ['outbox', 'learn'];

type Left = Pending<unknown>[];

/** Takes back what a person typed on this device. */
function forgetTyped(person: number) {
  try {
    const theirs = new RegExp(`^${typedPrefix}[a-z]+:${person}:`);
    for (const key of Object.keys(localStorage)) if (theirs.test(key)) localStorage.removeItem(key);
  } catch {
    // Private mode.
  }
}

/** The library's own store. One transaction: a page that goes away in the midst of it must not lose what waits. */
async function clearStore(person: number, everything: boolean) {
  await createStore('keyval-store', 'keyval')('readwrite', async (store) => {
    const left: [string, Left][] = [];
    for (const name of outboxes) {
      const all = (await promisifyRequest<Left | undefined>(store.get(name))) ?? [];
      const named = all.map((item) => ({ ...item, by: item.by ?? person }));
      left.push([name, named.filter(({ by }) => !everything || by !== person)]);
    }
    store.clear();
    for (const [name, items] of left) if (items.length > 0) store.put(items, name);
    return promisifyRequest(store.transaction);
  });
}

/**
 * Forgets everything about a person; language and theme belong to the device. `everything`: what they typed and
 * what waits to be sent goes, too, as they were told; else somebody else took the phone, and it waits for them.
 */
export async function clearLocalData(person: number, { everything = true } = {}) {
  if (everything) forgetTyped(person);
  await clearStore(person, everything).catch(() => {});
  if (!('caches' in window)) return;
  const shell = (name: string) => name.startsWith('workbox-precache');
  const names = (await caches.keys()).filter((name) => !shell(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}
