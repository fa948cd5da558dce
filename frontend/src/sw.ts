/// <reference lib="webworker" />
// The feed's service worker: the shell offline, the feed from the network if it answers in time.
import { CacheableResponsePlugin } from 'workbox-cacheable-response';
import { ExpirationPlugin } from 'workbox-expiration';
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import { forgetContents } from './features/feed/forget';

declare const self: ServiceWorkerGlobalScope & {
  /** The build puts the list of its files here. */
  __WB_MANIFEST: { url: string; revision: string | null }[];
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// The other faces, public pages and tracked links are none of this worker's business.
const shell = createHandlerBoundToURL('/index.html');
registerRoute(
  new NavigationRoute(shell, {
    denylist: [/^\/(api|konsol|laporan|keterbukaan|k|s|media|sertifikat|bantuan|berhenti)(\/|$)/],
  }),
);

/** From the network if it answers in time, else as it was last read. */
const lastRead = (cacheName: string, maxEntries: number) =>
  new NetworkFirst({
    cacheName,
    networkTimeoutSeconds: 4,
    plugins: [
      {
        // The page must know an old answer from a new one: it may hold something newer itself.
        cachedResponseWillBeUsed: async ({ cachedResponse }) => {
          if (!cachedResponse) return cachedResponse;
          const headers = new Headers(cachedResponse.headers);
          headers.set('x-gaung-cached', '1');
          return new Response(cachedResponse.body, { headers });
        },
      },
      new CacheableResponsePlugin({ statuses: [200] }),
      new ExpirationPlugin({ maxEntries, maxAgeSeconds: 14 * 86_400, purgeOnQuotaError: true }),
    ],
  });

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/api/v1/feed'),
  lastRead('feed', 60),
);
// Modules and guidance that were opened; a file to keep is not read here.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /^\/api\/v1\/learn\b(?!.*\/file$)/.test(url.pathname),
  lastRead('learn', 40),
);

// What a phone shares to the app goes to its screen behind the #, which leaves the device as little as the server's
// own way for browsers without a worker; offline as well.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname === '/bagikan-masuk',
  async ({ request }) => {
    const given = new URLSearchParams();
    for (const [name, value] of await request.formData())
      if (typeof value === 'string') given.set(name, value.slice(0, 3000));
    return Response.redirect(`/bagikan-masuk#${given}`, 303);
  },
  'POST',
);

/** Instead of the browser's broken picture, where one was never loaded. */
const placeholder = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><path fill="#9aa8b8" fill-opacity=".25" d="M0 0h16v9H0z"/><path fill="none" stroke="#7f8fa1" stroke-width=".3" d="m5.5 6.2 1.8-2 1.3 1.3 1-1 1.9 1.7z"/></svg>`;

registerRoute(
  ({ request, sameOrigin }) => sameOrigin && request.destination === 'image',
  new CacheFirst({
    cacheName: 'images',
    plugins: [
      new ExpirationPlugin({ maxEntries: 80, maxAgeSeconds: 14 * 86_400, purgeOnQuotaError: true }),
      {
        handlerDidError: async () =>
          new Response(placeholder, { headers: { 'content-type': 'image/svg+xml' } }),
      },
    ],
  }),
);

// Otherwise the pictures of the first visit would not be kept.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A new version takes over only when the person says so.
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting();
});

/** What the server says in a push message; see internal/notice. Words are in the person's language already. */
type Told = {
  kind: string;
  id: number;
  title: string;
  body: string;
  path: string;
  silent?: boolean;
};

async function show(told: Told) {
  // One for a content: what is newer takes its place.
  const tag = `gaung-${told.id || told.kind}`;
  await self.registration.showNotification(told.title, {
    body: told.body,
    icon: '/icons/192.png',
    badge: '/icons/badge.png',
    tag,
    silent: told.silent,
    data: { path: told.path },
  });
}

self.addEventListener('push', (event) => {
  let told: Told;
  try {
    told = event.data?.json() as Told;
  } catch {
    return; // not ours
  }
  const jobs: Promise<unknown>[] = [show(told)];
  if (told.kind === 'recalled' && told.id) jobs.push(forgetContents([told.id]).catch(() => {}));
  event.waitUntil(Promise.all(jobs));
});

/** Only an address of this site: what a message holds is not trusted further than that. */
const ours = (path: unknown) =>
  typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/';

async function goTo(path: string) {
  const desk = (url: string) => new URL(url, self.location.origin).pathname.startsWith('/konsol');
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = open.find(({ url }) => desk(url) === desk(path));
  try {
    if (there) return void (await (await there.focus()).navigate(path));
  } catch {
    // A tab that this worker does not control cannot be sent anywhere.
  }
  await self.clients.openWindow(path);
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(goTo(ours((event.notification.data as { path?: string } | null)?.path)));
});

const text = (key: ArrayBuffer | null) =>
  btoa(String.fromCharCode(...new Uint8Array(key ?? new ArrayBuffer(0))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

// The browser has given this device another address: the server learns it, as long as the session lives.
self.addEventListener('pushsubscriptionchange', (given) => {
  const event = given as ExtendableEvent & { oldSubscription?: PushSubscription };
  const options = event.oldSubscription?.options;
  if (!options?.applicationServerKey) return;
  const again = async () => {
    const made = await self.registration.pushManager.subscribe(options);
    const body = {
      endpoint: made.endpoint,
      p256dh: text(made.getKey('p256dh')),
      auth: text(made.getKey('auth')),
      key: text(options.applicationServerKey),
    };
    const tell = () =>
      fetch('/api/v1/me/push', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    if ((await tell()).status !== 401) return;
    await fetch('/api/v1/auth/refresh', { method: 'POST' });
    await tell();
  };
  event.waitUntil(again().catch(() => {}));
});
