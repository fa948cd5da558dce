// Twenty acts made without a network, in two tabs of one phone. The browser dies, comes back without a network,
// then with one that swallows answers: the server has each act once, the last word of each content is the last.
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import {
  browserArgs,
  browserPath,
  mail,
  must,
  password,
  phoneAgent,
  program,
  startServer,
} from './world.mjs';

/**
 * A network between the phone and the server. `swallow` says which requests reach the server while their answers
 * never come back; `cut` takes all of it away.
 */
function network(to) {
  const state = { cut: false, swallow: () => false, swallowed: 0, writes: [] };
  const target = new URL(to);
  const proxy = http.createServer((request, answer) => {
    if (state.cut) return request.socket.destroy();
    const write = request.method !== 'GET' && request.url.includes('/contents/');
    const key = request.headers['idempotency-key'] ?? '';
    const lost = write && state.swallow(`${request.method} ${request.url} ${key}`);
    if (write) state.writes.push({ what: `${request.method} ${request.url}`, key, lost });
    const forward = http.request(
      {
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: request.url,
        headers: request.headers,
      },
      (got) => {
        if (lost) {
          state.swallowed++;
          got.resume().once('end', () => request.socket.destroy());
          return;
        }
        answer.writeHead(got.statusCode, got.headers);
        got.pipe(answer);
      },
    );
    forward.once('error', () => request.socket.destroy());
    request.pipe(forward);
  });
  return new Promise((resolve) =>
    proxy.listen(0, '127.0.0.1', () => resolve({ state, proxy, port: proxy.address().port })),
  );
}

/** The phone: a browser with a profile that outlives it. */
async function phone(profile, { locks }) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath,
    args: browserArgs,
    viewport: { width: 360, height: 740 },
    userAgent: phoneAgent,
    hasTouch: true,
    isMobile: true,
    locale: 'id-ID',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  if (!locks)
    await context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }),
    );
  return context;
}

/** Dies without a word, as when the system takes its memory. */
async function kill(profile) {
  const { execFileSync } = await import('node:child_process');
  const found = execFileSync('ps', ['-eo', 'pid,args', '-ww'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`--user-data-dir=${profile}`))
    .map((line) => Number(line.trim().split(' ')[0]));
  must(found.length > 0, 'the browser is not there to be killed');
  for (const pid of found)
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with its parent.
    }
}

const card = (page, title) => page.getByRole('article').filter({ hasText: title });

async function share(page, title, network, more) {
  await card(page, title)
    .getByRole('button', { name: /^Bagikan/ })
    .click();
  const dialog = page.getByRole('dialog');
  const tile = dialog.getByRole('button', { name: new RegExp(`^${network}`) });
  if (!(await tile.count())) await dialog.getByRole('button', { name: /^Lainnya/ }).click();
  await tile.first().click();
  if (more) await dialog.getByRole('button', { name: more }).click();
  await dialog.getByText('Menunggu terkirim').waitFor();
  await dialog.getByRole('button', { name: 'Selesai' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function menu(page, title, ...taps) {
  await card(page, title)
    .getByRole('button', { name: /Pilihan lain/ })
    .click();
  const dialog = page.getByRole('dialog');
  for (const name of taps) await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

const waiting = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open('keyval-store');
        open.onsuccess = () => {
          const get = open.result.transaction('keyval').objectStore('keyval').get('outbox');
          get.onsuccess = () => {
            open.result.close();
            resolve((get.result ?? []).map(({ key, act }) => ({ key, ...act })));
          };
        };
      }),
  );

async function signIn(page, url) {
  await page.goto(`${url}/`);
  await page.getByLabel('NIP atau surel').fill(mail('asn6'));
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await page.getByRole('article').first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload(); // now by the worker
  await page.getByRole('article').first().waitFor();
  // The sheet and its table, as whoever has shared before has them.
  await page
    .getByRole('article')
    .first()
    .getByRole('button', { name: /^Bagikan/ })
    .click();
  await page.getByRole('dialog').getByRole('group', { name: 'Bagikan ke' }).waitFor();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Lainnya|LinkedIn)/ })
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
}

/** The twenty acts; the first tab makes eleven, the second nine. */
async function acts([one, two], titles) {
  const [a, b, c, d, e, f] = titles;
  await share(one, a, 'WhatsApp'); // 1
  await share(two, b, 'WhatsApp'); // 2
  await share(one, a, 'Salin teks'); // 3
  await share(two, b, 'Telegram'); // 4
  await share(one, c, 'Telegram'); // 5
  await share(two, d, 'Threads'); // 6
  await share(one, c, 'Facebook', /Buka Facebook|Lanjut/); // 7
  await share(two, d, 'Surel'); // 8
  await menu(one, a, 'Simpan untuk nanti'); // 9
  await menu(two, b, 'Simpan untuk nanti'); // 10
  await menu(one, c, 'Simpan untuk nanti'); // 11
  await menu(one, c, 'Jangan simpan lagi'); // 12: the last word
  await menu(two, d, 'Simpan untuk nanti'); // 13
  await menu(one, e, 'Lewati'); // 14
  await menu(two, f, 'Bukan untuk saya', 'Di luar tugas saya'); // 15
  return [a, b, c, d, e, f];
}
