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

declare const self: ServiceWorkerGlobalScope & {
  /** The build puts the list of its files here. */
  __WB_MANIFEST: { url: string; revision: string | null }[];
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// The other faces, public pages and tracked links are none of this worker's business.
const shell = createHandlerBoundToURL('/index.html');
registerRoute(
  new NavigationRoute(shell, { denylist: [/^\/(api|konsol|laporan|k|s|media)(\/|$)/] }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/api/v1/feed'),
  new NetworkFirst({
    cacheName: 'feed',
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
      new ExpirationPlugin({ maxEntries: 60, maxAgeSeconds: 14 * 86_400, purgeOnQuotaError: true }),
    ],
  }),
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
