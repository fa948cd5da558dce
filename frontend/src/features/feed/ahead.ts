// For reading without a network: the first cards with a picture each, fetched when the phone has nothing else to
// do. Never where data is saved or the network is of the slowest kind.
import { delMany, get, keys } from 'idb-keyval';
import { saving } from '../../lib/saver';
import type { Picture } from '../../lib/api/types';
import { feed, loadMore } from './feed.svelte';
import { sizes, sourcesOf } from './picture';

const wanted = 20; // cards
const mostPages = 60; // contents that were opened

type Device = Navigator & { connection?: { effectiveType?: string; saveData?: boolean } };

function sparing() {
  const { connection } = navigator as Device;
  const slowest = /2g$/.test(connection?.effectiveType ?? '');
  return saving() || !!connection?.saveData || slowest || !navigator.onLine;
}

const idle = () =>
  new Promise<void>((resolve) =>
    'requestIdleCallback' in globalThis
      ? requestIdleCallback(() => resolve(), { timeout: 5000 })
      : setTimeout(resolve, 500),
  );

/** What the card will ask for: the browser picks the size, the worker keeps it. */
const fetchPicture = (of: Picture) =>
  new Promise<void>((resolve) => {
    const image = new Image();
    image.onload = image.onerror = () => resolve();
    image.fetchPriority = 'low';
    image.sizes = sizes;
    image.srcset = sourcesOf(of);
  });

/** Contents that were opened long ago make room. */
async function prune() {
  const names = (await keys<string>()).filter((key) => /^r:konten-/.test(key));
  if (names.length <= mostPages) return;
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await get<{ at: number }>(name))?.at ?? 0 })),
  );
  const old = aged.sort((a, b) => b.at - a.at).slice(mostPages);
  await delMany(old.flatMap(({ name }) => [name, name.replace('konten-', 'gema-konten-')]));
}

/** Once a visit, on the feed. Without a worker nothing would keep the pictures. */
export async function readAhead() {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.ready;
  await idle();
  await prune();
  const list = feed();
  if (sparing()) return;
  if ((list.data?.items.length ?? wanted) < wanted && list.data?.next) await loadMore();
  for (const { images } of list.data?.items.slice(0, wanted) ?? []) {
    if (!images?.[0]) continue;
    await idle();
    if (sparing()) return;
    await fetchPicture(images[0]);
  }
}
