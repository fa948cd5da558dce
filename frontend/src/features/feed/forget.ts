// Takes contents out of everything that this device keeps. The worker does it when it is told, a page when
// it hears of it; what is on the screen is the feed's own business.
import { del, get, update } from 'idb-keyval';
import type { FeedItem } from '../../lib/api/types';

/** An item of a list, or a content as its page knows it. */
type Item = Pick<FeedItem, 'id' | 'images'> & { video?: { poster: { url: string }[] } };
type List = { items: Item[] };
type Kept<T> = { data: T; at: number } | undefined;

const without = <T extends List>(list: T, ids: number[]) => ({
  ...list,
  items: list.items.filter((item) => !ids.includes(item.id)),
});

/** Lists that the feed keeps; see feed.svelte.ts. */
const lists = ['feed', 'feed-priority', 'feed-topics', 'feed-saved', 'feed-skipped', 'feed-done'];

async function fromAnswers(ids: number[]) {
  const cache = await caches.open('feed');
  const found: Item[] = [];
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (ids.some((id) => pathname === `/api/v1/feed/${id}`)) await cache.delete(request);
    if (pathname !== '/api/v1/feed') continue;
    const answer = await cache.match(request);
    const list = (await answer?.json().catch(() => undefined)) as List | undefined;
    const mine = list?.items?.filter((item) => ids.includes(item.id)) ?? [];
    if (!answer || !list || mine.length === 0) continue;
    found.push(...mine);
    const { status, headers } = answer;
    await cache.put(request, new Response(JSON.stringify(without(list, ids)), { status, headers }));
  }
  return found;
}

async function fromStore(ids: number[]) {
  const found: Item[] = [];
  for (const id of ids) {
    const page = await get<Kept<Item>>(`r:konten-${id}`);
    if (page) found.push(page.data);
    await del(`r:konten-${id}`);
    await del(`r:gema-konten-${id}`);
  }
  for (const name of lists) {
    const kept = await get<Kept<List>>(`r:${name}`);
    const mine = kept?.data.items.filter((item) => ids.includes(item.id)) ?? [];
    if (mine.length === 0) continue;
    found.push(...mine);
    await update<Kept<List>>(`r:${name}`, (now) => now && { ...now, data: without(now.data, ids) });
  }
  return found;
}

/** `known`: the items themselves, where a page has them; their pictures go with them. */
export async function forgetContents(ids: number[], known: Item[] = []) {
  const found = [...known, ...(await fromStore(ids).catch(() => []))];
  if (!('caches' in globalThis)) return;
  found.push(...(await fromAnswers(ids)));
  const images = await caches.open('images');
  const pictures = found.flatMap((item) => [
    ...(item.images ?? []).flatMap(({ sources }) => sources.map(({ url }) => url)),
    ...(item.video?.poster ?? []).map(({ url }) => url),
  ]);
  for (const request of await images.keys()) {
    const { pathname } = new URL(request.url);
    const code = ids.some((id) => pathname === `/api/v1/contents/${id}/qr`);
    if (code || pictures.some((url) => new URL(url, location.href).pathname === pathname))
      await images.delete(request);
  }
}
