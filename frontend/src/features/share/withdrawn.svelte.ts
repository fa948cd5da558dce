// How an open page learns that a content was withdrawn: it asks for one short list, the same for everybody,
// every few seconds while somebody looks at it, when they come back, and before anything is passed on.
import { api, unwrap } from '../../lib/api/client';
import { asked } from '../feed/asked.svelte';
import { isGone, withdraw } from '../feed/feed.svelte';
import { acts, readyShares } from './waiting.svelte';

// Seconds between two looks: at hand where somebody is about to pass something on, longer where data is saved.
const paces = { sharing: 2_000, open: 5_000, saving: 10_000 };
let sharing = 0; // sheets that are open

function pace() {
  if (sharing > 0) return paces.sharing;
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData ? paces.saving : paces.open;
}

/** Before something is passed on nobody waits longer. */
const patience = 2500;

let looking: Promise<void> | undefined;

async function ask() {
  // Without the session: the answer is everybody's, and costs the server no look at who asks.
  const answer = await fetch('/api/v1/withdrawals', {
    credentials: 'omit',
    cache: 'no-cache',
    signal: AbortSignal.timeout(patience),
  });
  if (!answer.ok) return;
  const { withdrawn } = (await answer.json()) as { withdrawn: number[] };
  const fresh = withdrawn.filter((id) => !isGone(id));
  if (fresh.length === 0) return;
  withdraw(fresh);
  for (const share of readyShares.list.filter(({ content }) => fresh.includes(content)))
    readyShares.done(share);
  void acts().then(({ outbox }) => outbox.drain()); // what waits for them is refused, and forgotten
  await refreshAsked();
}

/** Looks now; a failure is no answer, and the next look comes soon. */
export function look() {
  looking ??= ask()
    .catch(() => {})
    .finally(() => (looking = undefined));
  return looking;
}

/** Whether a content may still be passed on: asked after the tap, for a look on its way may not know yet. */
export async function stillThere(content: number) {
  await ask().catch(() => {});
  return !isGone(content);
}

/** A tap on a link to a network: it opens when the content may still be passed on. */
export async function openTarget(event: MouseEvent, content: number, leaving: () => void) {
  const href = (event.currentTarget as HTMLAnchorElement).href;
  event.preventDefault();
  // A window may only be opened by the tap itself. On a phone the app takes over from this page.
  const page = /^https:/.test(href) && !matchMedia('(pointer: coarse)').matches;
  const popup = page ? window.open('') : null;
  if (!(await stillThere(content))) return popup?.close();
  leaving();
  if (popup) {
    popup.opener = null;
    popup.location.href = href;
  } else location.href = href;
}

export async function refreshAsked() {
  try {
    asked.list = (await unwrap(api.GET('/api/v1/me/withdrawals'))).items;
  } catch {
    // What is shown stays; the next visit asks again.
  }
}

export async function sayDeleted(content: number) {
  await unwrap(
    api.POST('/api/v1/me/withdrawals/{id}/deleted', { params: { path: { id: content } } }),
  );
  asked.list = asked.list.filter((one) => one.content_id !== content);
}

let again: ReturnType<typeof setTimeout> | undefined;
let watching = false;
/** One look after another, so that a slow network is never asked twice at a time. */
async function watch() {
  clearTimeout(again);
  if (!document.hidden) await look();
  clearTimeout(again);
  if (watching) again = setTimeout(watch, pace());
}

/** While a share sheet is open it looks more often; until the function that it gives is called. */
export function hurry() {
  sharing++;
  if (watching) void watch();
  return () => void sharing--;
}

/** Watches until the function that it gives is called. */
export function watchWithdrawn() {
  const now = () => void watch();
  watching = true;
  now();
  void refreshAsked();
  document.addEventListener('visibilitychange', now);
  addEventListener('online', now);
  return () => {
    watching = false;
    clearTimeout(again);
    document.removeEventListener('visibilitychange', now);
    removeEventListener('online', now);
  };
}
