// The feed of the person who is signed in: kept for offline, renewed when the network answers.
import { api, unwrap } from '../../lib/api/client';
import type { Act, FeedItem, FeedPage } from '../../lib/api/types';
import { resource, type Resource } from '../../lib/resource.svelte';
import { t } from '../../text/asn';
import { toast } from '../../ui/toast.svelte';

declare global {
  interface Window {
    /** Asked for by the page itself, beside the script; see index.html. */
    earlyFeed?: Promise<Response | undefined>;
    earlyMe?: Promise<Response | undefined>;
  }
}

/** How many come at a time; the page itself asks for eight, which are there sooner. */
const limit = 20;

type Kept = FeedPage & {
  /** When the server wrote it: an answer out of the worker's cache is old. */
  written: number;
};

/** Withdrawn since this page was opened: nothing passes them on any more. */
let gone = $state.raw<number[]>([]);
export const isGone = (id: number) => gone.includes(id);

let opened: Resource<Kept> | undefined;

export type Filter = 'priority' | 'topics' | 'saved' | 'skipped' | 'done';
type List = FeedPage & { written?: number };

/** The parts of the feed that are on the screen beside it. */
let parts: Resource<List>[] = [];

/** One part of the feed, by what the person did; the screen closes it. */
export function partOfFeed(filter: Filter) {
  const part = resource<List>(
    `feed-${filter}`,
    (signal) => unwrap(api.GET('/api/v1/feed', { params: { query: { limit, filter } }, signal })),
    { persist: true },
  );
  parts.push(part);
  return {
    part,
    more: () => extend(part, filter),
    close() {
      parts = parts.filter((other) => other !== part);
      part.close();
    },
  };
}

/** Changes an item wherever it is shown. */
function change(id: number, edit: (item: FeedItem) => FeedItem) {
  const items = (list: FeedItem[]) => list.map((item) => (item.id === id ? edit(item) : item));
  opened?.mutate((now) => ({ ...now, items: items(now.items) }));
  for (const part of parts) part.mutate((now) => ({ ...now, items: items(now.items) }));
}

/** The one feed of this page. */
export function feed() {
  if (!opened) {
    opened = resource<Kept>('feed', load, { persist: true });
  }
  return opened;
}

async function ask(signal: AbortSignal): Promise<{ page: FeedPage; response: Response }> {
  const early = window.earlyFeed;
  window.earlyFeed = undefined;
  const first = await early;
  if (first?.ok) return { page: await first.json(), response: first };
  let response!: Response;
  const page = await unwrap(
    api.GET('/api/v1/feed', { params: { query: { limit } }, signal }).then((answer) => {
      response = answer.response;
      return answer;
    }),
  );
  return { page, response };
}

async function load(signal: AbortSignal): Promise<Kept> {
  const { page, response } = await ask(signal);
  await opened?.restored;
  const kept = opened?.data;
  // What is kept here has at least seen the same answer, and what the person did since.
  if (kept && response.headers.get('x-gaung-cached')) return kept;
  withdraw(page.withdrawn);
  return {
    ...page,
    ...withOlder(page, kept),
    written: Date.parse(response.headers.get('date') ?? '') || Date.now(),
  };
}

/** Puts the further pages, which the person had loaded, behind the new first page. */
function withOlder(page: FeedPage, kept: Kept | undefined): Pick<FeedPage, 'items' | 'next'> {
  if (!page.next || !kept) return page;
  const known = new Set(page.items.map((item) => item.id));
  const further = kept.items
    .slice(page.items.length)
    .filter((item) => !known.has(item.id) && !over(item) && !page.withdrawn.includes(item.id));
  if (further.length === 0) return page;
  return { items: [...page.items, ...further], next: kept.next };
}

function over(item: FeedItem) {
  return item.ends_at !== undefined && Date.parse(item.ends_at) < Date.now();
}

/** Loads the page after the last one. */
export async function loadMore() {
  if (opened) await extend(opened);
}

async function extend<T extends List>(list: Resource<T>, filter?: Filter) {
  const after = list.data?.next;
  if (!after) return;
  const page = await unwrap(
    api.GET('/api/v1/feed', { params: { query: { after, limit, filter } } }),
  );
  list.mutate((now) => ({
    ...now,
    items: [
      ...now.items,
      ...page.items.filter(({ id }) => !now.items.some((item) => item.id === id)),
    ],
    next: page.next,
  }));
}

/** Enters what the person did into the screen and into what is kept. */
export function noteAct(content: number, act: Act) {
  const { id, kind, network, grade, cause, at } = act;
  const kept = { id, kind, network, grade, cause, at }; // an answer holds more
  change(content, (item) => ({ ...item, acts: withAct(item.acts, kept) }));
}

/** Takes a share out again. */
export function dropAct(content: number, network: string) {
  const isIt = (act: Act) => act.kind === 'share' && act.network === network;
  change(content, (item) => ({ ...item, acts: item.acts.filter((act) => !isIt(act)) }));
}

/** Where an item stood that was put aside: taking it back puts it there again. */
const aside: Record<number, number> = {};

/** Enters a mark; what is put aside leaves the feed, and comes back to its place. */
export function noteMark(item: FeedItem, mark: 'skip' | 'save', on: boolean) {
  const marked = { ...item, ...(mark === 'skip' ? { skipped: on } : { saved: on }) };
  change(item.id, (now) => ({ ...now, skipped: marked.skipped, saved: marked.saved }));
  opened?.mutate((now) => {
    const others = now.items.filter(({ id }) => id !== item.id);
    if (marked.skipped && others.length < now.items.length)
      aside[item.id] = now.items.findIndex(({ id }) => id === item.id);
    if (marked.skipped) return { ...now, items: others };
    if (mark === 'save') return now;
    const place = now.items.findIndex(({ id }) => id === item.id);
    return {
      ...now,
      items: others.toSpliced(place < 0 ? (aside[item.id] ?? 0) : place, 0, marked),
    };
  });
}

/** One act for each kind and network, as the server has it. */
export function withAct(acts: Act[], act: Act) {
  return [...acts.filter((old) => old.kind !== act.kind || old.network !== act.network), act];
}

/** Takes contents out of everything that this device keeps, and says so; `why` in the server's words. */
export function withdraw(ids: number[], why?: string) {
  if (ids.every(isGone)) return;
  gone = gone.concat(ids);
  const without = (list: FeedItem[]) => list.filter((item) => !ids.includes(item.id));
  const known = [opened, ...parts].flatMap((list) => list?.data?.items ?? []);
  for (const part of parts) part.mutate((now) => ({ ...now, items: without(now.items) }));
  const mine = opened?.data?.items.filter((item) => ids.includes(item.id)) ?? [];
  if (mine.length > 0) opened?.mutate((now) => ({ ...now, items: without(now.items) }));
  void import('./forget')
    .then(({ forgetContents }) =>
      forgetContents(
        ids,
        known.filter((item) => ids.includes(item.id)),
      ),
    )
    .catch(() => 'caches' in window && caches.delete('images')); // theirs are among them
  if (why || mine.length > 0)
    toast(why ?? t('withdrawn_one', { title: mine.map(({ title }) => title).join(', ') }));
}
