// Push messages on a device: asked for by the person, shown by the worker, newer in place of older, and what is
// withdrawn leaves the device at once. No push service is asked: the browser is handed its messages.
import path from 'node:path';
import { check } from './look.mjs';
import { must, out, person, program, startBrowser, startServer, until } from './world.mjs';

/** A browser whose push service answers: its address and keys are real, its messages come from this test. */
function listening() {
  const url = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '');
  let made = null;
  PushManager.prototype.getSubscription = async () => made;
  PushManager.prototype.subscribe = async (options) => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
      'deriveBits',
    ]);
    const keys = {
      p256dh: await crypto.subtle.exportKey('raw', pair.publicKey),
      auth: crypto.getRandomValues(new Uint8Array(16)).buffer,
    };
    made = {
      endpoint: `https://fcm.googleapis.com/fcm/send/${url(crypto.getRandomValues(new Uint8Array(12)))}`,
      options: { applicationServerKey: options.applicationServerKey.buffer, userVisibleOnly: true },
      getKey: (name) => keys[name],
      unsubscribe: async () => {
        made = null;
        return true;
      },
    };
    return made;
  };
}

export async function push() {
  const server = await startServer({
    env: { GAUNG_PUSH_SUBJECT: 'mailto:gaung@contoh.go.id', GAUNG_RATE_FACTOR: '0' },
  });
  const browser = await startBrowser();
  try {
    const one = await person(browser, server, {
      width: 360,
      height: 740,
      local: 'asn3',
      worker: 'allow',
    });
    const { page, context } = one;
    await context.grantPermissions(['notifications'], { origin: server.url });
    await context.addInitScript(listening);
    const ask = await program(server, 'asn3');

    // A summary, a switch, and this device: each kept by the server.
    await one.go('/notifikasi');
    await page.getByRole('button', { name: 'Nyalakan' }).click();
    await page.getByText('Menyala di perangkat ini.', { exact: true }).waitFor();
    const faults = await check(page, 'notifikasi-menyala');
    must(faults.length === 0, faults.join('\n'));
    await page.screenshot({ path: path.join(out, 'notifikasi-menyala-360.png'), fullPage: true });
    await page.getByRole('radio', { name: /Ringkasan mingguan/ }).check();
    await page.getByLabel('Jam pengiriman ringkasan').selectOption('9');
    const prompts = page.getByRole('group', { name: 'Ajakan berbagi konten baru' });
    await prompts.getByRole('checkbox', { name: 'Aplikasi' }).uncheck();
    const kept = await until('the choices', async () => {
      const now = await ask('/api/v1/me/notices');
      const app = now.kinds.find(({ kind }) => kind === 'prompt').app;
      return now.hour === 9 && app === false && now;
    });
    must(kept.pace === 'weekly' && kept.devices === 1, JSON.stringify(kept));

    // The feed is on the device.
    await one.go('/');
    await page.getByRole('article').first().waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await one.go('/');
    await page.getByRole('article').first().waitFor();
    const item = (await ask('/api/v1/feed')).items[0];
    const holds = () =>
      page.evaluate(async (id) => {
        const cache = await caches.open('feed');
        for (const request of await cache.keys()) {
          const { items } = await (await cache.match(request)).clone().json();
          if (items?.some((one) => one.id === id)) return true;
        }
        return false;
      }, item.id);
    await until('the feed in the cache', holds);

    // Messages as the browser hands them to the worker.
    const devtools = await context.newCDPSession(page);
    let registrationId;
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      registrationId = registrations.find(({ isDeleted }) => !isDeleted)?.registrationId;
    });
    await devtools.send('ServiceWorker.enable');
    await until('the worker', () => registrationId);
    const deliver = (told) =>
      devtools.send('ServiceWorker.deliverPushMessage', {
        origin: server.url,
        registrationId,
        data: typeof told === 'string' ? told : JSON.stringify(told),
      });
    const shown = () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        return (await registration.getNotifications()).map(
          ({ title, body, tag, silent, data }) => ({
            title,
            body,
            tag,
            silent,
            path: data.path,
          }),
        );
      });
    const at = `/konten/${item.id}`;
    const about = { id: item.id, body: item.title, path: at };
    await deliver({ kind: 'prompt', title: 'Konten baru untuk Anda', ...about });
    const first = await until('a notification', async () => (await shown())[0]);
    must(first.body === item.title && first.path === at, JSON.stringify(first));
    await deliver({ kind: 'recalled', title: 'Konten ditarik', silent: true, ...about });
    const all = await until('the newer one', async () => {
      const now = await shown();
      return now.some(({ title }) => title === 'Konten ditarik') && now;
    });
    must(all.length === 1 && all[0].silent === true, JSON.stringify(all));
    await until('the device to forget it', async () => !(await holds()));
    await deliver('bukan dari kami');
    must((await shown()).length === 1, 'a message that is not ours was shown');

    // Off again, on the server as well.
    await one.go('/notifikasi');
    const turnOff = page.getByRole('button', { name: 'Matikan di perangkat ini' });
    await page.getByRole('heading', { name: 'Jam tenang' }).waitFor();
    if (await turnOff.isVisible()) await turnOff.click();
    must(one.faults.length === 0, one.faults.join('\n'));
    await context.close();
    console.log('push: turned on, shown, replaced, withdrawn from the device');
  } catch (error) {
    console.error(server.log.slice(-20).join(''));
    throw error;
  } finally {
    await browser.close();
    await server.stop();
  }
}
