// What a face keeps on the device, and how all of it goes.
import { clear } from 'idb-keyval';

/** Tells the page itself, before any script, that somebody was signed in here; see index.html. */
export const signedInKey = 'signed-in';

/** Forgets everything about the person; language and theme belong to the device. */
export async function clearLocalData() {
  try {
    localStorage.removeItem(signedInKey);
  } catch {
    // Private mode.
  }
  await clear().catch(() => {});
  if (!('caches' in window)) return;
  const shell = (name: string) => name.startsWith('workbox-precache');
  const names = (await caches.keys()).filter((name) => !shell(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}
